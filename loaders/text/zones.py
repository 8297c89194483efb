"""Time zones as documents print them: IANA names, abbreviations and offsets."""

import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from programme.patterns import lazy_pattern

ZONES = {
    "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "MDT": "America/Denver",
    "MST": "America/Phoenix",
    "MT": "America/Denver",
    "CDT": "America/Chicago",
    "CST": "America/Chicago",
    "CT": "America/Chicago",
    "EDT": "America/New_York",
    "EST": "America/New_York",
    "ET": "America/New_York",
    "AKDT": "America/Anchorage",
    "AKST": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "ADT": "America/Halifax",
    "AST": "America/Halifax",
    "NDT": "America/St_Johns",
    "NST": "America/St_Johns",
    "BRT": "America/Sao_Paulo",
    "ART": "America/Argentina/Buenos_Aires",
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    "AOE": "Etc/GMT+12",
    "BST": "Europe/London",
    "WEST": "Europe/Lisbon",
    "WET": "Europe/Lisbon",
    "CEST": "Europe/Paris",
    "CET": "Europe/Paris",
    "MESZ": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "EEST": "Europe/Helsinki",
    "EET": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "TRT": "Europe/Istanbul",
    "WAT": "Africa/Lagos",
    "CAT": "Africa/Kigali",
    "EAT": "Africa/Nairobi",
    "SAST": "Africa/Johannesburg",
    "IDT": "Asia/Jerusalem",
    "GST": "Asia/Dubai",
    "PKT": "Asia/Karachi",
    "IST": "Asia/Kolkata",
    "ICT": "Asia/Bangkok",
    "WIB": "Asia/Jakarta",
    "SGT": "Asia/Singapore",
    "MYT": "Asia/Kuala_Lumpur",
    "HKT": "Asia/Hong_Kong",
    "PHT": "Asia/Manila",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "AWST": "Australia/Perth",
    "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
}
"""Printed abbreviation → IANA zone, in the meaning that conferences use (IST is India, BST is London)."""

WINTER_ALONE = {"America/Denver": "America/Phoenix", "Europe/London": "UTC"}
"""Zone → the zone that its winter abbreviation (MST, GMT) means unless the summer one is printed beside it."""

SUMMER_CST = "Asia/Shanghai"
SUMMER_CST_MONTHS = range(4, 11)
"""Months in which Chicago prints CDT, so that `CST` is the time of China."""

MAX_ZONE_LINE_LENGTH = 80

UNKNOWN_ZONE = "no time zone of this name is known, so the times of this page have none"
"""The problem of a page that states a zone in its own words."""

_STANDARD = frozenset("PST MST CST EST AKST AST NST GMT WET CET EET MEZ AEST ACST NZST".split())  # noqa: SIM905

_DAYLIGHT = frozenset("PDT MDT CDT EDT AKDT ADT NDT BST WEST CEST EEST MESZ ACDT AEDT NZDT".split())  # noqa: SIM905

# Places that keep these offsets all year; `Etc` has zones of whole hours only.
_PARTS_OF_HOURS = {
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+9:30": "Australia/Darwin",
}

_OFFSET = lazy_pattern(r"(?:UTC|GMT)?\s?([+\-−–])(\d\d?)(?::?(\d\d))?", re.IGNORECASE)
_IANA = lazy_pattern(r"[A-Za-z]+(?:[/_+\-][A-Za-z0-9]+)+")


@lru_cache(maxsize=512)
def find_zone(printed: str, month: int | None = None) -> str | None:
    """Return the IANA name of a printed zone; `month` is that of the line, if it prints one. None if there is none.

    `CST` is Chicago, but China from April to October, when Chicago has CDT: sites print abbreviations by program. For
    the same reason `MST` is Phoenix, which never has MDT. An offset of part hours is a place that keeps it all year.

    >>> find_zone("PDT"), find_zone("Europe/Vienna"), find_zone("GMT+2"), find_zone("XYZ")
    ('America/Los_Angeles', 'Europe/Vienna', 'Etc/GMT-2', None)
    >>> find_zone("CST", 12), find_zone("CST", 7)
    ('America/Chicago', 'Asia/Shanghai')
    """
    upper = printed.upper()
    if upper == "CST" and month in SUMMER_CST_MONTHS:
        return SUMMER_CST
    if upper in ZONES:
        return ZONES[upper]
    if offset := _OFFSET.fullmatch(printed):
        return _offset_zone(*offset.groups())
    return printed if _IANA.fullmatch(printed) and zone_info(printed) is not None else None


def _offset_zone(sign: str, hours: str, minutes: str | None) -> str | None:
    """Return the zone with this constant offset; names of `Etc` have the opposite sign (POSIX)."""
    if int(minutes or 0):
        return _PARTS_OF_HOURS.get(f"{sign}{int(hours)}:{minutes}")
    if int(hours) > (14 if sign == "+" else 12):
        return None
    return f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}" if int(hours) else "UTC"


def is_standard(printed: str | None) -> bool:
    """Return whether a printed abbreviation means standard time.

    >>> is_standard("PST"), is_standard("PDT"), is_standard(None)
    (True, False, False)
    """
    return printed is not None and printed.upper() in _STANDARD


def minutes_turned_back(first: str | None, second: str | None) -> int:
    """Return by how many minutes clocks go back between two printed abbreviations of one place; negative: forward.

    >>> minutes_turned_back("BST", "GMT"), minutes_turned_back("PST", "PDT"), minutes_turned_back("PT", "PST")
    (60, -60, 0)
    """
    names = (first or "").upper(), (second or "").upper()
    if names[0] in _DAYLIGHT and names[1] in _STANDARD:
        return 60
    return -60 if names[0] in _STANDARD and names[1] in _DAYLIGHT else 0


@lru_cache(maxsize=512)
def zone_info(name: str) -> ZoneInfo | None:
    """Return the zone with an IANA name, or None if there is none.

    >>> zone_info("Europe/Vienna").key, zone_info("America"), zone_info("../etc/passwd")
    ('Europe/Vienna', None, None)
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


_ZONE_LINE = lazy_pattern(
    r"(?:(?:your\s+)?time\s?zone|(?:all\s+)?times\s+(?:are\s+)?(?:shown\s+|given\s+|listed\s+)?(?:in|zone))\b"
    r"\s*[:=]?\s*(?P<zone>\S.*)",
    re.IGNORECASE,
)


def stated_zone(line: str) -> str | None:
    """Return the zone, as printed, that a line states for all times below it; None for any other line.

    >>> stated_zone("Timezone: America/New_York"), stated_zone("All times are in PDT."), stated_zone("Time flies")
    ('America/New_York', 'PDT', None)
    """
    found = _ZONE_LINE.fullmatch(line) if len(line) <= MAX_ZONE_LINE_LENGTH else None
    zone = found["zone"].strip(" .»«*_<>[]()|") if found else ""
    return zone if zone and " " not in zone else None
