"""Papers on which two sources disagree, field by field, and papers on which they only seem to."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlmodel import SQLModel

from programme.schema import (
    Author,
    Authorship,
    ConferenceSession,
    Document,
    Edition,
    Kind,
    LinkRole,
    Listing,
    ListingEntry,
    Paper,
    PaperIdentifier,
    PaperLink,
    PaperLinkKind,
    PaperSource,
    RepoLink,
    Repository,
    Slot,
    SlotSource,
    Venue,
)
from tests.queries.database import create_database

Facts = dict[str, Any]
NAMES = ("Ada Quill", "Éva Moss", "Bo van Renn", "Wei Lin")
REPOSITORIES = ("ada/kettle", "ada/lid", "bo/lid")


class Builder:
    """Builds rows with the next free id. The mentions are on lines 1, 2, 3 and so on of whichever document."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._lines = count(1)
        self.paper_id = 0

    def paper(
        self, title: str, *names: str, title_key: str | None = None, places: tuple[str, ...] = (), **more: Any
    ) -> list[SQLModel]:
        """Return a paper and its byline; later mentions, links and slots are about this paper."""
        self.paper_id += 1
        key = f"p{self.paper_id}"
        rows: list[SQLModel] = [Paper(id=self.paper_id, key=key, title_key=title_key or key, title=title, **more)]
        for position, name in enumerate(names, 1):
            place = places[position - 1] if places else None
            author = NAMES.index(name) + 1
            ids: Facts = {"paper_id": self.paper_id, "position": position, "author_id": author}
            rows.append(Authorship(**ids, raw_name=name, affiliation=place))
        return rows

    def mention(self, document_id: int, title: str, byline: str | None = None, **more: Any) -> PaperSource:
        """Return a mention of the last paper, on the next line."""
        line = next(self._lines)
        more.setdefault("has_abstract", "abstract" in more)
        ids: Facts = {"id": line, "paper_id": self.paper_id, "document_id": document_id}
        return PaperSource(**ids, line_start=line, line_end=line, title=title, byline=byline, **more)

    def link(self, source: PaperSource, repository_id: int, role: str) -> RepoLink:
        ids: Facts = {"id": next(self._ids), "paper_id": source.paper_id, "document_id": source.document_id}
        place: Facts = {"field": "abstract", "char_start": repository_id, "char_end": 9, "rule": "host"}
        url, path = "github.com/…", REPOSITORIES[repository_id - 1]
        found: Facts = {"paper_source_id": source.id, "repository_id": repository_id}
        return RepoLink(**ids, **found, **place, role=LinkRole(role), raw_url=url, path=path)

    def page(self, source: PaperSource, url: str) -> PaperLink:
        ids: Facts = {"id": next(self._ids), "paper_id": source.paper_id, "document_id": source.document_id}
        place: Facts = {"field": "abstract", "char_start": 1, "char_end": 9, "raw_url": url}
        return PaperLink(**ids, **place, paper_source_id=source.id, kind=PaperLinkKind.PROJECT_PAGE, url=url)

    def slot(self, session_id: int, starts: str, *statements: tuple[PaperSource, Facts]) -> list[SQLModel]:
        """Return a slot of the last paper, as the first statement has it, and every statement of it."""
        id_ = next(self._ids)
        rows: list[SQLModel] = []
        for source, more in statements:
            place: Facts = {"line_start": source.line_start, "line_end": source.line_end, "position": id_}
            facts: Facts = {"kind": "oral", "title": source.title, "starts_at": moment(starts), **more}
            shared = {**place, **facts, "document_id": source.document_id}
            if not rows:
                rows.append(Slot(id=id_, session_id=session_id, paper_id=source.paper_id, **shared))
            rows.append(SlotSource(slot_id=id_, paper_source_id=source.id, **shared))
        return rows


def moment(clock: str) -> datetime:
    return datetime.fromisoformat(f"2022-07-21T{clock}:00").replace(tzinfo=UTC)


def common() -> Iterator[SQLModel]:
    yield Venue(id=1, slug="icml", name="ICML")
    yield Edition(id=1, venue_id=1, year=2022, slug="icml-2022", name="ICML 2022")
    yield Edition(id=2, venue_id=1, year=2023, slug="icml-2023", name="ICML 2023")
    for id_, uri in enumerate(("a.txt", "b.txt", "c.txt"), 1):
        facts: Facts = {"format": "virtual-session", "media_type": "text/plain", "size_bytes": 1}
        lines: Facts = {"line_count": 1, "claimed_line_count": 1, "ingested_at": moment("00:00"), "content": b""}
        yield Document(id=id_, uri=uri, sha256=uri, **facts, **lines)
    for id_, name in enumerate(NAMES, 1):
        yield Author(id=id_, key=f"a{id_}", name=name)
    for id_, path in enumerate(REPOSITORIES, 1):
        yield Repository(id=id_, key=f"r{id_}", host="github.com", path=path, url=f"https://github.com/{path}")
    for id_, edition_id in enumerate((1, 1, 2), 1):
        yield ConferenceSession(id=id_, key=f"s{id_}", edition_id=edition_id, title="Tea", kind=Kind.ORAL)
    yield Listing(id=1, key="l1", title="Daily Papers", source="daily.example")


def texts(build: Builder) -> Iterator[SQLModel]:
    yield from build.paper("Careful Kettles", *NAMES[:2])
    yield build.mention(1, "Careful Kettles", "Ada Quill · Éva Moss")
    yield build.mention(2, "CAREFUL  {K}ettles.", "Quill, Ada and Moss, Éva")
    yield build.mention(3, "Careful Kettles (Extended)", "Ada Quill ⋅ Éva Moss")
    yield from build.paper("β-Lids and Handles", *NAMES[:2])
    yield build.mention(1, r"$\beta$-Lids and Handles", "Ada Quill1; Éva Moss2")
    yield build.mention(2, r"$\beta$-Lids & Handles", "Ada Quill1, Éva Moss2")
    yield from build.paper("Spouts", *NAMES[:3])
    yield build.mention(1, "Spouts", "Ada Quill · Éva Moss · Bo van Renn")
    yield build.mention(2, "Spouts", "A. Quill, É. Moss, B. van Renn")
    yield build.mention(3, "Spouts", "Ada Quill")
    yield from build.paper("Steam", abstract="Steam rises by 60%.\nAlways.")
    yield build.mention(1, "Steam", abstract=r"Steam rises by $60\%$.  Always.")
    yield build.mention(2, "Steam", abstract="Steam  rises by 60%. Always.")
    yield build.mention(3, "Steam", abstract="Steam rises.")
    yield from build.paper("Whistles", abstract="They whistle.")
    yield build.mention(1, "Whistles", abstract=r"They \emph{whistle}.")
    yield build.mention(2, "Whistles", has_abstract=True)
    yield build.mention(3, "Whistles", abstract="“They” — whistle.")


def lists(build: Builder) -> Iterator[SQLModel]:
    yield from build.paper("Pots", *NAMES[:2], NAMES[3], NAMES[3], places=("Tea House", "Mug Lab", "Cup", "Jug"))
    stated = [["Ada Quill", "Tea House"], ["Éva Moss", "Mug Lab"], ["Wei Lin", "Cup"], ["Wei Lin", "Jug"]]
    yield build.mention(1, "Pots", authors=json.dumps(stated))
    yield build.mention(2, "Pots", authors=json.dumps(["Éva Moss", ["Ada Quill", "Saucer College"], ["Bo", "Mug"]]))
    yield from build.paper("Cups")
    yield build.mention(1, "Cups", identifiers="arxiv:2201.00001 doi:10.1/a")
    yield build.mention(2, "Cups", identifiers="doi:10.1/a arxiv:2201.00002")
    yield build.mention(3, "Cups", identifiers="arxiv:2201.00001 arxiv:2201.00003 doi:10.1/a")
    yield PaperIdentifier(paper_id=build.paper_id, scheme="doi", value="10.1/a")
    for value in ("2201.00001", "2201.00002", "2201.00003"):
        yield PaperIdentifier(paper_id=build.paper_id, scheme="arxiv", value=value)
    yield from build.paper("Mugs")
    yield build.mention(1, "Mugs", edition_id=1, raw_kind="Accept (oral)")
    yield build.mention(2, "Mugs", edition_id=1, raw_kind="Oral")
    yield build.mention(3, "Mugs", edition_id=1, raw_kind="Poster")
    yield from build.paper("Jugs")
    yield build.mention(1, "Jugs", edition_id=2, raw_kind="Poster")
    yield (source := build.mention(2, "Jugs", raw_kind="Oral"))
    yield from build.slot(1, "10:00", (source, {}))
    yield from build.paper("Trays")
    yield build.mention(1, "Trays", listing_id=1, listing_position=1, upvotes=9)
    yield build.mention(2, "Trays", listing_id=1, listing_position=1, upvotes=12)
    yield ListingEntry(listing_id=1, position=1, paper_id=build.paper_id, upvotes=12)


def links(build: Builder) -> Iterator[SQLModel]:
    yield from build.paper("Lids")
    sources = [build.mention(document_id, "Lids") for document_id in (1, 2, 3)]
    yield from sources
    yield build.link(sources[0], 1, "own")
    yield build.link(sources[0], 2, "own")
    yield build.link(sources[1], 2, "own")
    yield build.link(sources[2], 3, "own")
    yield build.link(sources[1], 3, "other")
    for source, url in zip(sources, ("http://lids.example/", "https://lids.example", "https://b.example"), strict=True):
        yield build.page(source, url)


def slots(build: Builder) -> Iterator[SQLModel]:
    yield from build.paper("Whisks")
    one, other, silent = (build.mention(document_id, "Whisks") for document_id in (1, 2, 3))
    yield from (one, other, silent)
    said = {"room": "Hall A-1", "poster_number": "17", "award": "Best Whisk", "ends_at": moment("10:20")}
    differently = {"room": "Hall B", "poster_number": "71", "award": "Runner-up", "ends_at": moment("10:30")}
    yield from build.slot(
        *(1, "10:00", (one, {**said, "raw_kind": "Oral"})),
        *((other, {**differently, "kind": "spotlight"}), (silent, {"room": "hall A1", "kind": "other"})),
    )
    yield from build.paper("Sieves")
    one, other = (build.mention(document_id, "Sieves") for document_id in (1, 2))
    yield from (one, other)
    yield from build.slot(1, "10:00", (one, {}))
    yield from build.slot(2, "11:00", (other, {}))
    yield from build.slot(3, "12:00", (other, {"kind": "poster"}))
    yield from build.paper("Spoons")
    yield (both := build.mention(1, "Spoons"))
    yield from build.slot(1, "10:00", (both, {}))
    yield from build.slot(2, "11:00", (both, {}))


def kept_apart(build: Builder) -> Iterator[SQLModel]:
    """Return papers called Forks: two of Ada Quill and one of Wei Lin, each with an identifier, two without authors."""
    for name, number in (("Ada Quill", "1"), ("Ada Quill", "2"), ("Wei Lin", "3"), (None, None), (None, "4")):
        yield from build.paper("Forks", *([name] if name else []), title_key="forks")
        if number:
            yield PaperIdentifier(paper_id=build.paper_id, scheme="arxiv", value=f"2202.0000{number}")
        yield build.mention(1, "Forks", name, identifiers=f"arxiv:2202.0000{number}" if number else None)
    for title, name in (("Knives", "Éva Moss"), ("Sporks", "Wei Lin")):
        yield from build.paper(title, name)
        yield PaperIdentifier(paper_id=build.paper_id, scheme="doi", value="10.1/k")
        yield build.mention(2, title, name, identifiers="doi:10.1/k")


def swapped(build: Builder) -> Iterator[SQLModel]:
    """Return a paper with first and last names swapped in one mention, and with commas between them in another."""
    yield from build.paper("Ladles", "Ada Quill", "Wei Lin")
    yield build.mention(1, "Ladles", "Ada Quill · Wei Lin")
    yield build.mention(2, "Ladles", "Quill Ada · Lin Wei")
    yield build.mention(3, "Ladles", "Quill, Ada and Lin, Wei")


def fill(url: str) -> None:
    """Create a database of the conflicting sources."""
    build = Builder()
    parts = (texts(build), lists(build), links(build), slots(build), kept_apart(build), swapped(build))
    create_database(url, [*common(), *(row for part in parts for row in part)])
