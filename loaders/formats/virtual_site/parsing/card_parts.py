"""The small parts of a card on the virtual sites, each on a line of its own: place, award, buttons and their links."""

import re
from typing import NamedTuple

from programme.loaders.formats.virtual_site.parsing.markdown import Link, split_links
from programme.loaders.records import StatedLink
from programme.loaders.text.identifiers import Identifier, identifiers_from_url
from programme.patterns import lazy_pattern

MAX_PART_LENGTH = 120
"""A longer line is none of these parts."""

MAX_AWARD_LENGTH = 80
MAX_LABEL_LENGTH = 40

# "#36", "HALL A #2108", "West Exhibition Hall B2-B3 #W-1012"; the "Poster" of "Poster #36" is not a room.
_PLACE = lazy_pattern(r"(?:(?!Poster\b)([^\W\d_][^#]{2,90}?)[\s,:-]*|Poster\s*)?#\s?([A-Z]{0,4}-?\d{1,5}[A-Za-z]?)")
_BRACKETED = lazy_pattern(r"\[\s*([^\[\]]{3,80}?)\s*\]")
# A word for a room, or numbers with a letter or a range: "R06-R09", "201 & 202". A number alone may be anything.
_ROOM = lazy_pattern(
    r"\b(?:halls?|rooms?|ballrooms?|exhibit(?:ion)?|theat(?:er|re)|auditorium|foyer|lobby|level|floor|meeting|pavilion"
    r"|terrace|convention|cent(?:er|re)|virtual|online|lounge|atrium|arena|stage|plenary|hotel|upper|lower)\b"
    r"|^(?!\d+$)[A-Z]{0,3}\d{1,4}[A-Z]?(?:\s?[-–&+,/]\s?[A-Z]{0,3}\d{1,4}[A-Z]?)*$",
    re.IGNORECASE,
)
# Every award has one of these words: looking for them first spares most lines the patterns below.
_AWARD_WORDS = ("Paper", "Award", "Mention", "Prize", "Runner", "Test Of Time", "Test of Time")
# The word for a room comes first: "Hall F", unlike "Ada Hall".
_ROOM_BEGINS = lazy_pattern(
    r"(?:(?:Great|Grand|East|West|North|South|Upper|Lower|Main) )*(?:Hall|Room|Ballroom|Exhibit(?:ion)?|Theat(?:er|re)"
    r"|Auditorium|Foyer|Lobby|Meeting|Level|Convention|Virtual(?: Only)?$)\b"
)
_PRAISE = lazy_pattern(r"\b(?:Outstanding|Best|Distinguished|Honou?rable|Awards?|Runners?|Prize|Test [Oo]f Time)\b")
# At most eight words, all capitalised but for "of" and the like: "Outstanding Paper Honorable Mention".
_AWARD = lazy_pattern(
    r"(?:[A-Z][\w&'’.-]*|\d{4}|of|and|in|for|&|[-–:])(?: (?:[A-Z(][\w&'’.)-]*|\d{4}|of|and|in|for|&|[-–:])){0,7}"
)

_BUTTON_LABEL = lazy_pattern(
    r"(?:paper|poster|slides?|video|openreview|arxiv|pdf|paper pdf|poster pdf|slides pdf|abstract|code|github|website"
    r"|project(?: page| website)?|workshop website|supplementary(?: material)?|dataset|demo|media|proceedings|bibtex"
    r"|paper bibtex|pmlr|slideslive(?: video)?|bookmark|add to calendar|join zoom|chat|rocket\.?chat|gather\.?town"
    r"|livestream|contact|login|log in|share|favorite|schedule)",
    re.IGNORECASE,
)
_BETWEEN_LABELS = lazy_pattern(r"[\[\]|»•·,]|\s{2,}")
# "Visit Oral 1A Trees", "Livestream: Visit Poster at Spot C0 in Virtual World"
_VISIT = lazy_pattern(r"(?:livestream: *)?visit (.+)", re.IGNORECASE)
_OWN_LABELS = frozenset({"code", "github", "project", "project page", "project website"})
"""Labels of buttons that lead to the authors' own pages."""


class Buttons(NamedTuple):
    """The links of a line of buttons, the session that `Visit …` names, and the text after the buttons, if any."""

    links: tuple[Link, ...]
    visited: str | None = None
    rest: str = ""


def poster_place(line: str) -> tuple[str | None, str] | None:
    """Return the room, if printed, and the number of a poster; None for a line that is anything else.

    >>> poster_place("#36"), poster_place("HALL A #2108"), poster_place("Issue #1 of many")
    ((None, '36'), ('HALL A', '2108'), None)
    >>> poster_place("West Exhibition Hall B2-B3 #W-1012")
    ('West Exhibition Hall B2-B3', 'W-1012')
    """
    if "#" not in line or len(line) > MAX_PART_LENGTH:
        return None
    found = _PLACE.fullmatch(line)
    return (found[1], found[2]) if found else None


def find_bracketed_room(line: str) -> str | None:
    """Return the room of a line like `[ Room 314 - 315 ]`; None when the brackets hold anything but a room.

    >>> find_bracketed_room("[ Room 314 - 315 ]"), find_bracketed_room("[ Abstract ]")
    ('Room 314 - 315', None)
    """
    found = _BRACKETED.fullmatch(line) if line.startswith("[") else None
    return found[1] if found and looks_like_room(found[1]) else None


def begins_like_room(line: str) -> bool:
    """Return whether a line begins like the name of a room, and so is not the name of a person.

    >>> begins_like_room("Hall F"), begins_like_room("Ada Hall")
    (True, False)
    """
    return len(line) <= MAX_PART_LENGTH and _ROOM_BEGINS.match(line) is not None


def looks_like_room(line: str) -> bool:
    """Return whether a line can be the name of a room.

    >>> looks_like_room("Ballroom 1 & 2"), looks_like_room("R06-R09"), looks_like_room("Trees for All")
    (True, True, False)
    """
    return len(line) <= MAX_PART_LENGTH and _ROOM.search(line) is not None and not line.endswith(".")


def is_award(line: str) -> bool:
    """Return whether a line names an award that a paper won.

    >>> is_award("Outstanding Paper Honorable Mention"), is_award("Best Paper"), is_award("Best Trees")
    (True, True, False)
    """
    for word in _AWARD_WORDS:
        if word in line:
            return len(line) <= MAX_AWARD_LENGTH and bool(_PRAISE.search(line) and _AWARD.fullmatch(line))
    return False


def read_buttons(line: str) -> Buttons | None:
    """Return the links of a line of buttons; None for any other line.

    >>> read_buttons("[ Poster] [ OpenReview]"), read_buttons("Poster models of the mind")
    (Buttons(links=(), visited=None, rest=''), None)
    >>> read_buttons("[[OpenReview](https://openreview.net/forum?id=a)]").links
    (('OpenReview', 'https://openreview.net/forum?id=a'),)
    >>> read_buttons("[ Visit Oral 1A Trees ] Wed 24 Jul 4:30 p.m. CEST — 5:30 p.m. CEST")[1:]
    ('Oral 1A Trees', 'Wed 24 Jul 4:30 p.m. CEST — 5:30 p.m. CEST')
    """
    text, links = split_links(line)
    if len(text) > MAX_PART_LENGTH * 2 or not (
        links or text[:1] in "[]|" or len(text) <= MAX_LABEL_LENGTH or "isit" in text
    ):
        return None
    text, bracket, rest = text.rpartition("]") if "[" in text and "]" in text else (text, "", "")
    visited = None
    for label in [*_BETWEEN_LABELS.split(text + bracket), *(label for label, _ in links)]:
        if visit := _VISIT.fullmatch(label.strip()):
            visited = visit[1]
        elif label.strip() and not _BUTTON_LABEL.fullmatch(label.strip()):
            return None
    return Buttons(links, visited, rest.strip())


def identify_links(links: list[Link]) -> tuple[tuple[Identifier, ...], tuple[StatedLink, ...]]:
    """Return the identifiers that the URLs of buttons hold, and the other links.

    >>> identify_links([("OpenReview", "https://openreview.net/forum?id=zuNM3eoPVi"), ("Code", "https://github.com/a/b")])
    ((('openreview', 'zuNM3eoPVi'),), (StatedLink(field='code', text='https://github.com/a/b', role='own'),))
    """
    identifiers: list[Identifier] = []
    stated: list[StatedLink] = []
    for label, url in links:
        found = identifiers_from_url(url)
        identifiers += found
        if not found:
            field = label.lower()
            stated.append(StatedLink(field, url, "own" if field in _OWN_LABELS else None))
    return tuple(dict.fromkeys(identifiers)), tuple(dict.fromkeys(stated))
