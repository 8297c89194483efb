"""The events of a calendar of any program, as sessions with one slot."""

import re

from programme.loaders.formats.ics.parsing.components import Component
from programme.loaders.readers import join_wrapped_lines, one_line
from programme.loaders.records import Moments, PrintedTime, SessionRecord, SlotRecord, StatedEdition
from programme.loaders.text.kinds import normalize_kind
from programme.patterns import lazy_pattern

_TAG = lazy_pattern(r"#(\w[\w-]{0,30})\s+(\S.*)", re.DOTALL)
_LINK = lazy_pattern(r"://|\.html?\b|^[#/]|^www\.")
_TAGS = {"key": "keynote", "pos": "poster", "tut": "tutorial", "ws": "workshop"}
_TITLE = lazy_pattern(
    r"(?:(?P<keynote>keynote|invited talk)|(?P<poster>poster)|(?P<oral>oral)|(?P<spotlight>spotlight)"
    r"|(?P<tutorial>tutorial)|(?P<workshop>workshop))s?(?: sessions?)?\s*(?:\d|[IVX]+\b|[:–-]|by\b|on\b|$)",
    re.IGNORECASE,
)
_DEADLINE = lazy_pattern(
    r"\b(?:deadlines?|submissions? (?:due|open|close)|camera[- ]ready|notifications?|(?:abstracts?|papers?) due)\b"
    r"|截稿|截止",
    re.IGNORECASE,
)

Time = Moments | PrintedTime | None


def title_of(event: Component) -> tuple[str | None, str]:
    """Return the tag before a title, as `pos` in `#pos Posters`, and the title."""
    summary = one_line(event.text("SUMMARY"))
    tagged = _TAG.fullmatch(summary)
    return (tagged[1], tagged[2]) if tagged else (None, summary)


def is_deadline(event: Component) -> bool:
    """Return whether an event is a deadline, which is no part of a programme."""
    return _DEADLINE.search(event.text("SUMMARY")) is not None


def session_of(event: Component, time: Time, written: str | None, edition: StatedEdition | None) -> SessionRecord:
    """Return the session that an event is at one of its times, with one slot."""
    tag, title = title_of(event)
    raw_kinds = [tag] if tag else [text for one in event.find_all("CATEGORIES") for text in one.texts]
    location = one_line(event.text("LOCATION"))
    session = SessionRecord(
        title=title,
        line_start=event.line_start,
        line_end=event.line_end,
        kind=kind_of(raw_kinds, title),
        room=location if location and not _LINK.search(location) else None,
        abstract=join_wrapped_lines(event.text("DESCRIPTION")),
        edition=edition,
        path=event.path,
    )
    start = event.find("DTSTART")
    slot = SlotRecord(
        title=title,
        kind=session.kind,
        line_start=session.line_start,
        line_end=session.line_end,
        position=1,
        raw_kind=", ".join(raw_kinds) or None,
        time=time,
        time_line=start.line if start else None,
        raw_time=written,
        room=session.room,
        path=session.path,
    )
    return session._replace(slots=(slot,))


def kind_of(raw_kinds: list[str], title: str) -> str:
    """Return the kind in the closed vocabulary: that of the first category that states one, or else of the title.

    >>> kind_of(["tut"], "T1: Moss"), kind_of(["Room 3"], "Keynote 1: Moss"), kind_of([], "Poster Sessions 7")
    ('tutorial', 'keynote', 'poster')
    """
    for raw in raw_kinds:
        kind = _TAGS.get(raw.lower()) or normalize_kind(raw, "")
        if kind != "other":
            return kind
    found = _TITLE.match(title)
    return str(found.lastgroup) if found else normalize_kind(None, title)
