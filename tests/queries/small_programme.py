"""A programme small enough to write out every view by hand, with edge cases: nulls, ties, accents, shared titles."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import SQLModel

from programme.loaders.rules import RULES_VERSION
from programme.schema import (
    Author,
    Authorship,
    ConferenceSession,
    Document,
    DocumentProblem,
    Edition,
    Kind,
    LinkRole,
    Listing,
    ListingEntry,
    ListingSource,
    Paper,
    PaperIdentifier,
    PaperLink,
    PaperLinkKind,
    PaperSource,
    RepoLink,
    Repository,
    SessionModerator,
    SessionSource,
    Slot,
    SlotSource,
    Venue,
)
from tests.queries.database import create_database

RAKE_ABSTRACT = (
    "Raking is as old as leaves, and much has been written about it since the first autumn of all; we contrast "
    "naïve and careful rakes on thirty lawns. Code: github.com/Quill/rake, after github.com/old/lawn."
)
RAKES_IN_A_LIST = {"path": "results[4]", "edition_id": 2, "edition_basis": "stated", "raw_kind": "Oral"}
STOVE_ABSTRACT = "Stoves warm graphs. Our CODE WILL BE released."
LONG_STOVE = "Stoves warm graphs, and graphs warm us. Our CODE WILL BE released."


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def document(id_: int, uri: str, sha256: str, lines: int, claimed: int, ingested_at: str) -> Document:
    return Document(
        rules_version=RULES_VERSION,
        format_version=1,
        id=id_,
        sha256=sha256,
        uri=uri,
        format="virtual_session" if id_ < 3 else "daily_papers",
        media_type="text/plain",
        size_bytes=100 * id_,
        captured_on=date(2024, 2, 29) if id_ == 2 else None,
        ingested_at=instant(ingested_at),
        line_count=lines,
        claimed_line_count=claimed,
        content=b"",
    )


def slot(id_: int, session_id: int, position: int, kind: str, title: str, paper_id: int | None, start: str) -> Slot:
    """A slot of five minutes; `start` is local to Baltimore on 2022-07-21, or empty where no time is known."""
    begins = instant(f"2022-07-21T{int(start[:2]) + 4}:{start[3:]}") if start else None
    return Slot(
        id=id_,
        session_id=session_id,
        position=position,
        kind=Kind(kind),
        raw_kind=kind.title(),
        title=title,
        starts_at=begins,
        ends_at=begins.replace(minute=begins.minute + 5) if begins else None,
        time_zone="America/New_York" if begins else None,
        local_day="2022-07-21" if begins else None,
        local_start=start or None,
        local_end=f"{start[:3]}{int(start[3:]) + 5:02}" if start else None,
        room="Room 309" if id_ == 2 else None,
        poster_number="17" if id_ == 3 else None,
        award="Best Rake" if id_ == 2 else None,
        paper_id=paper_id,
        document_id=1 if session_id == 1 else 2,
        line_start=10 * position,
        line_end=10 * position + 4,
    )


def slot_source(of: Slot, paper_source_id: int | None) -> SlotSource:
    return SlotSource(
        slot_id=of.id,
        document_id=of.document_id,
        line_start=of.line_start,
        line_end=of.line_end,
        position=of.position,
        raw_time=f"Thu 21 July {of.local_start} EDT" if of.local_start else None,
        raw_kind=of.raw_kind,
        kind=of.kind,
        title=of.title,
        starts_at=of.starts_at,
        ends_at=of.ends_at,
        time_zone=of.time_zone,
        room=of.room,
        poster_number=of.poster_number,
        award=of.award,
        paper_source_id=paper_source_id,
    )


def mention(
    id_: int, paper_id: int, document_id: int, line: int, title: str, byline: str | None, **more: Any
) -> SQLModel:
    facts: dict[str, Any] = {"has_abstract": True, "abstract": None, **more}
    return PaperSource(
        id=id_,
        paper_id=paper_id,
        document_id=document_id,
        line_start=line,
        line_end=line + 4,
        title=title,
        byline=byline,
        **facts,
    )


def repo_link(id_: int, paper_id: int, repository_id: int, document_id: int, source_id: int, role: str) -> RepoLink:
    raw_url = {1: "github.com/Quill/rake", 2: "github.com/old/lawn.", 3: "https://gitlab.com/éva/öfen"}[repository_id]
    start = RAKE_ABSTRACT.find(raw_url) if paper_id == 1 else 0
    return RepoLink(
        id=id_,
        paper_id=paper_id,
        repository_id=repository_id,
        document_id=document_id,
        paper_source_id=source_id,
        raw_url=raw_url,
        path={1: "Quill/rake", 2: "old/lawn", 3: "éva/öfen"}[repository_id],
        role=LinkRole(role),
        field="abstract" if paper_id == 1 else "code",
        char_start=start,
        char_end=start + len(raw_url),
        rule="host",
    )


def slots() -> list[Slot]:
    return [
        slot(1, 1, 1, "oral", "Contrastive Rakes", 1, "15:30"),
        slot(2, 1, 2, "poster", "Öfen and Graphs", 2, "15:35"),
        slot(3, 1, 3, "qa", "Q&A", None, "15:40"),
        slot(4, 2, 1, "oral", "Contrastive Rakes", 1, "15:30"),
        slot(5, 3, 1, "other", "a garden", 4, ""),
    ]


def venues_and_documents() -> list[SQLModel]:
    return [
        Venue(id=1, slug="icml", name="ICML", url="https://icml.example"),
        Venue(id=2, slug="neurips", name="NeurIPS"),
        Edition(id=1, venue_id=1, year=2022, slug="icml-2022", name="ICML 2022", city="Baltimore"),
        Edition(id=2, venue_id=2, year=2021, slug="neurips-2021", name="NeurIPS 2021", city="online"),
        document(1, "pages/öfen.txt", "aa11", 40, 40, "2024-03-01T10:00:00"),
        document(2, "pages/Rakes.txt", "ab22", 30, 20, "2024-03-01T10:00:00"),
        document(3, "pages/daily.txt", "cc33", 0, 0, "2024-02-01T09:30:00"),
        DocumentProblem(id=1, document_id=2, line=29, text="Thu 32 July", problem="no such day"),
        DocumentProblem(id=2, document_id=2, line=None, text="", problem="no edition fits"),
    ]


def sessions() -> list[SQLModel]:
    starts, ends = instant("2022-07-21T19:30:00"), instant("2022-07-21T19:45:00")
    found: list[SQLModel] = [
        ConferenceSession(
            id=1,
            key="s1",
            edition_id=1,
            title="Öfen",
            kind=Kind.ORAL,
            track="Heat",
            room="Hall F",
            starts_at=starts,
            ends_at=ends,
        ),
        ConferenceSession(id=2, key="s2", edition_id=2, title="Lawns", kind=Kind.ORAL, starts_at=starts, ends_at=ends),
        ConferenceSession(id=3, key="s3", edition_id=None, title="Lawns", kind=Kind.OTHER),
        ConferenceSession(id=4, key="s4", edition_id=1, title="Empty", kind=Kind.SOCIAL),
        SessionModerator(session_id=1, position=1, author_id=5, raw_name="Zoë Lund"),
        SessionModerator(session_id=1, position=2, author_id=1, raw_name="Ada QUILL"),
    ]
    for id_, title in enumerate(("Öfen", "Lawns", "Lawns"), 1):
        line = 1 if id_ == 1 else id_
        found.append(
            SessionSource(
                session_id=id_,
                document_id=1 if id_ == 1 else 2,
                line_start=line,
                line_end=line,
                title=title,
                kind=Kind.ORAL,
                moderators="Zoë Lund · Ada QUILL" if id_ == 1 else None,
            )
        )
    return [*found, *slots()]


def papers() -> list[SQLModel]:
    """Return papers with authors; papers 4, 5 and 6 share a title, and no document states the authors of 6."""
    return [
        Paper(id=1, key="p1", title_key="p1", title="Contrastive Rakes", abstract=RAKE_ABSTRACT),
        Paper(id=2, key="p2", title_key="p2", title="Öfen and Graphs", abstract=LONG_STOVE),
        Paper(id=3, key="p3", title_key="p3", title="Rakes", abstract=None),
        Paper(id=4, key="p4", title_key="p6", title="A Garden", abstract=None),
        Paper(id=5, key="p5", title_key="p6", title="A Garden", abstract="Code is available on our page. A rake."),
        Paper(id=6, key="p6", title_key="p6", title="A Garden", abstract=None),
        PaperIdentifier(paper_id=1, scheme="arxiv", value="2101.00001"),
        *(Author(id=id_, key=f"a{id_}", name=name) for id_, name in AUTHORS.items()),
        *(
            Authorship(paper_id=paper_id, position=position, author_id=author_id, raw_name=raw_name)
            for paper_id, position, author_id, raw_name in [
                (1, 2, 2, "Éva Moss"),
                (1, 1, 1, "Ada QUILL"),
                (2, 1, 2, "Éva Moss"),
                (2, 2, 1, "Ada Quill"),
                (2, 3, 3, "Bo Renn"),
                (3, 1, 4, "Evan Moss"),
                (4, 1, 3, "Bo Renn"),
                (5, 1, 4, "Evan Moss"),
            ]
        ),
    ]


AUTHORS = {1: "Ada Quill", 2: "Éva Moss", 3: "Bo Renn", 4: "Evan Moss", 5: "Zoë Lund"}


def mentions() -> list[SQLModel]:
    return [
        Listing(
            id=1, key="l1", title="Daily Papers", source="daily.example", listed_on=None, listed_month=8, listed_day=11
        ),
        Listing(id=2, key="l2", title="Daily Papers", source="daily.example", listed_on=date(2024, 2, 29)),
        ListingSource(listing_id=1, document_id=3, line_start=1, line_end=2),
        ListingSource(listing_id=2, document_id=3, line_start=50, line_end=51),
        ListingEntry(listing_id=1, position=1, paper_id=2, upvotes=None),
        ListingEntry(listing_id=1, position=2, paper_id=6, upvotes=3),
        ListingEntry(listing_id=2, position=1, paper_id=1, upvotes=9),
        mention(1, 1, 1, 10, "Contrastive Rakes", "Ada QUILL · Éva Moss", identifiers="arxiv:2101.00001"),
        mention(2, 1, 2, 10, "Contrastive Rakes", "Ada QUILL ⋅ Éva Moss"),
        mention(3, 2, 1, 20, "Öfen and Graphs", "Éva Moss · Ada Quill · Bo Renn", abstract=STOVE_ABSTRACT),
        mention(4, 2, 3, 3, "Oefen & Graphs", "E. Moss", listing_id=1, listing_position=1),
        mention(5, 4, 2, 30, "A Garden", "Bo Renn", has_abstract=False),
        mention(6, 5, 3, 20, "A Garden", "Evan Moss"),
        mention(7, 6, 3, 8, "A Garden", None, has_abstract=False, listing_id=1, listing_position=2, upvotes=3),
        mention(8, 3, 3, 30, "Rakes", "Evan Moss", has_abstract=False, **RAKES_IN_A_LIST),
        mention(9, 1, 3, 52, "Contrastive Rakes", None, listing_id=2, listing_position=1, upvotes=9),
        *(slot_source(of, source) for of, source in zip(slots(), [1, 3, None, 2, 5], strict=True)),
    ]


def links() -> list[SQLModel]:
    return [
        Repository(id=1, key="r1", host="github.com", path="Quill/rake", url="https://github.com/Quill/rake"),
        Repository(id=2, key="r2", host="github.com", path="old/lawn", url="https://github.com/old/lawn"),
        Repository(id=3, key="r3", host="gitlab.com", path="éva/öfen", url="https://gitlab.com/éva/öfen"),
        repo_link(1, 1, 1, 1, 1, "own"),
        repo_link(2, 1, 1, 2, 2, "other"),
        repo_link(3, 1, 2, 1, 1, "other"),
        repo_link(4, 3, 3, 3, 8, "own"),
        repo_link(5, 3, 2, 3, 8, "other"),
        *(
            PaperLink(
                id=id_,
                paper_id=5,
                document_id=3,
                paper_source_id=6,
                kind=PaperLinkKind(kind),
                url=url,
                raw_url=url.removeprefix("https://"),
                field="links",
                char_start=id_,
                char_end=id_ + 9,
            )
            for id_, kind, url in [(1, "video", "https://a.example"), (2, "project_page", "https://b.example")]
        ),
    ]


def rows() -> list[SQLModel]:
    """Return every row, each after those it refers to."""
    return [*venues_and_documents(), *papers(), *sessions(), *mentions(), *links()]


def fill(url: str) -> None:
    """Create a database of the small programme."""
    create_database(url, rows())
