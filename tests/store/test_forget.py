"""Which document is meant, and that everything only it states is deleted with it."""

from hashlib import sha256
from itertools import permutations
from pathlib import Path

import pytest

from programme.exceptions import StoreError
from programme.loaders.documents import Document
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page

FIRST = session_page("Deep One", [Talk("Graph Moons", "Ada Quill", "Code: https://github.com/Aurora/Net.")], "Bo Renn")
OTHER = session_page("Deep Two", [Talk("Sparse Moons", "Cy Lund")])


@pytest.fixture
def loaded(database_url: str, tmp_path: Path) -> Connection:
    connection = open_database(database_url, create=True)
    uri = (tmp_path / "page.txt").as_uri()
    list(ingest(connection, [Document.of(uri, FIRST), Document.of("https://site.example/page", OTHER)]))
    return connection


@pytest.mark.parametrize("digits", [8, 64])
def test_a_document_is_named_by_its_digest_or_the_start_of_it(loaded: Connection, digits: int) -> None:
    assert forget(loaded, sha256(OTHER).hexdigest()[:digits].upper()).uri == "https://site.example/page"


def test_a_document_is_named_by_its_url_or_path(loaded: Connection, tmp_path: Path) -> None:
    assert forget(loaded, "https://site.example/page").uri == "https://site.example/page"
    assert forget(loaded, str(tmp_path / "page.txt")).uri == (tmp_path / "page.txt").as_uri()


def test_seven_digits_are_too_few(loaded: Connection) -> None:
    with pytest.raises(StoreError, match="no such document; give at least 8 digits of a SHA-256"):
        forget(loaded, sha256(OTHER).hexdigest()[:7])


def test_two_documents_of_one_url_are_ambiguous(loaded: Connection) -> None:
    list(ingest(loaded, [Document.of("https://site.example/page", FIRST + b"\n")]))
    with pytest.raises(StoreError, match="several documents match; name one by the start of its SHA-256:"):
        forget(loaded, "https://site.example/page")
    assert loaded.query("SELECT count(*) FROM documents") == [(3,)]


def test_everything_that_only_it_states_is_deleted(loaded: Connection) -> None:
    forget(loaded, sha256(FIRST).hexdigest())
    assert loaded.query("SELECT title FROM papers") == [("Sparse Moons",)]
    assert loaded.query("SELECT title FROM sessions") == [("Deep Two",)]
    assert loaded.query("SELECT name FROM authors") == [("Cy Lund",)]
    assert loaded.query("SELECT * FROM repositories") == []
    forget(loaded, sha256(OTHER).hexdigest())
    for table in ("documents", "sessions", "slots", "papers", "authors", "editions", "venues"):
        assert loaded.query(f"SELECT * FROM {table}") == [], table


SHORT = b"@misc{a, title={Quiet Moons}, author={Ada Quill and Bo Renn}}"
LONG = b"@misc{b, title={Loud Moons}, author={Ada Quill and Bo Renn}, eprint={2603.00020}, archiveprefix={arXiv}}"
LINK = b"@misc{c, title={Quiet Moons}, author={Ada Quill and Bo Renn}, eprint={2603.00020}, archiveprefix={arXiv}}"


def test_papers_split_again_when_the_document_that_linked_them_is_deleted(tmp_path: Path) -> None:
    """LINK has the title of SHORT and the identifier of LONG, so that all three are one paper while it is there."""
    documents = [Document.of(f"test:{name}.bib", text) for name, text in zip("abc", (SHORT, LONG, LINK), strict=True)]
    for number, order in enumerate(permutations(documents)):
        without, after = (open_database(tmp_path / f"{name}{number}.db", create=True) for name in ("without", "after"))
        list(ingest(without, [document for document in order if document is not documents[2]]))
        list(ingest(after, order))
        assert after.query("SELECT count(*) FROM papers") == [(1,)]
        forget(after, documents[2].sha256)
        assert after.query("SELECT title FROM papers ORDER BY title") == [("Loud Moons",), ("Quiet Moons",)]
        assert list(dump(after)) == list(dump(without))


def test_papers_of_a_title_that_only_the_deleted_document_linked_are_resolved_again(tmp_path: Path) -> None:
    """While it is there, mentions without authors belong to its paper, which is displayed under its other title."""
    anonymous = b"@misc{a, title={Quiet Moons}, abstract={At https://github.com/aurora/net.}}"
    identified = b"@misc{b, title={Quiet Moons}, eprint={2603.00010}, archiveprefix={arXiv}}"
    elsewhere = b"@misc{c, title={Loud Moons}, eprint={2603.00020}, archiveprefix={arXiv}}"
    texts = [anonymous, identified, elsewhere, LINK.replace(b"Quiet Moons", b"QUIET MOONS")]
    documents = [Document.of(f"test:{number}.bib", text) for number, text in enumerate(texts)]
    for number, order in enumerate(permutations(documents)):
        without, after = (open_database(tmp_path / f"{name}{number}.db", create=True) for name in ("without", "after"))
        list(ingest(without, documents[:3]))
        list(ingest(after, order))
        forget(after, documents[3].sha256)
        assert list(dump(after)) == list(dump(without))
