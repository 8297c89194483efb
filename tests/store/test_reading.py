"""Displayed text is clean, and the printed text stays beside it, with the positions of its links."""

import pytest

from programme.engines import run_query
from programme.loaders.documents import Document
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page

pytestmark = pytest.mark.slow

PRINTED = (
    "We bound the R\\'enyi diver- gence of \\textsc{Lantern} by $60\\%$, keep maths such as $\\sqrt{n}$ & {\\em "
    "more}. Code: \\url{https://github.com/ada\\_q/lantern}."
)
DISPLAYED = (
    "We bound the Rényi divergence of Lantern by 60%, keep maths such as $\\sqrt{n}$ & more. "
    "Code: https://github.com/ada_q/lantern."
)
PAGE = session_page("Bounds of D\\'esir\\'ee", [Talk("Bounds after R\\'enyi", "Laura QuintĂ© · Bo Renn", PRINTED)])


@pytest.fixture
def loaded(database_url: str) -> Connection:
    connection = open_database(database_url, create=True)
    list(ingest(connection, [Document.of("test:page", PAGE)]))
    return connection


def test_cleaned_text_is_displayed_and_the_printed_one_is_stored(loaded: Connection) -> None:
    ((title, abstract, raw_title, raw_abstract),) = loaded.query(
        "SELECT p.title, p.abstract, s.title, s.abstract FROM papers p JOIN paper_sources s ON s.paper_id = p.id"
    )
    assert (title, abstract) == ("Bounds after Rényi", DISPLAYED)
    assert (raw_title, raw_abstract) == ("Bounds after R\\'enyi", PRINTED)
    assert loaded.query("SELECT title FROM sessions") == [("Bounds of Désirée",)]
    assert loaded.query("SELECT name FROM authors ORDER BY id") == [("Laura Quinté",), ("Bo Renn",)]


def test_a_link_has_its_position_in_the_printed_text(loaded: Connection) -> None:
    ((raw, start, end),) = loaded.query("SELECT raw_url, char_start, char_end FROM repo_links")
    assert PRINTED[start:end] == raw
    assert loaded.query("SELECT path FROM repositories") == [("ada_q/lantern",)]


def test_an_abstract_that_needs_no_cleaning_is_stored_once(database_url: str) -> None:
    connection = open_database(database_url, create=True)
    page = session_page("Plain", [Talk("A Plain Study", "Bo Renn", "We study plain things at length, and well.")])
    list(ingest(connection, [Document.of("test:plain", page)]))
    assert connection.query("SELECT has_abstract, abstract FROM paper_sources") == [(True, None)]


@pytest.mark.parametrize("words", ["Renyi", "Rényi", "RENYI divergence", "Lantern"])
def test_search_ignores_accents(loaded: Connection, database_url: str, words: str) -> None:
    engines = (loaded.database.engine, "duckdb")
    found = [run_query(database_url, "search_papers", {"q": words}, engine)[1] for engine in engines]
    assert [[row[0] for row in rows] for rows in found] == [["Bounds after Rényi"]] * 2
