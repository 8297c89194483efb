"""Editions that lists state: what the shipped table has not is taken from them, in any order, while any states it."""

from hashlib import sha256
from itertools import permutations
from pathlib import Path

from programme.loaders.documents import Document
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from programme.loaders.store.reread import reread

PAPER = b"@inproceedings{a, title={Moss}, booktitle={Conference on Automated Machine Learning}, year={2031}}\n"
EARLY = b"- title: AutoML\n  year: 2031\n  deadline: x\n  place: Fenwick, Moss\n  date: 3-5 May 2031\n"
LATE = b"- title: AutoML\n  year: 2031\n  deadline: x\n  place: Fenwick, Moss\n  date: 7-9 May 2031\n"
LATE_TOO = b"# moved\n" + LATE
SHIPPED = b"- title: ICML\n  year: 2022\n  deadline: x\n  place: Dune\n  date: 3-5 May 2022\n"

STATED = "SELECT slug, name, starts_on, ends_on, city FROM editions ORDER BY slug"


def document(content: bytes) -> Document:
    """Return the document at an address of its own, so that none is taken for a newer capture of another."""
    return Document.of(f"file:///{sha256(content).hexdigest()}.txt", content)


def filled(url: str, *contents: bytes) -> Connection:
    connection = open_database(url, create=True)
    for content in contents:
        list(ingest(connection, [document(content)]))
    return connection


def test_a_list_describes_the_edition_of_a_paper(database_url: str) -> None:
    store = filled(database_url, PAPER)
    assert store.query(STATED) == [("automl-2031", "AUTOML 2031", None, None, None)]
    list(ingest(store, [document(EARLY)]))
    assert store.query(STATED) == [("automl-2031", "AutoML 2031", "2031-05-03", "2031-05-05", "Fenwick")]
    assert store.query("SELECT name FROM venues") == [("AutoML",)]
    forget(store, document(EARLY).sha256)
    assert store.query(STATED) == [("automl-2031", "AUTOML 2031", None, None, None)]


def test_an_edition_that_only_a_list_states_goes_with_it(sqlite_url: str) -> None:
    store = filled(sqlite_url, LATE)
    forget(store, document(LATE).sha256)
    assert [store.query(f"SELECT count(*) FROM {table}") for table in ("editions", "venues")] == [[(0,)], [(0,)]]


def test_the_shipped_table_counts_before_a_list(sqlite_url: str) -> None:
    store = filled(sqlite_url, SHIPPED)
    assert store.query(STATED) == [("icml-2022", "ICML 2022", "2022-07-17", "2022-07-23", "Baltimore")]
    assert store.query("SELECT problem FROM document_problems") == [
        ("states 3 May 2022 to 5 May 2022, but ICML 2022 was from 17 Jul 2022 to 23 Jul 2022, which is kept",)
    ]


def test_what_most_lists_state_counts_in_any_order(tmp_path: Path) -> None:
    texts = set()
    for number, contents in enumerate(permutations((PAPER, EARLY, LATE, LATE_TOO))):
        store = filled(f"sqlite:///{tmp_path}/{number}.db", *contents)
        assert store.query(STATED) == [("automl-2031", "AutoML 2031", "2031-05-07", "2031-05-09", "Fenwick")]
        texts.add("\n".join(dump(store)))
    at_once = open_database(f"sqlite:///{tmp_path}/all.db", create=True)
    list(ingest(at_once, [document(content) for content in (EARLY, LATE_TOO, PAPER, LATE)]))
    texts.add("\n".join(dump(at_once)))
    list(reread(at_once, everything=True))
    texts.add("\n".join(dump(at_once)))
    assert len(texts) == 1
