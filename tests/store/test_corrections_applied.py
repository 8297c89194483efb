"""Corrections in the database: what they make of papers, sessions, links and persons, in whatever order they come."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.loaders.documents import Document
from programme.loaders.store.bulk import clear
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.forget import forget
from programme.loaders.store.ingest import ingest
from programme.loaders.store.keys import author_key, title_key
from programme.loaders.text.names import clean_name, name_form
from programme.loaders.text.titles import clean_title, title_form
from tests.pages import Talk, paper_list, paper_record, session_page
from tests.store.test_captures import captured
from tests.store.test_convergence import BYLINES, TITLES, paper_lists, session_pages

REPOSITORY = "https://github.com/aurora/net"
MOONS = Talk("Graph Moons", "Ada Quill · Bo Renn", f"We study moons. Code: {REPOSITORY}.")
NETS = Talk("Sparse Nets", "Ada Quill", time="Tue 20 July 7:20 - 7:25 PDT")
PAGE = captured(session_page("Deep One", [MOONS, NETS], room="Hall A"), 1)
LIST = captured(paper_list([paper_record("Graph Moons", "Ada Quill", "2101.00001", "Fen College", None)]), 1, "f:///l")


def corrections(
    entries: Sequence[Mapping[str, object]], day: int = 1, uri: str = "file:///corrections.yaml"
) -> Document:
    """A capture of a document of corrections; JSON is YAML."""
    stated = [{**entry, "because": "We asked."} for entry in entries]
    return captured(b"corrections: " + json.dumps(stated).encode(), day, uri)


def paper_key_of(title: str) -> str:
    return title_key(title_form(clean_title(title)))


def person(name: str) -> str:
    return author_key(name_form(clean_name(name)))


@pytest.fixture
def db(database_url: str) -> Connection:
    return open_database(database_url, create=True)


def load(db: Connection, *documents: Document) -> None:
    for document in documents:
        assert [outcome.status for outcome in ingest(db, [document])] == ["loaded"]


def key_of(db: Connection, title: str) -> str:
    ((key,),) = db.query("SELECT key FROM papers WHERE title = ?", (title,))
    return str(key)


def test_the_fields_of_a_paper(db: Connection) -> None:
    load(db, PAGE)
    key = key_of(db, "Graph Moons")
    load(db, corrections([{"paper": key, "title": "Graphs of Moons", "authors": ["Cy Lund", "Ada Quill"]}]))
    assert db.query("SELECT title FROM papers WHERE key = ?", (key,)) == [("Graphs of Moons",)]
    byline = """SELECT a.name FROM authorships s JOIN authors a ON a.id = s.author_id JOIN papers p ON p.id = s.paper_id
        WHERE p.key = ? ORDER BY s.position"""
    assert db.query(byline, (key,)) == [("Cy Lund",), ("Ada Quill",)]
    assert db.query("SELECT target_key FROM corrections") == [(key,), (key,)]
    forget(db, "file:///corrections.yaml")
    assert db.query("SELECT title FROM papers WHERE key = ?", (key,)) == [("Graph Moons",)]
    assert db.query(byline, (key,)) == [("Ada Quill",), ("Bo Renn",)]


def test_a_correction_waits_for_its_paper(db: Connection) -> None:
    load(db, corrections([{"paper": "arxiv:2101.00001", "title": "Moons as Graphs"}]))
    assert db.query("SELECT target_key FROM corrections") == [(None,)]
    load(db, LIST)
    assert db.query("SELECT title FROM papers") == [("Moons as Graphs",)]
    assert db.query("SELECT target_key FROM corrections") == [(key_of(db, "Moons as Graphs"),)]


def test_links_denied_and_added(db: Connection) -> None:
    load(db, PAGE)
    title = {"title": "Graph Moons", "edition": "icml-2021"}
    added = "https://github.com/renn/moons"
    load(db, corrections([{"paper": title, "deny_repositories": [REPOSITORY], "add_repositories": [added]}]))
    links = "SELECT r.path, k.role, k.stated_role FROM repo_links k JOIN repositories r ON r.id = k.repository_id"
    assert sorted(db.query(links)) == [("aurora/net", "denied", "own"), ("renn/moons", "own", None)]
    forget(db, "file:///corrections.yaml")
    assert db.query(links) == [("aurora/net", "own", None)]
    assert db.query("SELECT path FROM repositories") == [("aurora/net",)]


def test_the_newer_of_two_that_contradict_wins(db: Connection) -> None:
    load(db, PAGE)
    session = {"title": "Deep One", "edition": "icml-2021"}
    newer = corrections([{"session": session, "room": "Hall C"}], 3, "file:///newer.yaml")
    load(db, newer, corrections([{"session": session, "room": "Hall B"}], 2))
    assert db.query("SELECT room FROM sessions") == [("Hall C",)]
    forget(db, "file:///newer.yaml")
    assert db.query("SELECT room FROM sessions") == [("Hall B",)]


def test_one_that_is_captured_again_is_as_new_as_its_last_capture(db: Connection) -> None:
    load(db, PAGE)
    session = {"title": "Deep One", "edition": "icml-2021"}
    load(db, corrections([{"session": session, "room": "Hall C"}], 2, "file:///newer.yaml"))
    again = corrections([{"session": session, "room": "Hall B"}], 3, "file:///copy.yaml")
    load(db, corrections([{"session": session, "room": "Hall B"}], 1))
    assert db.query("SELECT room FROM sessions") == [("Hall C",)]
    list(ingest(db, [again]))
    assert db.query("SELECT room FROM sessions") == [("Hall B",)]


def test_joined_papers_leave_a_redirect(db: Connection) -> None:
    load(db, PAGE)
    keys = sorted((key_of(db, "Graph Moons"), key_of(db, "Sparse Nets")))
    load(db, corrections([{"same_paper": keys}]))
    assert db.query("SELECT key FROM papers") == [(keys[0],)]
    assert db.query("SELECT kind, key, target FROM redirects") == [("paper", keys[1], keys[0])]
    forget(db, "file:///corrections.yaml")
    assert sorted(db.query("SELECT key FROM papers")) == [(key,) for key in keys]
    assert db.query("SELECT key FROM redirects") == []


def test_persons_joined_and_split(db: Connection) -> None:
    load(db, PAGE)
    one, other = sorted((person("Ada Quill"), person("Bo Renn")))
    moons, nets = key_of(db, "Graph Moons"), key_of(db, "Sparse Nets")
    load(db, corrections([{"same_author": [one, other]}, {"author": one, "name": "Éva Renn-Quill"}]))
    assert db.query("SELECT key, name, plain_name FROM authors") == [(one, "Éva Renn-Quill", "eva renn quill")]
    forget(db, "file:///corrections.yaml")
    load(db, corrections([{"different_authors": person("Ada Quill"), "papers": [[moons], [nets]]}]))
    assert len(db.query("SELECT id FROM authors")) == 3
    forget(db, "file:///corrections.yaml")
    assert sorted(db.query("SELECT name, plain_name FROM authors")) == [
        ("Ada Quill", "ada quill"),
        ("Bo Renn", "bo renn"),
    ]


NAMES = sorted({name for byline in BYLINES for name in byline.split(" · ") if name})
paper_subjects: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([paper_key_of(title) for title in TITLES]),
    st.sampled_from(("arxiv:2101.00001", "arxiv:2101.00002")),
    st.fixed_dictionaries({"title": st.sampled_from(TITLES), "edition": st.just("icml-2021")}),
)
session_subjects = st.fixed_dictionaries(
    {"title": st.sampled_from(("Deep One", "Deep Two")), "edition": st.just("icml-2021")}
)
persons = st.sampled_from([person(name) for name in NAMES])
repository_lists = st.lists(
    st.sampled_from((REPOSITORY, "https://github.com/renn/moons")), min_size=1, max_size=2, unique=True
)
identifiers = st.lists(st.sampled_from(("arxiv:2101.00001", "doi:10.1234/a")), min_size=1, max_size=1)
pairs = st.lists(paper_subjects, min_size=2, max_size=2, unique_by=str)
paper_fields: dict[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(("Corrected Moons", *TITLES[:2])),
    "abstract": st.just(f"As printed, with code at {REPOSITORY}."),
    "authors": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True),
    "add_repositories": repository_lists,
    "deny_repositories": repository_lists,
    "add_identifiers": identifiers,
    "deny_identifiers": identifiers,
    "repository_roles": st.just({REPOSITORY: "other"}),
}
entries: st.SearchStrategy[dict[str, Any]] = st.one_of(
    *(st.fixed_dictionaries({"paper": paper_subjects, name: values}) for name, values in paper_fields.items()),
    st.fixed_dictionaries({"session": session_subjects, "room": st.sampled_from(("Hall B", "Hall C"))}),
    st.fixed_dictionaries({"session": session_subjects, "cancelled": st.just(True)}),
    st.fixed_dictionaries(
        {
            "slot": st.fixed_dictionaries({"session": session_subjects, "paper": paper_subjects}),
            "kind": st.just("poster"),
        }
    ),
    st.fixed_dictionaries({"same_paper": pairs}),
    st.fixed_dictionaries({"different_papers": pairs}),
    st.fixed_dictionaries({"same_author": st.lists(persons, min_size=2, max_size=2, unique=True)}),
    st.fixed_dictionaries(
        {"different_authors": persons, "papers": pairs.map(lambda pair: [[subject] for subject in pair])}
    ),
    st.fixed_dictionaries({"author": persons, "name": st.just("Ada Corrected")}),
)
correction_documents = st.builds(
    corrections,
    st.lists(entries, min_size=1, max_size=3),
    st.integers(1, 3),
    st.sampled_from(("file:///c", "file:///d")),
)
page_captures = st.builds(
    captured, session_pages | paper_lists, st.integers(1, 3), st.sampled_from(("file:///a.txt", "file:///b.txt"))
)


class _Set(NamedTuple):
    """Documents as they come, in two runs with repeats between; one of them is forgotten, and `rest` stay."""

    there: list[Document]
    runs: tuple[list[Document], list[Document]]
    gone: Document
    rest: list[Document]
    batch_threshold: int


@st.composite
def document_sets(draw: st.DrawFn) -> _Set:
    there = draw(st.lists(page_captures, min_size=1, max_size=3)) + draw(
        st.lists(correction_documents, min_size=1, max_size=3)
    )
    random = draw(st.randoms(use_true_random=False))
    again = [*there, *random.sample(there, len(there) // 2)]
    random.shuffle(again)
    cut = random.randrange(len(again) + 1)
    gone = random.choice(there)
    rest = [document for document in there if document.sha256 != gone.sha256]
    return _Set(there, (again[:cut], again[cut:]), gone, rest, random.choice((0, 32)))


Opener = Callable[[], AbstractContextManager[Connection]]
"""Opens an empty database."""


def _facts(
    empty: Opener, *runs: list[Document], forgotten: Document | None = None, batch_threshold: int = 32
) -> list[list[str]]:
    """Return the facts of these runs, and those after one document of them is forgotten."""
    with empty() as connection:
        for run in runs:
            list(ingest(connection, run, batch_size=2, batch_threshold=batch_threshold))
        found = [_checked_facts(connection)]
        if forgotten:
            forget(connection, forgotten.sha256)
            found.append(_checked_facts(connection))
        return found


def _checked_facts(connection: Connection) -> list[str]:
    if connection.database.engine == "sqlite":
        assert connection.query("PRAGMA foreign_key_check") == []
    return list(dump(connection))


@pytest.fixture(scope="module")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Opener:
    folder = tmp_path_factory.mktemp("corrected")
    open_database(folder / "empty.db", create=True).close()

    def copy() -> AbstractContextManager[Connection]:
        shutil.copy(folder / "empty.db", folder / "copy.db")
        return closing(open_database(folder / "copy.db"))

    return copy


@pytest.fixture
def empty_postgresql(postgres_url: str) -> Iterator[Opener]:
    connection = open_database(postgres_url, create=True)

    def cleared() -> AbstractContextManager[Connection]:
        with connection.transaction():
            clear(connection, kept=())
        return nullcontext(connection)

    yield cleared
    connection.close()


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document_sets())
def test_captures_and_corrections_in_any_order_with_forgets_between(empty_sqlite: Opener, documents: _Set) -> None:
    there, runs, gone, rest, threshold = documents
    found = _facts(empty_sqlite, *runs, forgotten=gone, batch_threshold=threshold)
    assert found == _facts(empty_sqlite, there) + _facts(empty_sqlite, rest)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document_sets())
def test_postgresql_gives_the_same_facts(empty_postgresql: Opener, empty_sqlite: Opener, documents: _Set) -> None:
    _, found = _facts(
        empty_postgresql, *documents.runs, forgotten=documents.gone, batch_threshold=documents.batch_threshold
    )
    assert [found] == _facts(empty_sqlite, documents.rest)
