"""Revisions create the tables of `schema`, work in both directions, and preserve rows, views and full-text search."""

import shutil
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from pytest_alembic.tests import (  # noqa: F401  these are tests, collected from here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)

from programme.loaders.store.revisions import (
    create_or_upgrade,
    create_sqlite,
    head,
    head_script,
    migration_config,
    migration_engine,
)
from programme.queries import catalogue
from programme.queries.search import create_search, drop_search
from tools.head_script import written_head_script

pytestmark = pytest.mark.slow


@pytest.fixture
def alembic_config() -> Config:
    return migration_config()


@pytest.fixture
def alembic_engine(database_url: str) -> sa.Engine:
    return migration_engine(database_url)


def run(config: Config, name: str, engine: sa.Engine, *arguments: str) -> None:
    config.attributes["connection"] = engine
    getattr(command, name)(config, *arguments)


def names(engine: sa.Engine) -> set[str]:
    found = sa.inspect(engine)
    return {*found.get_table_names(), *found.get_view_names()}


def titles_with(engine: sa.Engine, word: str) -> list[str]:
    match = (
        "SELECT title FROM papers WHERE id IN (SELECT rowid FROM papers_fts WHERE papers_fts MATCH :word)"
        if engine.dialect.name == "sqlite"
        else "SELECT title FROM papers WHERE search_vector(title, abstract) @@ search_query(:word)"
    )
    with engine.connect() as connection:
        return [row[0] for row in connection.execute(sa.text(match), {"word": word})]


VIEWS = {
    "programme",
    "papers_with_code",
    "code_share",
    "author_index",
    "coauthors",
    "repository_papers",
    "listing_papers",
    "document_ledger",
    "edition_papers",
    "paper_bylines",
    "paper_code",
    "papers_overview",
    "source_conflicts",
    "promised_code",
    "schedule_changes",
    "paper_changes",
    "source_history",
}


def test_head_is_the_newest_revision(alembic_config: Config) -> None:
    from alembic.script import ScriptDirectory

    assert head() == ScriptDirectory.from_config(alembic_config).get_current_head()


def test_check_is_clean(alembic_config: Config, alembic_engine: sa.Engine) -> None:
    run(alembic_config, "upgrade", alembic_engine, "head")
    run(alembic_config, "check", alembic_engine)


def test_up_down_up(alembic_config: Config, alembic_engine: sa.Engine) -> None:
    run(alembic_config, "upgrade", alembic_engine, "head")
    first = names(alembic_engine)
    assert first >= VIEWS
    run(alembic_config, "downgrade", alembic_engine, "base")
    assert names(alembic_engine) == {"alembic_version"}
    run(alembic_config, "upgrade", alembic_engine, "head")
    assert names(alembic_engine) == first


def test_the_views_are_those_of_the_catalogue() -> None:
    assert {query.name for query in catalogue().values() if query.is_view} == VIEWS


ADD_A_COLUMN = '''"""Note a paper's language."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("papers") as papers:
        papers.add_column(sa.Column("language", sa.String))
        papers.alter_column("title", existing_type=sa.String, nullable=True)
        papers.drop_index("papers_title_key")
    if {fails}:
        raise RuntimeError("stop here")


def downgrade() -> None:
    with op.batch_alter_table("papers") as papers:
        papers.drop_column("language")
'''


@pytest.fixture
def later_config(tmp_path: Path, alembic_engine: sa.Engine) -> Config:
    """A config with one more revision, which rewrites a table that views and search read; the database is at head."""
    run(migration_config(), "upgrade", alembic_engine, "head")
    with alembic_engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO papers (id, key, title_key, title, abstract) VALUES (7, 'k', 't', 'Über Öfen', NULL)"
        )
        connection.exec_driver_sql("INSERT INTO paper_identifiers VALUES (7, 'arxiv', '2101.00001')")
        drop_search(connection.exec_driver_sql, connection.dialect.name)
        create_search(connection.exec_driver_sql, connection.dialect.name)
    config = migration_config()
    folder = tmp_path / "migrations"
    shutil.copytree(config.get_main_option("script_location") or "", folder)
    (folder / "versions" / "9999_note_language.py").write_text(ADD_A_COLUMN.format(fails=False, head=head()))
    config.set_main_option("script_location", str(folder))
    return config


def test_rows_views_and_search_survive_a_revision(later_config: Config, alembic_engine: sa.Engine) -> None:
    run(later_config, "upgrade", alembic_engine, "head")
    with alembic_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id, title, language FROM papers").all() == [(7, "Über Öfen", None)]
        assert connection.exec_driver_sql("SELECT paper_id, value FROM paper_identifiers").all() == [(7, "2101.00001")]
    assert names(alembic_engine) >= VIEWS
    assert titles_with(alembic_engine, "ofen") == ["Über Öfen"]


def test_a_revision_that_fails_changes_nothing(later_config: Config, alembic_engine: sa.Engine) -> None:
    folder = Path(later_config.get_main_option("script_location") or "")
    (folder / "versions" / "9999_note_language.py").write_text(ADD_A_COLUMN.format(fails=True, head=head()))
    before = names(alembic_engine)
    with pytest.raises(RuntimeError, match="stop here"):
        run(later_config, "upgrade", alembic_engine, "head")
    assert names(alembic_engine) == before
    assert "language" not in {column["name"] for column in sa.inspect(alembic_engine).get_columns("papers")}
    assert titles_with(alembic_engine, "ofen") == ["Über Öfen"]


def test_create_or_upgrade_is_repeatable(database_url: str) -> None:
    create_or_upgrade(database_url)
    create_or_upgrade(database_url)
    with migration_engine(database_url).connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == head()


def test_head_script_creates_what_the_revisions_create(tmp_path: Path) -> None:
    assert head_script().read_text(encoding="utf-8") == written_head_script(), "run python -m tools.generate"
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    create_sqlite(str(made))
    create_or_upgrade(f"sqlite:///{migrated}")
    schemas = []
    for path in (made, migrated):
        with sqlite3.connect(path) as connection:
            rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
            schemas.append(sorted((kind, name, " ".join((sql or "").split())) for kind, name, sql in rows))
    assert schemas[0] == schemas[1]
