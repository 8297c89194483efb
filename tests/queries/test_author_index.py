"""What the author index says of names: their spellings, what speaks for one person and what against, on each engine."""

from pathlib import Path
from typing import Any

import pytest
from pytest_postgresql import factories
from pytest_postgresql.executors import NoopExecutor
from sqlmodel import Session as DbSession

from programme.engines import Result, duckdb_connection, run_query, run_query_duckdb
from programme.loaders.store.revisions import create_or_upgrade, migration_engine
from programme.loaders.text.names import name_form
from programme.schema import Author, Authorship, ConferenceSession, Kind, Paper, SessionModerator
from tests.queries.conftest import postgres_address

BYLINES = [
    ["Ada Quillon", "Éva Mossig", "Bo Renning"],
    ["Quillon, Ada", "Eva MOSSIG"],
    ["Ada Quillon", "Éva Mossig"],
    ["ADA QUILLON"],
    ["Cy Dunmore (Kiln Labs)"],
    ["Cy Dunmore (Kiln Labs)", "Mononym"],
    ["Di Elmstrom", "Di Elmstrom"],
    ["Di Elmstrom", "Lu Wei"],
    ["J. Harrowby", "Lu Wei"],
    ["Zoë Lundgren"],
]
"""Papers from 1 on; what stands in brackets is an affiliation."""

MODERATORS = ["Zoë Lundgren", "Ada QUILLON"]
EXPECTED = {
    "Ada Quillon": ("ADA QUILLON · Ada QUILLON · Ada Quillon · Quillon, Ada", "partly linked", "spellings"),
    "Éva Mossig": ("Eva MOSSIG · Éva Mossig", "linked", "spellings"),
    "Bo Renning": (None, "one place", None),
    "Cy Dunmore": (None, "linked", None),
    "Mononym": (None, "one place", "single word"),
    "Di Elmstrom": (None, "name alone", "twice on a byline"),
    "Lu Wei": (None, "name alone", "short name"),
    "J. Harrowby": (None, "one place", "initial"),
    "Zoë Lundgren": (None, "name alone", None),
}


def fill(url: str) -> None:
    """Make a database of the bylines, whose authors are those expected."""
    create_or_upgrade(url)
    ids = {name_form(name): id_ for id_, name in enumerate(EXPECTED, 1)}
    rows: list[Any] = [Author(id=id_, key=f"a{id_}", name=name) for id_, name in enumerate(EXPECTED, 1)]
    rows.append(ConferenceSession(id=1, key="s1", title="Rakes", kind=Kind.ORAL))
    for paper_id, byline in enumerate(BYLINES, 1):
        rows.append(Paper(id=paper_id, key=f"p{paper_id}", title_key=f"p{paper_id}", title=f"Rakes {paper_id}"))
        for position, text in enumerate(byline, 1):
            name, _, place = text.rstrip(")").partition(" (")
            rows.append(
                Authorship(
                    paper_id=paper_id,
                    position=position,
                    author_id=ids[name_form(name)],
                    raw_name=name,
                    affiliation=place or None,
                )
            )
    for position, name in enumerate(MODERATORS, 1):
        rows.append(SessionModerator(session_id=1, position=position, author_id=ids[name_form(name)], raw_name=name))
    engine = migration_engine(url)
    with DbSession(engine) as db:
        for row in rows:
            db.add(row)
            db.flush()
        db.commit()
    engine.dispose()


def fill_postgres(host: str, port: int, user: str, dbname: str, **_: object) -> None:
    fill(postgres_address(host, port, user, dbname))


bylines_server = factories.postgresql_noproc(depends_on="postgres_server", dbname="bylines", load=[fill_postgres])


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bylines") / "programme.db"
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture
def on_postgres(bylines_server: NoopExecutor) -> str:
    of = bylines_server
    return postgres_address(of.host, of.port, of.user, of.template_dbname)


TOLD = ("variants", "evidence", "caution")


def told(result: Result) -> dict[str, tuple[Any, ...]]:
    names, rows = result
    return {row[names.index("name")]: tuple(row[names.index(name)] for name in TOLD) for row in rows}


def test_variants_evidence_and_caution(on_sqlite: Path) -> None:
    assert told(run_query(on_sqlite, "author_index", {})) == EXPECTED


def test_postgresql_and_duckdb_tell_the_same(on_sqlite: Path, on_postgres: str) -> None:
    assert told(run_query(on_postgres, "author_index", {})) == EXPECTED
    with duckdb_connection(on_sqlite) as connection:
        assert told(run_query_duckdb(connection, "author_index", {})) == EXPECTED


def test_papers_of_an_author_show_who_is_shared(on_sqlite: Path) -> None:
    names, rows = run_query(on_sqlite, "papers_of_author", {"author": "a1"})
    columns = [names.index(name) for name in ("title", "printed", "shared_authors")]
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("Rakes 1", "Ada Quillon", "Éva Mossig"),
        ("Rakes 2", "Quillon, Ada", "Éva Mossig"),
        ("Rakes 3", "Ada Quillon", "Éva Mossig"),
        ("Rakes 4", "ADA QUILLON", None),
    ]
