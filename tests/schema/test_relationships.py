"""Relationships lead from class to class, in the order a reader expects, on both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session, select

from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.loaders.store.revisions import migration_engine
from programme.schema import TABLES, ConferenceSession, Kind, Listing, Paper, Venue


@pytest.fixture
def db(database_url: str, samples: object) -> Iterator[Session]:
    connection = open_database(database_url, create=True)
    list(ingest(connection, documents_from([str(samples)])))
    connection.close()
    engine = migration_engine(database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_every_foreign_key_has_a_relationship() -> None:
    configure_mappers()
    for model in TABLES:
        mapper = inspect(model)
        followed = {key.name for relation in mapper.relationships for key in relation.local_columns}
        keys = {key.parent.name for key in mapper.local_table.foreign_keys}
        assert keys <= followed, model.__name__


def test_relationships_are_for_reading() -> None:
    assert all(relation.viewonly for model in TABLES for relation in inspect(model).relationships)


def test_from_a_paper(db: Session) -> None:
    paper = db.exec(select(Paper).where(Paper.title == "Contrastive Learning with Crossed Views")).one()
    assert paper.authorships[0].author.name == "Delphine Arkwright"
    assert [place.position for place in paper.authorships] == [1, 2, 3, 4]
    assert [author.name for author in paper.authors] == [place.author.name for place in paper.authorships]
    assert paper in paper.authors[0].papers
    assert paper.repo_links[0].repository.url == "https://github.com/lanternworks/crossview"
    assert paper.repo_links[0].paper_source in paper.sources
    assert all(source.document.sha256 for source in paper.sources)
    assert ("arxiv", "2206.04417") in {(one.scheme, one.value) for one in paper.identifiers}
    slot = paper.slots[0]
    assert slot.session.edition is not None
    assert (slot.kind, slot.session.edition.venue.slug) == (Kind.ORAL, "icml")


def test_from_a_venue_to_its_slots(db: Session) -> None:
    venue = db.exec(select(Venue).where(Venue.slug == "icml")).one()
    assert [edition.year for edition in venue.editions] == sorted(edition.year for edition in venue.editions)
    session = next(session for edition in venue.editions for session in edition.sessions if len(session.slots) > 1)
    assert [slot.position for slot in session.slots] == list(range(1, len(session.slots) + 1))
    assert session.sources[0].document.problems == sorted(
        session.sources[0].document.problems, key=lambda problem: (problem.line or 0, problem.id)
    )


def test_from_a_moderator_and_a_listing(db: Session) -> None:
    session = db.exec(select(ConferenceSession).where(ConferenceSession.moderators.any())).first()  # type: ignore[attr-defined]
    assert session is not None
    assert session.moderators[0].author.moderations[0].raw_name
    listing = db.exec(select(Listing)).first()
    assert listing is not None
    assert listing.entries[0].paper.listing_entries
    assert listing.sources[0].listing is listing
