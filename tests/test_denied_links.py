"""A repository that a correction denies is code of no paper: each answer, page and export is as if it was never stated.

Two databases hold the same programme; in one of them documents state some more links, which are denied.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from programme.engines import run_query
from programme.export.writing import ExportOptions, write
from programme.queries import catalogue
from programme.schema import LinkRole, RepoLink, Repository
from programme.site import build_site
from tests.queries import full_programme
from tests.queries.database import create_database
from tests.queries.test_parity import CASES
from tests.site.pages import get, get_json

DENIED = "nobody/quinces"
LINKS = ((8, 90, 4, 11), (2, 90, 3, 4), (10, 90, 4, 13), (7, 90, 4, 10), (7, 5, 4, 16))
"""Paper, repository, document and mention: of papers without code, with a promise, and with other code, and a link to a
repository that is the code of another paper."""

STATED = {
    "paper": "what documents state of a paper, each link with its role",
    "document_contribution": "what a document states, each link with its role",
}
"""Queries whose answers show denied links, and why."""

TABLES = {
    "repositories": "a row that links refer to",
    "repo_links": "what documents state, each link with its role",
}
"""Tables whose exports hold denied repositories, and why."""

QUESTIONS: list[tuple[str, dict[str, str]]] = [
    *CASES,
    *(("papers_of_repository", {"repository": text}) for text in ("r90", DENIED, f"https://git.example/{DENIED}")),
    *((name, {"host": "git.example"}) for name in ("new_repositories", "repository_owners", "shared_repositories")),
    ("paper", {"key": "p8"}),
    ("document_contribution", {"document": "dd44"}),
]
"""Queries with parameters: those of the test that compares engines, and some about the denied links."""

PATHS = """
/ /search /search?code=1 /search?q=quinces /search?q=pears /search?q=pears&code=1
/editions /edition/icml-2023 /edition/icml-2023/papers /edition/icml-2023/2023-07-25 /session/s1 /session/s5 /session/s6
/author/a2 /author/a6 /repository/r5 /listings /listing/l1 /documents /document/dd44 /queries /changes
"""
FILES = "/feed.atom /listing/l1.atom /edition/icml-2023.ics /paper/p7.bib /paper/p8.bib /llms.txt"


def links(role: str) -> Iterable[SQLModel]:
    yield Repository(id=90, key="r90", host="git.example", path=DENIED, url=f"https://git.example/{DENIED}")
    for id_, (paper_id, repository_id, document_id, source_id) in enumerate(LINKS, 90):
        yield RepoLink(
            id=id_,
            paper_id=paper_id,
            repository_id=repository_id,
            document_id=document_id,
            paper_source_id=source_id,
            raw_url=f"https://git.example/{DENIED}",
            path=DENIED,
            role=LinkRole(role),
            stated_role="own",
            field="code",
            char_start=0,
            char_end=9,
            rule="host",
        )


def database(folder: Path, more: Iterable[SQLModel]) -> Path:
    path = folder / "programme.db"
    create_database(f"sqlite:///{path}", [*full_programme.rows(), *more])
    return path


@pytest.fixture(scope="module")
def denied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("denied"), links("denied"))


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("owned"), links("own"))


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("without"), [])


def answers(path: Path, name: str) -> list[Any]:
    """Return the rows of a query for each of its parameters; denied links of those that show them left out."""
    found = [run_query(path, name, given) for of, given in QUESTIONS if of == name]
    return [[row for row in rows if name not in STATED or "denied" not in row] for _, rows in found]


@pytest.mark.parametrize("name", catalogue())
def test_no_answer_knows_of_a_denied_link(name: str, denied: Path, without: Path) -> None:
    assert answers(denied, name) == answers(without, name)


def test_the_queries_asked_would_show_the_links(owned: Path, without: Path) -> None:
    changed = {name for name in catalogue() if answers(owned, name) != answers(without, name)}
    about_links = {name for name, query in catalogue().items() if re.search("repo_links|code_of|has_code", query.sql)}
    assert about_links - changed == {"check_links"}  # where nothing is wrong


@pytest.mark.parametrize("name", STATED)
def test_answers_about_documents_show_the_role(name: str, denied: Path) -> None:
    rows = [row for of, given in QUESTIONS if of == name for row in run_query(denied, name, given)[1]]
    assert [row for row in rows if "denied" in row and DENIED in str(row)]


@pytest.mark.parametrize("form", ["bibtex", "ics", "atom"])
@pytest.mark.parametrize("edition", [None, "icml-2023"])
def test_no_text_knows_of_a_denied_link(
    form: str, edition: str | None, denied: Path, without: Path, tmp_path: Path
) -> None:
    texts = []
    for number, path in enumerate((denied, without)):
        file = tmp_path / str(number)
        write(str(path), ExportOptions(form, str(file), edition=edition))
        texts.append(file.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_tables_hold_denied_links_with_their_role(form: str, denied: Path, tmp_path: Path) -> None:
    write(str(denied), ExportOptions(form, str(tmp_path / "made")))
    holding = {file.stem for file in (tmp_path / "made").iterdir() if DENIED in file.read_text(encoding="utf-8")}
    assert holding == TABLES.keys()
    lines = (tmp_path / "made" / f"repo_links.{form}").read_text(encoding="utf-8").splitlines()
    assert all("denied" in line for line in lines if DENIED in line)


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_views_of_exported_databases_know_of_no_denied_link(form: str, denied: Path, tmp_path: Path) -> None:
    file = tmp_path / "made.db"
    write(str(denied), ExportOptions(form, str(file)))
    rows = _duckdb_views(file) if form == "duckdb" else _sqlite_views(file)
    assert rows.keys() == {name for name, query in catalogue().items() if query.is_view}
    assert [name for name, text in rows.items() if DENIED in text or "git.example" in text] == []


def _duckdb_views(file: Path) -> dict[str, str]:
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        names = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        return {name: str(connection.execute(f"FROM {name}").fetchall()) for (name,) in names}


def _sqlite_views(file: Path) -> dict[str, str]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        return {name: str(connection.execute(f"SELECT * FROM {name}").fetchall()) for (name,) in names}


def test_no_page_knows_of_a_denied_link(denied: Path, without: Path) -> None:
    sites = [build_site(str(path)) for path in (denied, without)]
    for path in PATHS.split():
        where, _, arguments = path.partition("?")
        if where != "/":
            one, other = (get_json(site, f"{where}.json?{arguments}") for site in sites)
            assert one == other, path
        pages = [get(site, path) for site in sites]
        assert pages[0] == pages[1], path
    for path in FILES.split():
        assert get(sites[0], path) == get(sites[1], path), path


def test_a_repository_that_is_only_denied_has_a_page_without_papers(denied: Path) -> None:
    site = build_site(str(denied))
    assert get_json(site, "/repository/r90.json")["papers"] == []
    assert "a correction says that it is no code of theirs" in get(site, "/repository/r90")
