"""Create a database of rows written by hand, on SQLite or PostgreSQL, and read the rows of a query."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlmodel import Session as DbSession
from sqlmodel import SQLModel

from programme.database_url import parse_database_url
from programme.engines import run_query
from programme.letters import plain_name
from programme.loaders.store.connection import connect
from programme.loaders.store.paper_editions import derive_all_editions
from programme.loaders.store.revisions import create_or_upgrade, migration_engine
from programme.loaders.text.kinds import normalize_kind
from programme.loaders.text.promises import promise_of_code
from programme.schema import Author, CodePromise, Kind, Paper, PaperSource

Rows = list[tuple[Any, ...]]


def create_database(url: str, rows: Iterable[SQLModel]) -> None:
    """Create a database and insert rows; each row comes after those it refers to."""
    create_or_upgrade(url)
    engine = migration_engine(url)
    with DbSession(engine) as db:
        for row in rows:
            if isinstance(row, PaperSource) and row.raw_kind:
                row.kind = Kind(normalize_kind(row.raw_kind, ""))
            if isinstance(row, Paper) and (promise := promise_of_code(row.abstract)):
                row.code_promise = CodePromise(promise)
            if isinstance(row, Author):
                row.plain_name = plain_name(row.name)
            db.add(row)
            # One by one, to keep to the order given: SQLAlchemy would insert all rows of a table together.
            db.flush()
        db.commit()
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()
    with closing(connect(parse_database_url(url))) as store, store.transaction():
        derive_all_editions(store)


def query_rows(database: Path, name: str, params: Mapping[str, str], columns: str) -> Rows:
    """Return some columns, given as words, of the rows of a curated query."""
    names, found = run_query(database, name, params)
    places = [names.index(column) for column in columns.split()]
    return [tuple(row[place] for place in places) for row in found]
