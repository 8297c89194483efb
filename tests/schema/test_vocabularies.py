"""Closed vocabularies: text in the database, enums in Python, and a CHECK constraint for each column."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, select

from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database, upgrade
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.reread import reread
from programme.loaders.store.revisions import create_or_upgrade, head_script, migration_config, migration_engine
from programme.schema import TABLES, ConferenceSession, Kind, metadata
from programme.schema.columns import Choice

pytestmark = pytest.mark.slow

CHOICES = {
    (table.name, column.name): column.type.vocabulary
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Choice)
}


def checks(engine: sa.Engine) -> dict[str, list[str]]:
    """The values that each CHECK constraint allows, by its name."""
    found = sa.inspect(engine)
    return {
        str(check["name"]): re.findall(r"'([\w ]+)'", check["sqltext"])
        for model in TABLES
        if found.has_table(str(model.__tablename__))
        for check in found.get_check_constraints(str(model.__tablename__))
    }


def test_every_vocabulary_is_enforced(database_url: str) -> None:
    create_or_upgrade(database_url)
    engine = migration_engine(database_url)
    assert checks(engine) == {f"ck_{table}_{column}": list(of) for (table, column), of in CHOICES.items()}


def test_a_new_database_of_sqlite_has_them_too() -> None:
    script = head_script().read_text(encoding="utf-8")
    assert all(f"CONSTRAINT ck_{table}_{column} CHECK" in script for table, column in CHOICES)


def test_every_choice_states_its_constraint() -> None:
    stated = {
        str(constraint.name)
        for table in metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    assert stated == {f"ck_{table}_{column}" for table, column in CHOICES}


def test_the_database_refuses_another_value(database_url: str) -> None:
    create_or_upgrade(database_url)
    with (
        migration_engine(database_url).connect() as connection,
        pytest.raises(IntegrityError, match="ck_sessions_kind"),
    ):
        connection.exec_driver_sql("INSERT INTO sessions (id, key, title, kind) VALUES (1, 'k', 'Tea', 'tea')")


def test_values_are_text_in_the_database_and_members_in_python(database_url: str) -> None:
    create_or_upgrade(database_url)
    engine = migration_engine(database_url)
    with Session(engine) as db:
        db.add(ConferenceSession(id=1, key="k", title="Tea", kind=Kind.BREAK))
        db.add(ConferenceSession(id=2, key="l", title="Talks", kind="oral"))  # type: ignore[arg-type] # text will do
        db.commit()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT kind FROM sessions ORDER BY id").scalars().all() == ["break", "oral"]
    with Session(engine) as db:
        kinds: Any = db.exec(select(ConferenceSession.kind).order_by(ConferenceSession.key)).all()
        assert kinds == ["break", "oral"]
        assert all(isinstance(kind, StrEnum) for kind in kinds)
        db.add(ConferenceSession(id=3, key="m", title="Tea", kind="tea"))  # type: ignore[arg-type] # wrong on purpose
        with pytest.raises(StatementError, match="'tea' is not a valid Kind"):
            db.commit()


def test_rows_survive_the_way_up_and_down(database_url: str) -> None:
    config, engine = migration_config(), migration_engine(database_url)
    config.attributes["connection"] = engine
    command.upgrade(config, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO sessions (id, key, title, kind) VALUES (7, 'k', 'Öfen', 'oral')")
        connection.exec_driver_sql(
            "INSERT INTO documents (id, sha256, uri, format, media_type, size_bytes, ingested_at, line_count, "
            "claimed_line_count, content) VALUES (3, 'd', 'u', 'f', 'm', 1, '2022-07-21T00:00:00Z', 1, 1, '')"
        )
        connection.exec_driver_sql(
            "INSERT INTO session_sources (session_id, document_id, line_start, line_end, title, kind, edition_basis) "
            "VALUES (7, 3, 1, 2, 'Öfen', 'oral', NULL)"
        )
    for revision in ("head", "0002", "head"):
        getattr(command, "downgrade" if revision == "0002" else "upgrade")(config, revision)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT id, title, kind FROM sessions").all() == [(7, "Öfen", "oral")]
            stated = connection.exec_driver_sql("SELECT session_id, kind, edition_basis FROM session_sources").all()
            assert stated == [(7, "oral", None)]
        assert bool(checks(engine)) == (revision == "head")


def test_a_value_that_is_not_allowed_stops_the_migration_and_changes_nothing(database_url: str) -> None:
    config, engine = migration_config(), migration_engine(database_url)
    config.attributes["connection"] = engine
    command.upgrade(config, "0002")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO sessions (id, key, title, kind) VALUES (7, 'k', 'Tea', 'tea')")
    with pytest.raises(IntegrityError, match="ck_sessions_kind"):
        create_or_upgrade(database_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0002"
    assert checks(engine) == {}


def test_facts_survive_the_way_down_and_up(database_url: str, samples: Path) -> None:
    connection = open_database(database_url, create=True)
    list(ingest(connection, documents_from([samples])))
    before = list(dump(connection))
    connection.close()
    config, engine = migration_config(), migration_engine(database_url)
    config.attributes["connection"] = engine
    command.downgrade(config, "0002")
    upgrade(database_url)
    connection = open_database(database_url)
    # What revision 0002 has no tables for is read again from the kept bytes.
    assert {outcome.status for outcome in reread(connection)} == {"loaded"}
    assert list(dump(connection)) == before
    connection.close()
