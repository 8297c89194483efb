"""A database is named by a path or by an SQLAlchemy URL, and by nothing else."""

from pathlib import Path

import pytest

from programme.database_url import DatabaseUrl, parse_database_url
from programme.exceptions import ProgrammeError
from programme.loaders.store.database import open_database, upgrade


@pytest.mark.parametrize(
    ("database", "expected"),
    [
        ("programme.db", DatabaseUrl("sqlite", "programme.db")),
        (Path("/data/programme.db"), DatabaseUrl("sqlite", "/data/programme.db")),
        ("sqlite:///programme.db", DatabaseUrl("sqlite", "programme.db")),
        ("sqlite:////data/programme.db", DatabaseUrl("sqlite", "/data/programme.db")),
        ("sqlite+pysqlite:///programme.db", DatabaseUrl("sqlite", "programme.db")),
        ("what?.db", DatabaseUrl("sqlite", "what?.db")),
        ("50%25.db", DatabaseUrl("sqlite", "50%25.db")),
        ("sqlite:///50%25%3F.db", DatabaseUrl("sqlite", "50%?.db")),
        ("postgres://ada@db/p", DatabaseUrl("postgresql", "postgresql://ada@db/p")),
        ("postgresql+psycopg://ada@db/p?host=/run", DatabaseUrl("postgresql", "postgresql://ada@db/p?host=/run")),
    ],
)
def test_paths_and_urls(database: str | Path, expected: DatabaseUrl) -> None:
    assert parse_database_url(database) == expected
    assert parse_database_url(expected.url) == expected


@pytest.mark.parametrize(
    "database", ["", ":memory:", "sqlite://", "sqlite:///:memory:", "file:p.db", "sqlite:///p.db?a"]
)
def test_a_database_is_a_file(database: str) -> None:
    with pytest.raises(ProgrammeError, match="a database is a file; name it by its path, without options"):
        parse_database_url(database)


def test_other_servers() -> None:
    with pytest.raises(
        ProgrammeError, match=r"^mysql://…: a database is a path, a sqlite:/// URL or a postgresql:// URL$"
    ):
        parse_database_url("mysql://ada:secret@db/p")


@pytest.mark.parametrize("name", ["what?.db", "50%25.db", "a#b.db"])
def test_any_file_name_can_be_upgraded(tmp_path: Path, name: str) -> None:
    open_database(tmp_path / name, create=True).close()
    upgrade(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("password", ["se/cret", "se@cret", "se?a/b@cret", "secret%", "secret@[::1]x"])
def test_a_password_that_is_not_escaped_is_refused_and_not_shown(password: str) -> None:
    with pytest.raises(ProgrammeError, match=r"^postgresql://…: .* written .*%40") as refused:
        open_database(f"postgresql://ada:{password}@localhost:1/p")
    assert "cret" not in str(refused.value)


def test_messages_show_no_password() -> None:
    with pytest.raises(ProgrammeError) as refused:
        open_database("postgresql://ada:secret@localhost:1/p?password=secret")
    assert "secret" not in str(refused.value)
    assert str(refused.value).startswith("postgresql://ada@localhost:1/p?password=…: cannot be opened")
