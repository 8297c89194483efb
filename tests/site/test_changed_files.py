"""A database that is written to, replaced, moved or deleted while it is served: the site says so, and goes on."""

import shutil
from pathlib import Path

import pytest

from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from programme.site import Publishing, build_site
from tests.pages import Talk, session_page
from tests.site.pages import get

GONE = "The database cannot be shown now: it was moved or deleted. Try again later.\n"
PAPERS = "/programme/papers"


@pytest.fixture
def copied(database: Path, tmp_path: Path) -> Path:
    """A database that a test may write to, with other papers in `next.db` beside it."""
    shutil.copy(database, tmp_path / "programme.db")
    shutil.copy(database, tmp_path / "next.db")
    add_paper(tmp_path / "next.db", "Running on Rings")
    return tmp_path / "programme.db"


def add_paper(database: Path, title: str) -> None:
    connection = open_database(database)
    list(ingest(connection, [Document.of("test:more", session_page("More", [Talk(title, "Ada Byron")]))]))
    connection.close()


@pytest.mark.parametrize("immutable", [False, True])
def test_one_that_is_replaced_is_shown_anew(copied: Path, immutable: bool, capsys: pytest.CaptureFixture[str]) -> None:
    site = build_site(copied, Publishing(immutable=immutable))
    assert "Running on Rings" not in get(site, PAPERS)
    copied.with_name("next.db").rename(copied)
    assert "Running on Rings" in get(site, PAPERS)
    assert "4 rows" in get(site, PAPERS)
    assert capsys.readouterr().err == f"{copied}: was replaced; the new file is served\n"


def test_one_that_is_written_to_although_it_was_to_be_immutable(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = build_site(copied, Publishing(immutable=True))
    assert "Running on Rings" not in get(site, PAPERS)
    add_paper(copied, "Running on Rings")
    assert "Running on Rings" in get(site, PAPERS)
    connection = open_database(copied)
    forget(connection, "test:more")
    connection.close()
    assert "Running on Rings" not in get(site, PAPERS)
    assert capsys.readouterr().err == (
        f"{copied}: has changed although --immutable was given; it is served as a file that changes, more slowly\n"
    )


@pytest.mark.parametrize("immutable", [False, True])
def test_one_that_is_moved_and_comes_back(copied: Path, immutable: bool, capsys: pytest.CaptureFixture[str]) -> None:
    site = build_site(copied, Publishing(immutable=immutable))
    get(site, "/")
    copied.rename(copied.with_name("elsewhere.db"))
    assert [get(site, path, status=503) for path in ("/", PAPERS, "/programme.json?sql=select+1")] == [GONE] * 3
    copied.with_name("next.db").rename(copied)
    assert "Running on Rings" in get(site, PAPERS)
    assert capsys.readouterr().err.splitlines() == [
        f"{copied}: cannot be served: it was moved or deleted",
        f"{copied}: is served again",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"not a database", "what is in its place cannot be read (file is not a database)"),
        (b"", "what is in its place cannot be read (no such table: alembic_version)"),
    ],
)
def test_one_with_something_else_in_its_place(copied: Path, content: bytes, problem: str) -> None:
    site = build_site(copied)
    before = copied.read_bytes()
    copied.write_bytes(content)
    assert problem in get(site, "/", status=503)
    copied.write_bytes(before)
    get(site, "/")


def test_a_page_of_a_damaged_file_is_no_fault_of_the_server(copied: Path) -> None:
    site = build_site(copied)
    get(site, PAPERS)
    ((root, size),) = open_database(copied).query(
        "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = 'papers'"
    )
    content = bytearray(copied.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    copied.write_bytes(content)
    damaged = "The database cannot be shown now: database disk image is malformed. Try again later.\n"
    assert [get(site, path, status=503) for path in (PAPERS, "/", "/search?q=graphs")] == [damaged] * 3
