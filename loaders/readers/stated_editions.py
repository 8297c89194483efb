"""The edition that an address of a paper, an entry of a bibliography or a status states, and None where none does."""

import re

from programme.loaders.records import StatedEdition
from programme.loaders.text.venues import find_edition_named, find_venue

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_HOST = r"//(?P<venue>[\w.-]+)"
_ADDRESSES = (
    re.compile(rf"{_HOST}/(?:virtual|Conferences)/{_YEAR}/(?!workshop)", re.IGNORECASE),
    re.compile(rf"{_HOST}/paper(?:_files/paper)?/{_YEAR}/"),
    re.compile(rf"(?:^|thecvf\.com)/?content[_/](?P<venue>[A-Za-z]+)_?{_YEAR}/"),
    re.compile(rf"ecva\.net/papers/(?P<venue>[a-z]+)_{_YEAR}/"),
    re.compile(rf"aclanthology\.org/{_YEAR}\.(?P<venue>[a-z]+)-(?:main|long|short)\.\d"),
)
"""Addresses that hold a venue and a year: of virtual sites, proceedings, the CVF, the ECVA and the ACL Anthology."""

_AAAI = re.compile(r"10\.1609/aaai\.v(\d\d)i")
_AAAI_VOLUME_0 = 1986
"""Volume 24 of the proceedings of AAAI is that of 2010, and there has been one a year since."""

_BOOKTITLE = re.compile(r"\bbooktitle\s*=\s*[{\"](.{1,500}?)[}\"]\s*(?:,|\n|$)", re.DOTALL)
_BIBTEX_YEAR = re.compile(r"(?:^|,)\s*year\s*=\s*[{\"]?\s*(\d{4})", re.MULTILINE)
_ELSEWHERE = re.compile(
    r"reject|withdr[ae]wn?\b|retract|\bactive\b|submi(?:tted|ssion)|under review|workshop|findings|tiny ?papers?|blog",
    re.IGNORECASE,
)


def edition_of_address(text: str) -> StatedEdition | None:
    """Return the edition that the address of a paper states.

    >>> edition_of_address("https://nips.cc/virtual/2018/poster/11623")
    StatedEdition(venue='neurips', year=2018)
    >>> edition_of_address("https://openaccess.thecvf.com/content_cvpr_2019/html/a.html")
    StatedEdition(venue='cvpr', year=2019)
    >>> edition_of_address("https://icml.cc/virtual/2023/workshop/21489") is None
    True
    """
    for pattern in _ADDRESSES:
        found = pattern.search(text)
        if found and (venue := find_venue(found["venue"])):
            return StatedEdition(venue, int(found["year"]))
    volume = _AAAI.search(text)
    return StatedEdition("aaai", _AAAI_VOLUME_0 + int(volume[1])) if volume and int(volume[1]) >= 24 else None


def edition_of_bibtex(text: str) -> StatedEdition | None:
    r"""Return the edition that the `booktitle` and `year` of a BibTeX entry state.

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


def is_elsewhere(status: str) -> bool:
    """Return whether a status says that a paper is no part of the main edition: not accepted, or in a workshop.

    >>> is_elsewhere("Desk Reject"), is_elsewhere("Submitted to ICLR 2024"), is_elsewhere("Spotlight Poster")
    (True, True, False)
    """
    return _ELSEWHERE.search(status) is not None
