"""Makes a database of rows written by hand."""

from collections.abc import Iterable

from sqlmodel import Session as DbSession
from sqlmodel import SQLModel

from programme.loaders.store.revisions import create_or_upgrade, migration_engine


def make(url: str, *groups: Iterable[SQLModel]) -> None:
    """Create a database and fill it; each row comes after those it refers to."""
    create_or_upgrade(url)
    engine = migration_engine(url)
    for rows in groups:
        with DbSession(engine) as db:
            for row in rows:
                db.add(row)
                db.flush()
            db.commit()
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO papers_fts (papers_fts) VALUES ('rebuild')")
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()
