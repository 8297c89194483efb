"""What the addresses in an export of a virtual site tell: the venue, the year, and the number of an event."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from programme.loaders.readers.stated_editions import edition_of_address
from programme.loaders.records import StatedEdition
from programme.loaders.text.editions import venue_slug
from programme.loaders.text.venues import find_venue

_GROUP = re.compile(r"openreview\.net/group\?id=([\w-]+)[\w.-]*/(?:([A-Za-z]\w*)/)?(\d{4})(?![^/&#])(?P<rest>[^&#]*)")
_PAGE = re.compile(r"(?://([\w.-]+))?/virtual[/_](\d{4})(?!\d)")
_SITE = re.compile(r"//([\w.-]+)/(?:api/miniconf|virtual|static/virtual|media)\b")
_EVENT = re.compile(r"/events/(\d+)\b|/virtual/\d{4}/[\w-]+/(\d+)\b")


def edition_of_source(address: str) -> StatedEdition | None:
    """Return the edition whose OpenReview group or proceedings an address shows; workshops belong to no main edition.

    >>> edition_of_source("https://openreview.net/group?id=NeurIPS.cc/2023/Track/Datasets_and_Benchmarks")
    StatedEdition(venue='neurips', year=2023)
    >>> edition_of_source("https://openreview.net/group?id=thecvf.com/CVPR/2025/Conference").venue
    'cvpr'
    >>> edition_of_source("https://openreview.net/group?id=ICLR.cc/2024/Workshop/DMLR") is None
    True
    >>> edition_of_source("https://openaccess.thecvf.com/content/ICCV2023/html/a.html").year
    2023
    """
    if found := _GROUP.search(address):
        is_main = "workshop" not in found["rest"].lower()
        return StatedEdition(venue_slug(found[2] or found[1]), int(found[3])) if is_main else None
    return edition_of_address(address)


def is_group(address: str) -> bool:
    """Return whether an address shows a group of OpenReview, whichever it is.

    >>> is_group("https://openreview.net/group?id=TMLR"), is_group("https://cmt3.research.microsoft.com/CVPR2023")
    (True, False)
    """
    return "openreview.net/group?" in address


def site_venue(address: str) -> str | None:
    """Return the venue whose virtual site an address belongs to.

    >>> site_venue("http://neurips.cc/api/miniconf/users/1?format=json"), site_venue("https://eccv.ecva.net/virtual/2024/")
    ('neurips', 'eccv')
    >>> site_venue("/virtual/2024/poster/1"), site_venue("https://example.org/virtual/2024/poster/1")
    (None, None)
    """
    found = _SITE.search(address) or _PAGE.search(address)
    return _host_venue(found[1].lower()) if found and found[1] else None


def page_year(address: str) -> int | None:
    """Return the year of a virtual site's page.

    >>> page_year("/virtual/2024/poster/33456"), page_year("https://iclr.cc/virtual_2020/static/a.jpg"), page_year("/a")
    (2024, 2020, None)
    """
    found = _PAGE.search(address)
    return int(found[2]) if found else None


def event_number(value: object) -> str | None:
    """Return the number of the event that a field names: by itself, in its address, or in an object with an `id`.

    >>> event_number(35281), event_number("http://icml.cc/api/miniconf/events/35281?format=json")
    ('35281', '35281')
    >>> event_number({"id": 35281, "name": "Oral 1A"}), event_number("Oral 1A")
    ('35281', None)
    """
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    if value.isdecimal():
        return value
    found = _EVENT.search(value)
    return (found[1] or found[2]) if found else None


def common_edition(addresses: Iterable[str]) -> StatedEdition | None:
    """Return the edition most addresses of an export agree on; None when no venue or no year stands in any of them.

    The site decides on the venue before the sources of papers do, for it may show papers of journals and other venues.

    >>> common_edition(["https://openreview.net/group?id=ICML.cc/2024/Conference", "/virtual/2024/poster/1"])
    StatedEdition(venue='icml', year=2024)
    """
    sites: Counter[str] = Counter()
    pages: Counter[int] = Counter()
    sources: Counter[StatedEdition] = Counter()
    for address in addresses:
        if venue := site_venue(address):
            sites[venue] += 1
        if year := page_year(address):
            pages[year] += 1
        if edition := edition_of_source(address):
            sources[edition] += 1
    source = max(sources, key=lambda edition: (sources[edition], edition), default=None)
    venue = max(sites, key=lambda slug: (sites[slug], slug), default=source.venue if source else None)
    year = max(pages, key=lambda number: (pages[number], number), default=source.year if source else None)
    return StatedEdition(venue, year) if venue and year else None


@lru_cache(maxsize=1024)
def _host_venue(host: str) -> str | None:
    """The venue a host is named after; the sites under `.cc` are all those of venues."""
    name = host.removeprefix("www.")
    return find_venue(name) or (venue_slug(name.split(".")[0]) if name.endswith(".cc") else None)
