"""A parameter that names one thing is refused where nothing is so named, and never where a query gives rows."""

from pathlib import Path

import pytest
from pytest_postgresql.executors import NoopExecutor

from programme.editions import known_values
from programme.exceptions import QueryError
from programme.queries import catalogue
from tests.queries.conftest import Run, url_of

SOME = [
    ("papers_of_author", "author", "Éva Moss"),
    ("papers_of_author", "author", " ada QUILL "),
    ("papers_of_author", "author", "Quill"),
    ("papers_of_author", "author", "éva moss"),
    ("papers_of_author", "author", "EVA MOSS"),
    ("papers_of_author", "author", "Moss, Éva"),
    ("papers_of_author", "author", "zak, lucja"),
    ("sessions_of_author", "author", "ŻAK"),
    ("author_careers", "author", "eva"),
    ("coauthor_edges", "author", "e\u0301va"),
    ("papers_of_author", "author", "a6"),
    ("papers_of_repository", "repository", "quill/PEARS"),
    ("papers_of_repository", "repository", "quill/Éclair"),
    ("papers_of_repository", "repository", "GitHub.com/Quill/pears"),
    ("papers_of_repository", "repository", "https://github.com/quill/pears"),
    ("problems_of_documents", "document", "{sha256}"),
]
NONE = [
    ("papers_of_author", "author", "Eva Mosss", "did you mean Éva Moss or Evan Moss?"),
    ("papers_of_author", "author", "Mosss, Eva", "did you mean Éva Moss or Evan Moss?"),
    ("papers_of_author", "author", "Zaak", "did you mean Żak?"),
    ("papers_of_author", "author", "former", "did you mean Ada Quill?"),
    pytest.param("papers_of_author", "author", "x" * 60_000, "the view author_index lists the authors", id="long"),
    ("papers_of_author", "author", "Qui", "did you mean Quill?"),
    ("papers_of_author", "author", "%", "the view author_index lists the authors"),
    ("papers_of_author", "author", "_" * 60_000, "the view author_index lists the authors"),
    ("papers_of_repository", "repository", "Quill/paers", "did you mean Quill/pears?"),
    ("papers_by_identifier", "identifier", "doi:1", "the query search_papers finds papers by words"),
    ("document_contribution", "document", "\\", "the view document_ledger lists the documents"),
    ("paper", "key", "older", "did you mean p1?"),
    ("paper", "key", "p", "the query search_papers finds papers by words"),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, full_sqlite: Path, full_server: NoopExecutor) -> str:
    return str(full_sqlite) if request.param == "sqlite" else url_of(full_server)


@pytest.mark.parametrize(("query", "name", "value"), SOME)
def test_what_gives_rows_is_known(database: str, full_runs: list[Run], query: str, name: str, value: str) -> None:
    for run in full_runs:
        (rows,) = ([dict(zip(columns, row, strict=True)) for row in found] for columns, found in [run(query, {})])
        value = value.format(sha256=rows[0].get("sha256", "")[:7])
        assert run(query, {name: value})[1]
    assert known_values(database, catalogue()[query], {name: value}) == {name: value}


def test_identifiers_are_known_in_every_form(database: str, full_runs: list[Run]) -> None:
    for scheme, value, *_ in full_runs[0]("papers_by_identifier", {})[1]:
        for given in (value, value.upper(), f"{scheme}:{value}", f"{scheme.upper()}:{value.upper()} "):
            assert full_runs[0]("papers_by_identifier", {"identifier": given})[1]
            known_values(database, catalogue()["papers_by_identifier"], {"identifier": given})


@pytest.mark.parametrize(("query", "name", "value", "advice"), NONE)
def test_what_names_nothing_is_refused(
    database: str, full_runs: list[Run], query: str, name: str, value: str, advice: str
) -> None:
    assert [run(query, {name: value})[1] for run in full_runs] == [[]] * 4
    with pytest.raises(QueryError) as error:
        known_values(database, catalogue()[query], {name: value})
    assert advice in str(error.value)
