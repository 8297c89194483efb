"""The library: every example of docs/python.md, and what the page does not show."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

import programme
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.models import Author, Paper
from tools import python_page

pytestmark = pytest.mark.slow


def sampled(url: str, samples: Path) -> Iterator[programme.Database]:
    with programme.open(url, create=True) as opened:
        opened.ingest(samples / "bibtex.bib", samples / "icml2022_contrastive_learning.txt")
        yield opened


@pytest.fixture
def any_db(database_url: str, samples: Path) -> Iterator[programme.Database]:
    yield from sampled(database_url, samples)


@pytest.fixture
def db(sqlite_url: str, samples: Path) -> Iterator[programme.Database]:
    yield from sampled(sqlite_url, samples)


def count(db: programme.Database) -> int:
    row = db.sql("SELECT count(*) FROM papers").fetchone()
    assert row is not None
    return int(row[0])


def test_every_example_runs_and_prints_what_the_page_says() -> None:
    text = python_page.PAGE.read_text(encoding="utf-8")
    assert text.count("\n>>> ") > 25
    assert python_page.page() == text, "docs/python.md is stale; run `python -m tools.generate`"


def test_the_page_names_every_relationship() -> None:
    rows = [
        line.split("|") for line in python_page.PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    listed = {row[1].strip(" `"): {name.strip(" `") for name in row[2].split(",")} for row in rows}
    assert listed == {name: set(getattr(programme.models, name).__sqlmodel_relationships__) for name in listed}


def test_importing_the_package_or_the_command_imports_nothing_heavy() -> None:
    heavy = ["sqlmodel", "sqlalchemy", "pydantic", "duckdb", "alembic", "psycopg", "datasette", "lxml", "httpx"]
    code = f"import sys, programme, programme.cli.app; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_public_name_is_there() -> None:
    for name in programme.__all__:
        assert getattr(programme, name) is not None
    assert dir(programme) == sorted(programme.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        programme.nothing  # noqa: B018
    assert issubclass(programme.MalformedDocument, programme.ProgrammeError)
    assert programme.models.Paper is Paper
    assert programme.__version__[0].isdigit()


def test_what_is_ingested_later_is_seen_by_relations(any_db: programme.Database, samples: Path) -> None:
    papers = any_db.sql("SELECT title FROM papers")
    before = len(papers)
    assert before == count(any_db) > 0
    unread = any_db.sql("SELECT title FROM papers CROSS JOIN range(10000)")
    unread.fetchone()
    any_db.ingest(samples / "openreview_notes_neurips2023.json")
    assert len(any_db.sql("SELECT title FROM papers")) > before
    assert len(papers.fetchall()) == count(any_db)
    any_db.forget(samples / "openreview_notes_neurips2023.json")
    assert count(any_db) == before


def test_it_does_what_the_commands_do(db: programme.Database, tmp_path: Path, samples: Path) -> None:
    database = tmp_path / "other.db"
    loader = [sys.executable, "-m", "programme"]
    files = [str(samples / "bibtex.bib"), str(samples / "icml2022_contrastive_learning.txt")]
    subprocess.run([*loader, "ingest", *files, "--database", str(database)], check=True, capture_output=True)
    connection = open_database(database)
    assert list(db.dump()) == list(dump(connection))
    connection.close()
    query = [*loader, "query", "papers_of_edition", "-p", "edition=icml-2022", "--json", "--database", str(database)]
    rows = json.loads(subprocess.run(query, check=True, capture_output=True).stdout)
    relation = db.query("papers_of_edition", edition="icml-2022")
    assert [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()] == rows


def test_conditions_on_views(any_db: programme.Database) -> None:
    everything = any_db.query("programme")
    orals = any_db.query("programme", edition="icml-2022", kind="oral")
    assert 0 < len(orals) < len(everything)
    kind = orals.columns.index("kind")
    assert {row[kind] for row in orals.fetchall()} == {"oral"}
    without = any_db.query("programme", paper_key=None).fetchall()
    assert without == [row for row in everything.fetchall() if row[everything.columns.index("paper_key")] is None]
    assert len(any_db.query("papers_with_code", edition="ICML 2022")) > 0
    with pytest.raises(programme.QueryError, match="no edition 'nowhere-1999' in this database"):
        any_db.query("papers_with_code", edition="nowhere-1999")


def test_parameters_of_queries_are_written_as_text(db: programme.Database) -> None:
    with_code = db.query("papers_of_edition", edition="icml-2022", with_code=True)
    assert with_code.fetchall() == db.query("papers_of_edition", edition="icml-2022", with_code="1").fetchall()
    every = db.query("papers_of_edition", edition="icml-2022", with_code=False, q=None)
    assert len(every) == len(db.query("papers_of_edition", edition="icml-2022")) >= len(with_code)


def test_a_statement_may_name_a_variable(db: programme.Database) -> None:
    titles = db.sql("SELECT title FROM papers WHERE key > $least", least="8")  # noqa: F841
    assert db.sql("SELECT count(*) FROM titles WHERE title IS NULL").fetchone() == (0,)


def test_what_no_page_states(sqlite_url: str) -> None:
    page = programme.Document.of("memory:a.bib", b"@inproceedings{a, title={Rakes}, author={Ada Quill}}\n")
    with programme.open(sqlite_url, create=True) as db:
        [outcome] = db.ingest(page, format="bibtex", venue="ICML", year=2022, date=date(2022, 7, 21), json_depth=8)
        assert (outcome.status, outcome.format) == ("loaded", "bibtex")
        given = db.sql("SELECT given_venue, given_year, CAST(given_on AS VARCHAR) FROM documents").fetchall()
    assert given == [("icml", 2022, "2022-07-21")]


def test_check_writes_nothing(db: programme.Database, samples: Path) -> None:
    before = list(db.dump())
    [outcome] = db.check(samples / "pwc_papers.json")
    assert outcome == programme.check(samples / "pwc_papers.json")[0]
    assert (outcome.status, outcome.records["papers"] > 0) == ("loaded", True)
    assert list(db.dump()) == before


def test_the_session_only_reads(any_db: programme.Database) -> None:
    with any_db.orm() as session:
        assert session.exec(select(Paper)).first() is not None
        session.add(Author(id=999, key="k", name="Ada Quill"))
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            session.commit()


def test_exports(db: programme.Database, tmp_path: Path) -> None:
    assert db.export("csv", tmp_path / "oral.csv", query="papers_of_edition", parameters={"edition": "icml-2022"})
    assert (tmp_path / "oral.csv").read_text(encoding="utf-8").startswith("edition,")
    with pytest.raises(programme.StoreError, match="replace"):
        db.export("csv", tmp_path / "oral.csv", query="papers_with_code")
    db.export("csv", tmp_path / "oral.csv", query="papers_with_code", replace=True)


def test_wrong_calls_say_what_is_wrong(db: programme.Database, samples: Path) -> None:
    wrong: dict[str, Callable[[], object]] = {
        "this is DROP": lambda: db.sql("DROP TABLE papers"),
        "Table with name nowhere does not exist": lambda: db.sql("SELECT * FROM nowhere"),
        "did you mean papers_with_code": lambda: db.query("paper_with_code"),
        "has no column 'room'": lambda: db.query("coauthors", room="A"),
        "has no parameter 'room'": lambda: db.query("papers_of_edition", room="A"),
        "no format is called 'word'": lambda: db.ingest(samples, format="word"),
        "'a venue!' is not a venue": lambda: db.ingest(samples, venue="a venue!"),
        "1066 is not a year": lambda: db.ingest(samples, year=1066),
        "year: True is not of the type int or str": lambda: db.ingest(samples, year=True),
        "year: 2022.0 is not of the type int or str": lambda: db.check(samples, year=2022.0),
        "venue: 3 is not of the type str": lambda: db.check(samples, venue=3),
        "format: .* is not of the type str": lambda: db.check(samples, format=samples),
        "date: 20220721 is not of the type date or str": lambda: db.check(samples, date=20220721),
        "no option or limit is called size": lambda: db.ingest(samples, size=3),
        "no such document": lambda: db.forget("nothing.txt"),
    }
    for message, call in wrong.items():
        with pytest.raises(programme.ProgrammeError, match=message):
            call()


def test_a_database_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(programme.StoreError, match="no such database"):
        programme.open(tmp_path / "missing.db")


def test_passwords_are_not_shown() -> None:
    shown = repr(programme.Database("postgresql://ada:secret@localhost/programme"))
    assert shown == "<programme.Database postgresql://ada@localhost/programme>"
    with pytest.raises(programme.QueryError) as refused:
        programme.Database("postgresql://ada:secret@localhost:1/p").sql("SELECT 1")
    assert "secret" not in str(refused.value)
