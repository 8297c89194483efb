"""A page, and two documents of corrections that contradict it and each other; the newer one is followed."""

import json
from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from programme.schema import (
    Author,
    Capture,
    CaptureBasis,
    ConferenceSession,
    Correction,
    CorrectionSubject,
    Document,
    Edition,
    Kind,
    Listing,
    ListingEntry,
    Source,
    Venue,
)
from tests.queries.conflicting_sources import NAMES, Builder, moment
from tests.queries.database import create_database

TEA, CAKE = ({"session": "s1", "title": title} for title in ("Tea", "Cake"))
ENTRY, SPOONS = {"listing": "l1", "paper": "p1"}, {"edition": "icml-2022", "title": "Spoons"}
CODE = "https://github.com/ada/kettle"
OLDER: list[tuple[str, Any, str | None, str, Any]] = [
    ("paper", "p1", "p1", "title", "Ladles, Extended"),
    ("paper", "p1", "p1", "authors", ["Ada Quill"]),
    ("paper", "p1", "p1", "edition", "icml-2022"),
    ("paper", "p1", "p1", "add_repositories", [CODE, "https://github.com/ada/lid"]),
    ("paper", "p1", "p1", "repository_roles", {CODE: "own"}),
    ("paper", "p1", "p1", "deny_identifiers", ["arxiv:2201.00001"]),
    ("paper", "p1", None, "same_paper", [SPOONS]),
    ("paper", "gone", None, "title", "Leaves"),
    ("session", "s1", "s1", "cancelled", True),
    ("slot", TEA, "s1", "room", "Hall C"),
    ("entry", ENTRY, "l1", "upvotes", 7),
    ("author", "a1", "a1", "name", "Ada Quill"),
]
NEWER: list[tuple[str, Any, str | None, str, Any]] = [
    ("paper", "p1", "p1", "title", 'The "Best" Ladles'),
    ("paper", "p1", "p1", "authors", ["Éva Moss", "Ada Quill"]),
    ("paper", "p1", "p1", "edition", "iclr-2019"),
    ("paper", "p1", "p1", "deny_repositories", [CODE]),
    ("paper", "p1", "p1", "repository_roles", {CODE: "other"}),
    ("paper", "p1", "p1", "add_identifiers", ["arxiv:2201.00001", "doi:10.1/a"]),
    ("paper", SPOONS, "p1", "different_papers", ["p1"]),
    ("paper", "gone", None, "title", "Trees"),
    ("session", "s1", "s1", "cancelled", False),
    ("slot", TEA, "s1", "room", "Hall D"),
    ("entry", ENTRY, "l1", "upvotes", 8),
    ("author", "a1", "a1", "name", "Ada Q. Quill"),
    ("slot", CAKE, "s1", "room", "Hall E"),
    ("paper", "p2", "p2", "title", "Forks, III"),
]
"""Type of the subject, the subject, what it applies to, field and value; the line is the place in the list."""


def fill(url: str) -> None:
    """Create a database of the page and the corrections."""
    create_database(url, [*_common(), *_papers(Builder()), *_corrections()])


def _common() -> Iterator[SQLModel]:
    yield Venue(id=1, slug="icml", name="ICML")
    yield Edition(id=1, venue_id=1, year=2022, slug="icml-2022", name="ICML 2022")
    for id_, uri in enumerate(("page.txt", "older.yaml", "newer.yaml"), 1):
        facts: dict[str, Any] = {"format": "virtual-session", "media_type": "text/plain", "size_bytes": 1}
        lines: dict[str, Any] = {"line_count": 1, "claimed_line_count": 1, "content": b""}
        # The older one was ingested last.
        yield Document(id=id_, uri=uri, sha256=uri, ingested_at=moment(f"0{9 - id_}:00"), **facts, **lines)
        yield Source(id=id_, uri=uri, scope="")
        when: dict[str, Any] = {"captured_at": moment(f"0{id_}:00"), "basis": CaptureBasis.GIVEN, "is_current": True}
        yield Capture(id=id_, source_id=id_, document_id=id_, **when)
    for id_, name in enumerate(("Ada Q. Quill", *NAMES[1:]), 1):
        yield Author(id=id_, key=f"a{id_}", name=name)
    yield ConferenceSession(id=1, key="s1", edition_id=1, title="Tea", kind=Kind.ORAL)
    yield Listing(id=1, key="l1", title="Daily Papers", source="daily.example")


def _papers(build: Builder) -> Iterator[SQLModel]:
    yield from build.paper('The "Best" Ladles')
    yield (one := build.mention(1, "Ladles", listing_id=1, listing_position=1, upvotes=5))
    yield build.mention(1, "Ladles, Extended")
    yield (other := build.mention(1, "The Best Ladles", listing_id=1, listing_position=1, upvotes=6))
    yield ListingEntry(listing_id=1, position=1, paper_id=build.paper_id, upvotes=8)
    yield from build.slot(1, "10:00", (one, {"room": "Hall D"}), (other, {"room": "Hall A"}))
    yield from build.paper("Forks, III")
    yield build.mention(1, "Forks")
    yield build.mention(1, "Forks, II")


def _corrections() -> Iterator[SQLModel]:
    for document_id, rows in ((2, OLDER), (3, NEWER)):
        for line, (subject_type, subject, target_key, field, value) in enumerate(rows, 1):
            yield Correction(
                id=100 * document_id + line,
                document_id=document_id,
                line_start=line,
                line_end=line,
                path=f"corrections[{line - 1}].{field}",
                subject_type=CorrectionSubject(subject_type),
                subject=subject if isinstance(subject, str) else json.dumps(subject, sort_keys=True),
                field=field,
                value=json.dumps(value, ensure_ascii=False, sort_keys=True),
                reason="It says so.",
                target_key=target_key,
            )
