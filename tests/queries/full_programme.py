"""The small programme and a later edition with schedule clashes, night slots, awards, affiliations and namesakes.

Every query has rows here, except the checks, as nothing is wrong with these facts. `BREAKS` breaks every rule of them.
"""

from datetime import date, timedelta

from sqlmodel import SQLModel

from programme.loaders.store.revisions import migration_engine
from programme.schema import (
    Author,
    Authorship,
    ConferenceSession,
    DocumentProblem,
    Edition,
    Kind,
    LinkRole,
    Listing,
    ListingEntry,
    ListingSource,
    Paper,
    PaperIdentifier,
    RepoLink,
    Repository,
    SessionModerator,
    SessionSource,
    Slot,
    Venue,
)
from tests.queries import history, small_programme
from tests.queries.database import create_database
from tests.queries.small_programme import document, instant, mention, slot_source

AUTHORS = {6: "Łucja Żak", 7: "Zoë Lund", 8: "ada quill"}
"""Author 7 has the name of author 5, and author 8 that of author 1 in lower case."""

PAPERS = {
    7: ("Éclairs for Pears", "Pears meet éclairs; see https://github.com/Quill/pears for code."),
    8: ("Pears, Pears and Graphs", None),
    9: ("apple trees", "Trees (github.com/quill/Éclair) after github.com/Quill/rake."),
    10: ("Pears", "Two halves: github.com/Quill/pears and https://huggingface.co/Żak/apples"),
    11: ("Night Apples", "Apples at https://huggingface.co/Żak/apples"),
    12: ("Pears", None),
}
"""Title and abstract by id. Two papers share a title."""

BYLINES = {
    7: ((1, "Ada Quill", "Café Institute"), (6, "Łucja Żak", None)),
    8: ((6, "Łucja Żak", "Café Institute"), (2, "Éva Moss", "cafe institute"), (1, "Ada Quill", "Café Institute")),
    9: ((7, "Zoë Lund", None), (1, "Ada Quill", "cafe institute")),
    10: ((6, "Łucja Żak", "cafe institute"),),
    11: ((8, "ada quill", None), (7, "Zoë Lund", None), (8, "ada quill", None)),
    12: ((3, "Bo Renn", None),),
}
"""Author, name as printed and affiliation, in order. One byline names the same author twice."""

REPOSITORIES = {
    4: ("github.com", "Quill/pears"),
    5: ("github.com", "quill/Éclair"),
    6: ("huggingface.co", "Żak/apples"),
}
LINKS = (
    (7, 4, 10, "https://github.com/Quill/pears", "own"),
    (9, 5, 12, "github.com/quill/Éclair", "own"),
    (9, 1, 12, "github.com/Quill/rake", "other"),
    (10, 4, 13, "github.com/Quill/pears", "own"),
    (10, 6, 13, "https://huggingface.co/Żak/apples", "own"),
    (11, 6, 14, "https://huggingface.co/Żak/apples", "own"),
)
"""Paper, repository, mention, link as written, role."""

SESSIONS = {5: ("Café", "oral", "Hall Ä"), 6: ("Orchards", "poster", "Hall Ä"), 7: ("Night", "social", None)}
SLOTS = (
    (6, 5, 1, "oral", 7, "2023-07-25 09:00", 20),
    (7, 5, 2, "oral", 8, "2023-07-25 09:20", 20),
    (8, 5, 3, "oral", 9, "2023-07-25 09:40", 20),
    (9, 6, 1, "poster", 10, "2023-07-25 09:10", 120),
    (10, 6, 2, "poster", 7, "2023-07-25 09:10", 120),
    (11, 7, 1, "spotlight", 11, "2023-07-25 23:30", 60),
    (12, 7, 2, "oral", 8, "2023-07-26 10:00", 0),
    (13, 7, 3, "break", None, "", 0),
)
"""Id, session, position, kind, paper, start in Honolulu, and minutes: 0 where no end is known."""


def slot(id_: int, session_id: int, position: int, kind: str, paper_id: int | None, start: str, minutes: int) -> Slot:
    begins = instant(start.replace(" ", "T")) if start else None
    ends = begins + timedelta(minutes=minutes) if begins and minutes else None
    behind = timedelta(hours=10)
    return Slot(
        id=id_,
        session_id=session_id,
        position=position,
        kind=Kind(kind),
        title=PAPERS[paper_id][0] if paper_id else "Tea",
        starts_at=begins + behind if begins else None,
        ends_at=ends + behind if ends else None,
        time_zone="Pacific/Honolulu" if begins else None,
        local_day=start[:10] or None,
        local_start=start[11:] or None,
        local_end=f"{ends:%H:%M}" if ends else None,
        award="Prix Éclair" if id_ == 8 else None,
        paper_id=paper_id,
        document_id=4,
        line_start=10 * id_,
        line_end=10 * id_ + 4,
    )


def edition() -> list[SQLModel]:
    found: list[SQLModel] = [
        Venue(id=3, slug="iclr", name="ICLR"),
        Edition(
            id=3,
            venue_id=1,
            year=2023,
            slug="icml-2023",
            name="ICML 2023",
            starts_on=date(2023, 7, 23),
            ends_on=date(2023, 7, 29),
            time_zone="Pacific/Honolulu",
            city="Honolulu",
        ),
        Edition(id=4, venue_id=3, year=2022, slug="iclr-2022", name="ICLR 2022", starts_on=date(2022, 4, 25)),
        document(4, "pages/Ørchard.bib", "dd44", 90, 89, "2024-03-02T10:00:00"),
        DocumentProblem(id=3, document_id=4, path="[7]", text="?", problem="no such day"),
        SessionSource(session_id=4, document_id=1, line_start=90, line_end=91, title="Empty", kind=Kind.SOCIAL),
    ]
    for id_, (title, kind, room) in SESSIONS.items():
        found.append(ConferenceSession(id=id_, key=f"s{id_}", edition_id=3, title=title, kind=Kind(kind), room=room))
        found.append(
            SessionSource(session_id=id_, document_id=4, line_start=id_, line_end=id_, title=title, kind=Kind(kind))
        )
    return found


def papers() -> list[SQLModel]:
    found: list[SQLModel] = [Author(id=id_, key=f"a{id_}", name=name) for id_, name in AUTHORS.items()]
    for id_, (title, abstract) in PAPERS.items():
        found.append(Paper(id=id_, key=f"p{id_}", title_key=f"p{id_}", title=title, abstract=abstract))
        for position, (author_id, raw_name, affiliation) in enumerate(BYLINES[id_], 1):
            place = Authorship(paper_id=id_, position=position, author_id=author_id, raw_name=raw_name)
            place.affiliation = affiliation
            found.append(place)
    return [
        *found,
        PaperIdentifier(paper_id=7, scheme="doi", value="10.1/Pears"),
        PaperIdentifier(paper_id=9, scheme="arxiv", value="2301.00009"),
        SessionModerator(session_id=5, position=1, author_id=8, raw_name="ada quill"),
        *(slot(*facts) for facts in SLOTS),
    ]


def mentions() -> list[SQLModel]:
    days = {3: ("daily.example", date(2023, 7, 20)), 4: ("weekly.example", date(2023, 8, 1))}
    facts = {3: {"edition_id": 3, "edition_basis": "stated"}, 4: {"edition_id": 4, "edition_basis": "given"}}
    return [
        *(Listing(id=id_, key=f"l{id_}", title="Pears", source=by, listed_on=on) for id_, (by, on) in days.items()),
        *(ListingSource(listing_id=id_, document_id=4, line_start=id_, line_end=id_) for id_ in days),
        ListingEntry(listing_id=3, position=1, paper_id=7, upvotes=9),
        ListingEntry(listing_id=3, position=2, paper_id=12, upvotes=None),
        ListingEntry(listing_id=4, position=1, paper_id=7, upvotes=4),
        mention(10, 7, 4, 60, "Éclairs for Pears", "Ada Quill · Łucja Żak", identifiers="doi:10.1/Pears"),
        mention(11, 8, 4, 70, "Pears, Pears and Graphs", "Łucja Żak and others", has_abstract=False),
        mention(12, 9, 4, 80, "apple trees", "Zoë Lund · Ada Quill", identifiers="arxiv:2301.00009"),
        mention(13, 10, 4, 90, "Pears", "Łucja Żak"),
        mention(14, 11, 4, 110, "Night Apples", "ada quill · Zoë Lund · ada quill"),
        mention(15, 12, 4, 5, "Pears", "Bo Renn", has_abstract=False, listing_id=3, listing_position=2, **facts[3]),
        mention(16, 7, 4, 4, "Éclairs", None, has_abstract=False, listing_id=3, listing_position=1, upvotes=9),
        mention(17, 7, 1, 200, "Eclairs for pears", None, has_abstract=False, listing_id=4, **facts[4]),
        *(slot_source(slot(*of), SOURCES.get(of[4])) for of in SLOTS),
    ]


SOURCES: dict[int | None, int] = {7: 10, 8: 11, 9: 12, 10: 13, 11: 14}
"""The mention that a slot of the paper refers to."""


def links() -> list[SQLModel]:
    found: list[SQLModel] = [
        Repository(id=id_, key=f"r{id_}", host=host, path=path, url=f"https://{host}/{path}")
        for id_, (host, path) in REPOSITORIES.items()
    ]
    for id_, (paper_id, repository_id, source_id, raw_url, role) in enumerate(LINKS, 6):
        start = (PAPERS[paper_id][1] or "").index(raw_url)
        found.append(
            RepoLink(
                id=id_,
                paper_id=paper_id,
                repository_id=repository_id,
                document_id=4,
                paper_source_id=source_id,
                raw_url=raw_url,
                path=raw_url.partition(".co")[2].partition("/")[2],
                role=LinkRole(role),
                field="abstract",
                char_start=start,
                char_end=start + len(raw_url),
                rule="host",
            )
        )
    return found


def rows() -> list[SQLModel]:
    """Return every row of the small programme and the later edition, each after those it refers to."""
    return [*small_programme.rows(), *edition(), *papers(), *mentions(), *links(), *history.rows()]


def fill(url: str) -> None:
    """Create a database of the small programme and the later edition."""
    create_database(url, rows())


BREAKS: dict[str, dict[str, str]] = {
    "check_authors": {
        "an author has a paper or moderates a session": "INSERT INTO authors (id, key, name) VALUES (90, 'a90', 'Ida')",
        "an author has a name": "UPDATE authors SET name = ' ' WHERE id = 8",
    },
    "check_corrections": {
        "it applies to something": (
            "INSERT INTO corrections (id, document_id, line_start, line_end, subject_type, subject, field, value, "
            "reason) VALUES (90, 4, 1, 1, 'paper', 'gone', 'title', '\"Leaves\"', 'Said by the authors.')"
        ),
        "no newer correction says otherwise": (
            "INSERT INTO corrections (id, document_id, line_start, line_end, subject_type, subject, field, value, "
            "reason, target_key) VALUES (91, 4, 2, 2, 'session', 'late', 'room', '\"A\"', 'The sign.', 'late'), "
            "(92, 4, 3, 3, 'session', 'late', 'room', '\"B\"', 'The new sign.', 'late')"
        ),
    },
    "check_documents": {
        "it claims no more lines than it has": "UPDATE documents SET claimed_line_count = 91 WHERE id = 4",
        "each fact ends on or after its first line": "UPDATE listing_sources SET line_end = 0 WHERE listing_id = 3",
        "its parts have no gaps": (
            "INSERT INTO document_parts (document_id, position, content) VALUES (1, 2, ''), (1, 4, '')"
        ),
        "it is read by the rules of this release": "UPDATE documents SET rules_version = 1 WHERE id = 4",
    },
    "check_editions": {
        "a venue has an edition": "INSERT INTO venues (id, slug, name) VALUES (90, 'acl', 'ACL')",
        "the slug of an edition is its venue and year": "UPDATE editions SET slug = 'iclr-22' WHERE id = 4",
        "an edition ends after it starts": "UPDATE editions SET ends_on = '2022-04-24' WHERE id = 4",
        "an edition has a session, a paper or a source": (
            "INSERT INTO editions (id, venue_id, year, slug, name) VALUES (90, 3, 2019, 'iclr-2019', 'ICLR 2019')"
        ),
    },
    "check_identifiers": {
        "it identifies one paper": (
            "INSERT INTO paper_identifiers (paper_id, scheme, value) VALUES (8, 'doi', '10.1/Pears')"
        ),
        "a paper has one arXiv identifier": (
            "INSERT INTO paper_identifiers (paper_id, scheme, value) VALUES (9, 'arxiv', '2302.00010')"
        ),
        "a mention or a correction states it": (
            "UPDATE paper_sources SET identifiers = 'arxiv:2101.00001v2' WHERE id = 1"
        ),
    },
    "check_links": {
        "it spans at least one character": "UPDATE repo_links SET char_end = char_start WHERE id = 6",
        "it is what the abstract says at that position": "UPDATE repo_links SET char_start = 8 WHERE id = 7",
        "its mention belongs to the same paper and document": "UPDATE paper_links SET document_id = 1 WHERE id = 1",
        "a paper states the repository": (
            "INSERT INTO repositories (id, key, host, path, url) VALUES (90, 'r90', 'a.b', 'c/d', 'https://a.b/c/d')"
        ),
    },
    "check_listings": {
        "a document states it": (
            "INSERT INTO listings (id, key, title, source) VALUES (90, 'l90', 'Leaves', 'daily.example')"
        ),
        "its day is the one printed": "UPDATE listings SET listed_month = 2, listed_day = 28 WHERE id = 2",
        "the positions of its entries have no gaps": "UPDATE listing_entries SET position = 3 WHERE position = 2",
        "each entry is stated by a mention of its paper": (
            "UPDATE listing_entries SET paper_id = 11 WHERE listing_id = 4"
        ),
    },
    "check_papers": {
        "a document mentions it": "INSERT INTO papers (id, key, title_key, title) VALUES (90, 'p90', 'p90', 'Leaves')",
        "it has a title": "UPDATE papers SET title = '' WHERE id = 3",
        "its abstract is stated by a document": "UPDATE papers SET abstract = 'A.' WHERE id = 4",
        "an abstract stated by a document is shown": "UPDATE papers SET abstract = NULL WHERE id = 2",
        "the positions of its authors have no gaps": "UPDATE authorships SET position = 2 WHERE paper_id = 12",
    },
    "check_sessions": {
        "a document states it": "DELETE FROM session_sources WHERE session_id = 4",
        "it ends after it starts": "UPDATE sessions SET ends_at = '2022-07-21T19:29:59Z' WHERE id = 2",
        "its slots lie within the days of its edition, give or take a day": (
            "UPDATE slots SET local_day = '2023-07-31' WHERE id = 12"
        ),
        "the positions of its slots have no gaps": "UPDATE slots SET position = 4 WHERE id = 3",
        "the positions of its moderators have no gaps": (
            "UPDATE session_moderators SET position = 2 WHERE session_id = 5"
        ),
    },
    "check_slots": {
        "a document states it": "DELETE FROM slot_sources WHERE slot_id = 13",
        "it ends after it starts": "UPDATE slots SET ends_at = '2022-07-21T19:29:59Z' WHERE id = 4",
        "what is known in UTC is known in local time": "UPDATE slots SET local_start = NULL WHERE id = 11",
        "it presents the paper that its documents mention": "UPDATE slots SET paper_id = NULL WHERE id = 7",
    },
}
"""A statement, for SQLite and PostgreSQL, that breaks the rule of a check."""


def fill_broken(url: str) -> None:
    """Create a database of the full programme that breaks every rule of every check."""
    fill(url)
    engine = migration_engine(url)
    with engine.begin() as connection:
        for rules in BREAKS.values():
            for statement in rules.values():
                connection.exec_driver_sql(statement)
    engine.dispose()
