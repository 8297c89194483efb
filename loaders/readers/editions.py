"""The edition of a conference that a URL, a BibTeX entry or a status states."""

import re
from functools import lru_cache

from programme.loaders.records import StatedEdition
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.venues import find_edition_named, find_venue
from programme.patterns import lazy_pattern

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_HOST = r"//(?P<venue>[\w.-]+)"
_URLS = (
    lazy_pattern(rf"{_HOST}/(?:virtual|Conferences)/{_YEAR}/(?!workshop)", re.IGNORECASE),
    lazy_pattern(rf"{_HOST}/paper(?:_files/paper)?/{_YEAR}/"),
    lazy_pattern(rf"(?:^|thecvf\.com)/?content[_/](?P<venue>[A-Za-z]+)_?{_YEAR}/"),
    lazy_pattern(rf"ecva\.net/papers/(?P<venue>[a-z]+)_{_YEAR}/"),
    lazy_pattern(rf"(?:aclanthology\.org|aclweb\.org/anthology)/{_YEAR}\.(?P<venue>[a-z]+)-(?:main|long|short)\.\d"),
)
"""URLs that hold a venue and a year: of virtual sites, NeurIPS proceedings, the CVF, the ECVA, the ACL Anthology."""

_AAAI = lazy_pattern(r"10\.1609/aaai\.v(\d\d)i")
_AAAI_VOLUME_0 = 1986
"""Volume 24 of the AAAI proceedings appeared in 2010, and one has appeared each year since."""

_BOOKTITLE = lazy_pattern(r"\bbooktitle\s*=\s*[{\"](.{1,500}?)[}\"]\s*(?:,|\n|$)", re.DOTALL)
_BIBTEX_YEAR = lazy_pattern(r"(?:^[^\S\n]*+|,\s*+)year\s*=\s*+[{\"]?\s*+(\d{4})", re.MULTILINE)
_OUTSIDE = lazy_pattern(
    r"reject|withdr[ae]wn?\b|retract|\bactive\b|submi(?:tted|ssion)|under review|workshop|findings|tiny ?papers?|blog",
    re.IGNORECASE,
)

_GROUP = lazy_pattern(
    r"openreview\.net/group\?id=([\w-]++)[\w.-]*+/(?:([A-Za-z]\w*)/)?(\d{4})(?![^/&#])(?P<rest>[^&#]*)"
)
_PAGE = lazy_pattern(r"(?://([\w.-]+))?/virtual[/_](\d{4})(?!\d)")
_SITE = lazy_pattern(r"//([\w.-]+)/(?:api/miniconf|virtual|static/virtual|media)\b")


def edition_of_url(text: str) -> StatedEdition | None:
    """Return the edition that the URL or DOI of a paper states; None when it states none.

    >>> edition_of_url("https://nips.cc/virtual/2018/poster/11623")
    StatedEdition(venue='neurips', year=2018)
    >>> edition_of_url("https://openaccess.thecvf.com/content_cvpr_2019/html/a.html")
    StatedEdition(venue='cvpr', year=2019)
    >>> edition_of_url("https://icml.cc/virtual/2023/workshop/21489") is None
    True
    """
    for pattern in _URLS:
        found = pattern.search(text)
        if found and (venue := find_venue(found["venue"])):
            return StatedEdition(venue, int(found["year"]))
    volume = _AAAI.search(text)
    return StatedEdition("aaai", _AAAI_VOLUME_0 + int(volume[1])) if volume and int(volume[1]) >= 24 else None


def edition_of_bibtex(text: str) -> StatedEdition | None:
    r"""Return the edition that the `booktitle` and `year` of a BibTeX entry state; None when they state none.

    >>> edition_of_bibtex("@inproceedings{a,\nbooktitle={Second Conference on Language Modeling},\nyear={2025}\n}")
    StatedEdition(venue='colm', year=2025)
    >>> edition_of_bibtex("@misc{a, title={A}, year={2025}}") is None
    True
    """
    booktitle = _BOOKTITLE.search(text)
    if booktitle is None:
        return None
    year = _BIBTEX_YEAR.search(text)
    return find_edition_named(booktitle[1], int(year[1]) if year else None)


def is_outside_edition(status: str) -> bool:
    """Return whether a status says that a paper is not in the main edition: not accepted, or in a workshop.

    >>> is_outside_edition("Desk Reject"), is_outside_edition("Spotlight Poster")
    (True, False)
    """
    return _OUTSIDE.search(status) is not None


def edition_of_source(url: str) -> StatedEdition | None:
    """Return the edition whose OpenReview group or proceedings a URL names; None for a workshop.

    >>> edition_of_source("https://openreview.net/group?id=NeurIPS.cc/2023/Track/Datasets_and_Benchmarks")
    StatedEdition(venue='neurips', year=2023)
    >>> edition_of_source("https://openreview.net/group?id=thecvf.com/CVPR/2025/Conference").venue
    'cvpr'
    >>> edition_of_source("https://openreview.net/group?id=ICLR.cc/2024/Workshop/DMLR") is None
    True
    >>> edition_of_source("https://openaccess.thecvf.com/content/ICCV2023/html/a.html").year
    2023
    """
    if found := _GROUP.search(url):
        is_main = "workshop" not in found["rest"].lower()
        return StatedEdition(venue_slug(found[2] or found[1]), int(found[3])) if is_main else None
    return edition_of_url(url)


def is_group(url: str) -> bool:
    """Return whether a URL is that of an OpenReview group, of any venue.

    >>> is_group("https://openreview.net/group?id=TMLR"), is_group("https://cmt3.research.microsoft.com/CVPR2023")
    (True, False)
    """
    return "openreview.net/group?" in url


def site_venue(url: str) -> str | None:
    """Return the venue whose virtual site a URL belongs to.

    >>> site_venue("http://neurips.cc/api/miniconf/users/1?format=json"), site_venue("https://eccv.ecva.net/virtual/2024/")
    ('neurips', 'eccv')
    >>> site_venue("/virtual/2024/poster/1"), site_venue("https://example.org/virtual/2024/poster/1")
    (None, None)
    """
    found = _SITE.search(url) or _PAGE.search(url)
    return _host_venue(found[1].lower()) if found and found[1] else None


def page_year(url: str) -> int | None:
    """Return the year of a virtual site's page.

    >>> page_year("/virtual/2024/poster/33456"), page_year("https://iclr.cc/virtual_2020/static/a.jpg"), page_year("/a")
    (2024, 2020, None)
    """
    found = _PAGE.search(url)
    return int(found[2]) if found else None


@lru_cache(maxsize=1024)
def _host_venue(host: str) -> str | None:
    """Return the venue a host is named after; every known site under `.cc` is that of a venue."""
    name = host.removeprefix("www.")
    return find_venue(name) or (venue_slug(name.split(".")[0]) if name.endswith(".cc") else None)
