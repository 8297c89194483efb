"""The declared shapes of the entries, and what a single one states."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from programme.loaders.formats.acl_miniconf.parsing.keyed import Entry
from programme.loaders.readers import (
    first_of_each_scheme,
    is_outside_edition,
    join_wrapped_lines,
    named_authors,
    one_line,
    text_or_none,
)
from programme.loaders.records import PaperRecord, StatedEdition, StatedLink
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.kinds import normalize_kind
from programme.patterns import lazy_pattern

Names = list[str | None] | None
Ids = list[str | int | None] | None

_AND = lazy_pattern(r"\s+and\s+|\s*;\s*")
_KEYNOTE = lazy_pattern(r"\bkeynotes?\b|\binvited (?:talk|speaker)s?\b", re.IGNORECASE)
# The presenter of an opening is often an office, such as "EACL 2024 General Chair".
_NOT_A_PERSON = lazy_pattern(r"\d|\b(?:chairs?|board|committee|organi[sz]ers?|everyone|tb[acd])\b", re.IGNORECASE)
_TIME_ALONE = lazy_pattern(
    r"(?:\w+,? )?\w+ \d{1,2}\s*[-–,]\s*Time:\s*\d{1,2}:\d\d\s*[-–]\s*\d{1,2}:\d\d", re.IGNORECASE
)


class Person(msgspec.Struct):
    """A member of a workshop's committee."""

    full_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None


class Block(msgspec.Struct):
    """An event with papers, a break or social, or a plenary, tutorial or workshop; each has some of the fields."""

    id: str | int | None = None
    session: str | None = None
    track: str | None = None
    type: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    room: str | None = None
    location: str | None = None
    chairs: Names = None
    paper_ids: Ids = None
    title: str | None = None
    abstract: str | None = None
    description: str | None = None
    presenter: str | None = None
    institution: str | None = None
    organizers: Names = None
    committee: list[Person | str | None] | None = None
    short_name: str | None = None
    anthology_url: str | None = None


class Session(msgspec.Struct):
    """An entry of `sessions`: a time of the day at which events run side by side."""

    id: str | int | None = None
    name: str | None = None
    display_name: str | None = None
    type: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    events: dict[str, Any] | None = None
    plenary_events: dict[str, Any] | None = None
    tutorial_events: dict[str, Any] | None = None
    workshop_events: dict[str, Any] | None = None

    def held(self) -> tuple[tuple[str, str, dict[str, Any]], ...]:
        """Return the entries of other parts that the session repeats: the field, the part, and the entries by id."""
        return (
            ("events", "events", self.events or {}),
            ("plenary_events", "plenaries", self.plenary_events or {}),
            ("tutorial_events", "tutorials", self.tutorial_events or {}),
            ("workshop_events", "workshops", self.workshop_events or {}),
        )


class Paper(msgspec.Struct):
    """An entry of `papers`."""

    id: str | int | None = None
    title: str | None = None
    authors: Names = None
    abstract: str | None = None
    category: str | None = None
    paper_type: str | None = None
    program: str | None = None
    is_paper: bool | None = None
    event_ids: Ids = None
    anthology_url: str | None = None
    paper_pdf: str | None = None
    pdf_url: str | None = None
    poster_pdf: str | None = None
    slides_pdf: str | None = None
    video_url: str | None = None
    demo_url: str | None = None
    material: str | None = None


IGNORED_IN_BLOCKS = frozenset(
    {
        *("link", "bio", "image_url", "video_url", "rocketchat_channel", "tutorial_pdf", "booklet_id"),
        *("anthology_venue_id", "workshop_site_url"),
    }
)
IGNORED_IN_PAPERS = frozenset(
    {
        *("track", "display_track", "tldr", "keywords", "languages", "similar_paper_ids", "preview_image", "forum"),
        *("underline_id", "underline_url", "card_image_path", "presentation_id"),
    }
)


BLOCK_TYPES = frozenset({"plenary sessions", "tutorials", "workshops", "socials", "sponsors", "breaks"})
"""Types that say nothing of how a paper is presented, so that they are no part of a title."""


def title_of(block: Block, held_by: str | None) -> str:
    """Return the title of an event as the sites print it; `held_by` is the name of the entry in `sessions`.

    >>> title_of(Block(session="Session 2", track="Generation", type="Oral"), "Session 2")
    'Session 2: Generation (Oral)'
    >>> title_of(Block(session="event_session", track="Dinner", type="Socials"), "Gala Dinner")
    'Gala Dinner'
    """
    own = one_line(block.title)
    if own:
        return own
    outer = one_line(held_by) or one_line(block.session)
    kind = one_line(block.type)
    if kind.lower() in BLOCK_TYPES:
        return outer or one_line(block.description) or one_line(block.short_name) or one_line(block.track)
    title = ": ".join(dict.fromkeys(part for part in (outer, one_line(block.track)) if part))
    return f"{title} ({kind})" if title and kind else title


def kind_of(block: Block) -> str:
    """Return the kind in the closed vocabulary; a plenary is a keynote if something in it says so.

    >>> kind_of(Block(type="Virtual Poster")), kind_of(Block(type="Plenary Sessions", title="Business Meeting"))
    ('poster', 'other')
    """
    if (block.type or "").lower().startswith("plenary"):
        texts = (str(block.id or "").replace("-", " "), block.title, block.session)
        return "keynote" if any(_KEYNOTE.search(text) for text in texts if text) else "other"
    return normalize_kind(block.type, block.title or block.track or "")


def abstract_of(block: Block) -> str | None:
    """Return the abstract or description; that of a workshop repeats its name, that of a plenary may be its time.

    >>> abstract_of(Block(abstract="Monday, March 18 - Time: 09:00 - 09:30")) is None
    True
    """
    text = join_wrapped_lines(block.abstract) or (
        join_wrapped_lines(block.description) if not block.committee else None
    )
    return None if text is None or _TIME_ALONE.fullmatch(text) else text


def people_of(block: Block) -> tuple[str, ...]:
    """Return the chairs, organizers and committee of an event, and its presenter if that is a person's name.

    >>> people_of(Block(organizers=["Ada Quill", "Bo Marsh and Wei Wu"], presenter="General Chair"))
    ('Ada Quill', 'Bo Marsh', 'Wei Wu')
    """
    listed = [*(block.chairs or ()), *(block.organizers or ()), *(_name(one) for one in block.committee or ())]
    if kind_of(block) != "keynote":
        listed += [name for name in _split([block.presenter]) if not _NOT_A_PERSON.search(name)]
    return tuple(dict.fromkeys(named_authors(_split(listed))))


def talk_of(entry: Entry, block: Block, title: str, edition: StatedEdition | None) -> PaperRecord | None:
    """Return the talk that a keynote with a presenter is; None for any other event."""
    names = named_authors(_split([block.presenter]))
    if not names or kind_of(block) != "keynote":
        return None
    institution = text_or_none(block.institution)
    return PaperRecord(
        title=title,
        line_start=entry.line_start,
        line_end=entry.line_end,
        authors=names,
        abstract=abstract_of(block),
        affiliations=(institution,) if institution and len(names) == 1 else (),
        edition=edition,
        raw_kind=text_or_none(block.type),
        path=entry.path,
    )


def paper_of(entry: Entry, paper: Paper, edition: StatedEdition | None) -> PaperRecord:
    """Return the mention that a paper is; `edition` is that of the meeting, which one of a workshop is not in."""
    stated = {
        "anthology_url": paper.anthology_url,
        "paper_pdf": paper.paper_pdf,
        "pdf_url": paper.pdf_url,
        "poster_pdf": paper.poster_pdf,
        "slides_pdf": paper.slides_pdf,
        "video_url": paper.video_url,
        "demo_url": paper.demo_url,
        "material": paper.material,
    }
    links = [(name, url) for name, text in stated.items() if (url := text_or_none(text))]
    is_outside = any(is_outside_edition(text) for text in (paper.program, paper.category) if text)
    return PaperRecord(
        title=one_line(paper.title),
        line_start=entry.line_start,
        line_end=entry.line_end,
        authors=named_authors(name for name in paper.authors or () if name),
        abstract=join_wrapped_lines(paper.abstract),
        identifiers=first_of_each_scheme(found for _, url in links for found in identifiers_from_url(url)),
        links=tuple(
            StatedLink(name, url, "own" if name == "demo_url" else None)
            for name, url in links
            if not identifiers_from_url(url)
        ),
        edition=None if is_outside else edition,
        raw_kind=text_or_none(paper.category) or text_or_none(paper.paper_type),
        path=entry.path,
    )


def _name(person: Person | str | None) -> str | None:
    if not isinstance(person, Person):
        return person
    parts = (person.first_name, person.middle_name, person.last_name)
    return text_or_none(person.full_name) or text_or_none(" ".join(part.strip() for part in parts if part))


def _split(names: Iterable[str | None]) -> list[str]:
    """Return names one by one, where some are joined by "and"."""
    return [part for name in names if name for part in _AND.split(name.strip())]
