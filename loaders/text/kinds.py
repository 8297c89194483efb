"""Kinds of events: what conference pages print (`Affinity Workshop`), and the closed vocabulary of the tables.

The vocabulary is `oral`, `spotlight`, `poster`, `qa`, `keynote`, `break`, `workshop`, `tutorial`, `social`, `other`.
"""

import re
from typing import NamedTuple

from programme.patterns import lazy_pattern

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
"""Printed kinds, in lower case, and their word in the closed vocabulary; any other printed kind is `other`."""

PAPER_KINDS = frozenset({"oral", "spotlight", "poster"})
"""Kinds of the closed vocabulary that always present a paper."""

KINDS_WITHOUT_PAPER = frozenset({"break", "qa"})
"""Kinds of the closed vocabulary that never present a paper; any other kind may."""

MAX_KIND_LENGTH = 40
MAX_KIND_WORDS = 5
MAX_KIND_LINE_LENGTH = 200
"""A longer line does not print a kind, not even with a time or the name of a session beside it."""

_LAST_WORDS = frozenset(
    """
    award awards break breakfast ceremony coffee competition competitions demo demos demonstration demonstrations desk
    dinner discussion event exhibit exhibits expo hall keynote lunch meeting meetup mentorship oral orals panel party
    plenary poster posters q&a reception registration remarks session social socials spotlight spotlights talk talks
    time tutorial tutorials workshop workshops
    """.split()  # noqa: SIM905
)
"""The last word of a kind."""

# The order decides: "Spotlight Poster" is a poster, "Oral Workshop Talk" is an oral, as in the sites' own lists.
_CLOSED_KINDS = (
    ("qa", ("q&a",)),
    ("poster", ("poster",)),
    ("spotlight", ("spotlight",)),
    ("oral", ("oral", "contributed")),
    ("keynote", ("keynote", "invited", "plenary")),
    ("break", ("break", "lunch", "coffee", "dinner")),
    ("workshop", ("workshop",)),
    ("tutorial", ("tutorial",)),
    ("social", ("social", "reception", "affinity", "party", "meetup")),
)
"""Words of the closed vocabulary and the words in a printed kind that imply them; the first match counts."""

_TITLE_KINDS = lazy_pattern(
    r"(?P<session>(?:oral|spotlight|poster)s?) session\b|(?P<last>workshop|tutorial|keynote|social|reception)$"
    r"|^(?P<whole>(?:coffee |lunch |tea )?break|lunch|breakfast|dinner|coffee)\b",
    re.IGNORECASE,
)
_KIND = r"([A-Z][\w&/' -]{2,40}?)"
_KIND_AND_TIME = lazy_pattern(rf"{_KIND}\s+((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[, ]\s*\w.*)")
_KIND_IN_SESSION = lazy_pattern(rf"{_KIND} in ((?:[A-Z]\w+ )?(?:Workshop|Tutorial|Session|Track|Event)): *(\S.*)")


class PrintedKind(NamedTuple):
    """A kind as printed on its line: alone, before a time, or before the name of the session it belongs to."""

    kind: str
    raw_kind: str
    time: str | None = None
    session: str | None = None


def printed_kind(line: str) -> PrintedKind | None:
    """Return the kind that a line prints, or None when the line prints none, or more than a kind.

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


def is_kind(text: str) -> bool:
    """Return whether a text is the name of a kind of event: a known one, or a few capitalised words that end like one.

    >>> is_kind("Oral"), is_kind("San Diego Poster Session"), is_kind("Beyond the Poster"), is_kind("Graphs")
    (True, True, False, False)
    """
    if len(text) > MAX_KIND_LENGTH:
        return False
    if text.lower() in KINDS:
        return True
    words = text.split()
    return (
        0 < len(words) <= MAX_KIND_WORDS
        and words[-1].lower() in _LAST_WORDS
        and all(word[0].isupper() or word in ("of", "and", "&") for word in words)
    )


def split_kind(text: str) -> tuple[str | None, str]:
    """Split a printed kind before a colon from the title after it; without one, the kind is None.

    >>> split_kind("Affinity Workshop: Trees in AI"), split_kind("Trees: A Workshop"), split_kind("Break:")
    (('Affinity Workshop', 'Trees in AI'), (None, 'Trees: A Workshop'), ('Break', ''))
    """
    kind, colon, title = text.partition(":")
    is_separate = colon and (not title or title[0].isspace())  # "Q&A:Trees" and "10:30" are not split
    return (kind.strip(), title.strip()) if is_separate and is_kind(kind.strip()) else (None, text)


def normalize_kind(raw_kind: str | None, title: str) -> str:
    """Return the word of the closed vocabulary for a printed kind; failing that, for what the title says of itself.

    >>> normalize_kind("Affinity Workshop", "Trees"), normalize_kind(None, "Trees Workshop")
    ('workshop', 'workshop')
    >>> normalize_kind(None, "Oral Session 1A"), normalize_kind("Session", "Poster Session 2")
    ('oral', 'poster')
    >>> normalize_kind(None, "Lunch"), normalize_kind(None, "Posters")
    ('break', 'other')
    """
    lower = (raw_kind or "").lower()
    if lower in KINDS:
        return KINDS[lower]
    for kind, words in _CLOSED_KINDS:
        if any(word in lower for word in words):
            return kind
    found = _TITLE_KINDS.search(title)
    if found is None:
        return "other"
    if found["whole"]:
        return "break"
    return KINDS[(found["session"] or found["last"]).lower().removesuffix("s")]
