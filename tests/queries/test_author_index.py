"""The author index: spellings of names, evidence for one person and cautions against it, on every engine."""

from pathlib import Path
from typing import Any

import pytest
from pytest_postgresql.executors import NoopExecutor
from sqlmodel import SQLModel

from programme.engines import Result, duckdb_connection, run_query, run_query_duckdb
from programme.loaders.text.names import name_form
from programme.schema import Author, Authorship, ConferenceSession, Kind, Paper, SessionModerator
from tests.queries.conftest import postgres_database, sqlite_database, url_of
from tests.queries.database import create_database

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
"""The bylines of papers 1, 2, 3 …, with affiliations in parentheses."""

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
    """Create a database with these bylines and moderators."""
    ids = {name_form(name): id_ for id_, name in enumerate(EXPECTED, 1)}
    rows: list[SQLModel] = [Author(id=id_, key=f"a{id_}", name=name) for id_, name in enumerate(EXPECTED, 1)]
    rows.append(ConferenceSession(id=1, key="s1", title="Rakes", kind=Kind.ORAL))
    for paper_id, byline in enumerate(BYLINES, 1):
        rows.append(Paper(id=paper_id, key=f"p{paper_id}", title_key=f"p{paper_id}", title=f"Rakes {paper_id}"))
        for position, text in enumerate(byline, 1):
            name, _, affiliation = text.rstrip(")").partition(" (")
            rows.append(
                Authorship(
                    paper_id=paper_id,
                    position=position,
                    author_id=ids[name_form(name)],
                    raw_name=name,
                    affiliation=affiliation or None,
                )
            )
    for position, name in enumerate(MODERATORS, 1):
        rows.append(SessionModerator(session_id=1, position=position, author_id=ids[name_form(name)], raw_name=name))
    create_database(url, rows)


bylines_server = postgres_database("bylines", fill)


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_database(tmp_path_factory, "bylines", fill)


COLUMNS = ("variants", "evidence", "caution")


def by_name(result: Result) -> dict[str, tuple[Any, ...]]:
    names, rows = result
    return {row[names.index("name")]: tuple(row[names.index(name)] for name in COLUMNS) for row in rows}


def test_variants_evidence_and_caution(on_sqlite: Path) -> None:
    assert by_name(run_query(on_sqlite, "author_index", {})) == EXPECTED


def test_postgresql_and_duckdb_return_the_same(on_sqlite: Path, bylines_server: NoopExecutor) -> None:
    assert by_name(run_query(url_of(bylines_server), "author_index", {})) == EXPECTED
    with duckdb_connection(on_sqlite) as connection:
        assert by_name(run_query_duckdb(connection, "author_index", {})) == EXPECTED


def test_papers_of_an_author_show_who_is_shared(on_sqlite: Path) -> None:
    names, rows = run_query(on_sqlite, "papers_of_author", {"author": "a1"})
    columns = [names.index(name) for name in ("title", "printed", "shared_authors")]
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("Rakes 1", "Ada Quillon", "Éva Mossig"),
        ("Rakes 2", "Quillon, Ada", "Éva Mossig"),
        ("Rakes 3", "Ada Quillon", "Éva Mossig"),
        ("Rakes 4", "ADA QUILLON", None),
    ]
