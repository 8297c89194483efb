"""What the pages of the virtual conference sites share: their boilerplate, and the kinds they print."""

import re
from typing import NamedTuple

CHAT = "Chat is not available."
"""The line that ends a session's heading."""

BOILERPLATE = frozenset(
    {
        CHAT,
        "Skip to yearly menu bar Skip to main content",
        "Skip to yearly menu bar",
        "Skip to main content",
        "Main Navigation",
        "Toggle navigation",
        "Successful Page Load",
        "Log in and register to view live content",
        "Do not remove: This comment is monitored to verify that the site is working properly",
    }
)

KINDS = {
    **dict.fromkeys(("oral", "oral presentation", "talk", "contributed talk", "long talk"), "oral"),
    **dict.fromkeys(("long presentation", "short presentation"), "oral"),
    **dict.fromkeys(("spotlight", "spotlight talk"), "spotlight"),
    **dict.fromkeys(("poster", "spotlight poster"), "poster"),
    **dict.fromkeys(("q&a", "live q&a", "q & a", "q&a session"), "qa"),
    **dict.fromkeys(("keynote", "keynote talk", "invited talk", "invited speaker", "plenary"), "keynote"),
    **dict.fromkeys(("break", "coffee break", "lunch", "lunch break"), "break"),
    **dict.fromkeys(("workshop", "affinity workshop"), "workshop"),
    "tutorial": "tutorial",
    **dict.fromkeys(("social", "affinity", "affinity event", "reception"), "social"),
    **dict.fromkeys(("panel", "panel discussion", "live panel", "discussion", "opening remarks"), "other"),
    **dict.fromkeys(("closing remarks", "remarks", "award", "test of time", "test of time award"), "other"),
    **dict.fromkeys(("competition", "demonstration", "expo talk panel", "town hall"), "other"),
    **dict.fromkeys(("expo demonstration", "expo talk", "expo workshop", "mentorship", "award talk"), "other"),
}
"""Kinds as printed, in lower case, and the word of the closed vocabulary; any other printed kind is `other`."""

MAX_KIND_LINE_LENGTH = 200

WITHOUT_PAPER = frozenset({"break", "qa"})
WEEKDAYS = frozenset("Mon Tue Wed Thu Fri Sat Sun MON TUE WED THU FRI SAT SUN".split())  # noqa: SIM905

_KIND_WORDS = r"([A-Z][\w&/' -]{2,40}?)"
_KIND_AND_TIME = re.compile(rf"{_KIND_WORDS}\s+((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[, ]\s*\w.*)")
_KIND_IN_SESSION = re.compile(rf"{_KIND_WORDS} in ((?:[A-Z]\w+ )?(?:Workshop|Tutorial|Session|Track|Event)): *(\S.*)")


class PrintedKind(NamedTuple):
    """A kind as a line prints it, alone or before a time, or before the name of the session it belongs to."""

    kind: str
    raw_kind: str
    time: str | None = None
    session: str | None = None


def printed_kind(line: str) -> PrintedKind | None:
    """Return the kind that a line prints, or None when the line is no such line.

    >>> printed_kind("Poster")
    PrintedKind(kind='poster', raw_kind='Poster', time=None, session=None)
    >>> printed_kind("Poster  Wed, Dec 3, 2025 • 4:30 PM – 7:30 PM PST").time
    'Wed, Dec 3, 2025 • 4:30 PM – 7:30 PM PST'
    >>> printed_kind("Oral in Workshop: Deep Gardens").session, printed_kind("Oral exams")
    ('Deep Gardens', None)
    """
    if kind := KINDS.get(line.lower()):
        return PrintedKind(kind, line)
    if len(line) > MAX_KIND_LINE_LENGTH or not line[:1].isupper():
        return None
    if (found := _KIND_AND_TIME.fullmatch(line)) and (kind := KINDS.get(found[1].lower())):
        return PrintedKind(kind, found[1], time=found[2])
    if (found := _KIND_IN_SESSION.fullmatch(line)) and (kind := KINDS.get(found[1].lower())):
        return PrintedKind(kind, f"{found[1]} in {found[2]}", session=found[3])
    return None
