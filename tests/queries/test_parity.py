"""Every query returns the same rows in the same order on SQLite, on PostgreSQL, and on DuckDB over either."""

from pathlib import Path

import pytest

from programme.engines import run_query
from programme.queries import catalogue
from tests.queries.conftest import Run
from tests.queries.full_programme import BREAKS

pytestmark = pytest.mark.slow

EDITIONS = [{}, {"edition": "icml-2022"}, {"edition": "unknown"}, {"edition": " neurips-2021"}]
AUTHORS = [{}, {"author": "a1"}, {"author": "ada QUILL"}, {"author": "Zoë"}, {"author": "nobody"}]
VENUES = [{}, {"venue": "ICML"}, {"venue": "acl"}]
HOSTS = [{}, {"host": "GitHub.com"}, {"host": "none"}]
AT_LEAST = [{"at_least": "1"}, {"at_least": "x"}]
NOT_NUMBERS = [{"at_least": text} for text in ("10", "0", "-1", "1.5", "12345678901", "١")]

PARAMETERS: dict[str, list[dict[str, str]]] = {
    "search_papers": [
        {},
        {"q": ""},
        {"q": "  "},
        {"q": "rake"},
        {"q": "grpahs"},
        {"q": "quill rakes"},
        {"q": "https://github.com/Quill/rake"},
        {"q": "https://arxiv.org/abs/2103.00020v2"},
        {"q": "RAKES"},
        {"q": "ofen"},
        {"q": "Öfen graphs"},
        {"q": "naive"},
        {"q": "naïve rakes"},
        {"q": '"careful rakes"'},
        {"q": '"rakes careful"'},
        {"q": '"rakes raking"'},
        {"q": 'leaves "old as'},
        {"q": "github.com/Quill/rake"},
        {"q": "!!!"},
        {"q": "!!! rakes"},
        {"q": "-rakes OR (NEAR"},
        {"q": "it's title:rakes*"},
        {"q": 'a"b\nc"'},
        {"q": "%s ? $1 \\ ';--"},
        {"q": "nothing"},
    ],
    "papers_of_author": [
        {},
        {"author": "a2"},
        {"author": "ada quill"},
        {"author": "moss"},
        {"author": "Mos"},
        {"author": "Éva"},
    ],
    "programme_of_day": [
        {},
        {"day": "2022-07-21"},
        {"day": "2022-07-21", "edition": "icml-2022", "kind": "oral", "with_code": "1"},
        {"with_code": "0"},
        {"with_code": "1"},
        {"day": "yesterday"},
        {"kind": "qa", "edition": ""},
    ],
    "papers_with_code_of_edition": [
        {},
        {"edition": "icml-2022"},
        {"q": "leaves", "edition": "neurips-2021"},
        {"q": "stove"},
    ],
    "paper": [{}, {"key": "p1"}, {"key": "p2"}, {"key": "p6"}, {"key": "none"}],
    "papers_of_repository": [
        {},
        {"repository": "QUILL/rake"},
        {"repository": "https://github.com/old/lawn"},
        {"repository": "github.com/old/lawn"},
        {"repository": "r3"},
        {"repository": "none"},
    ],
    "sessions_of_edition": [{}, {"edition": "icml-2022"}, {"edition": "unknown"}, {"edition": "2022"}],
    "document_contribution": [
        {},
        {"document": "a"},
        {"document": "ab22"},
        {"document": "pages/daily.txt"},
        {"document": "zz"},
    ],
    "editions_of_venue": VENUES,
    "days_of_edition": EDITIONS,
    "listings_of_source": [{}, {"source": "weekly.example"}, {"source": "none"}],
    "authors_of_edition": EDITIONS,
    "new_authors_of_edition": [
        *EDITIONS,
        {"scope": "venue"},
        {"edition": "icml-2022", "scope": "venue"},
        {"edition": "icml-2022", "scope": "x"},
    ],
    "author_careers": [*EDITIONS, *AUTHORS, {"author": "Quill", "edition": "icml-2022"}],
    "coauthor_edges": [*EDITIONS, *AUTHORS, {"author": "Moss", "edition": "icml-2022"}],
    "clashes_of_authors": EDITIONS,
    "sessions_of_author": AUTHORS,
    "authors_with_code": [*EDITIONS, *AT_LEAST, {"edition": "icml-2023", "at_least": "1"}],
    "papers_per_author": EDITIONS,
    "edition_coverage": EDITIONS,
    "affiliations_of_edition": EDITIONS,
    "repositories_of_author": AUTHORS,
    "sessions_by_code_share": [*EDITIONS, *AT_LEAST, {"kind": "oral", "at_least": "1"}],
    "route_of_day": [
        *EDITIONS,
        {"day": "2023-07-25", "edition": "icml-2023"},
        {"day": "2023-07-25", "kind": "poster"},
        {"day": "2023-07-26"},
        {"q": "pears"},
        {"q": "eclairs", "kind": "oral"},
        {"q": "!!!"},
    ],
    "slots_by_hour": [*EDITIONS, {"kind": "oral"}],
    "double_booked_rooms": EDITIONS,
    "awards_of_edition": EDITIONS,
    "papers_of_edition": [
        *EDITIONS,
        {"q": "pears"},
        {"q": "PEARS", "with_code": "1"},
        {"with_code": "0", "kind": "oral"},
        {"kind": "poster"},
        {"q": "!!!"},
    ],
    "papers_with_title_words": [
        *EDITIONS,
        {"words": "pears"},
        {"words": "Eclairs PEARS"},
        {"words": '"pears and"'},
        {"words": "garden", "edition": "icml-2022"},
        {"words": "pears", "edition": "icml-2023"},
        {"words": "!!!"},
    ],
    "listed_papers_presented": [*EDITIONS, {"source": "daily.example"}, {"source": "none"}],
    "upvoted_papers": [
        {},
        {"source": "weekly.example"},
        {"month": "2023"},
        {"month": "2023-07"},
        {"month": "2024-02-29"},
        {"with_code": "1"},
        {"with_code": "0"},
    ],
    "papers_of_several_sources": [*EDITIONS, {"format": "virtual_session"}, {"format": "none"}],
    "papers_with_several_repositories": EDITIONS,
    "papers_at_several_editions": VENUES,
    "shared_repositories": [*HOSTS, *AT_LEAST, *NOT_NUMBERS],
    "new_repositories": [*HOSTS, {"period": "month"}, {"period": "MONTH", "host": "github.com"}, {"period": "day"}],
    "code_share_by_kind": EDITIONS,
    "code_share_by_year": VENUES,
    "repository_hosts": EDITIONS,
    "repository_owners": [*HOSTS, *AT_LEAST],
    "title_words": [*EDITIONS, *AT_LEAST, {"edition": "icml-2023", "at_least": "1"}],
    "problems_of_documents": [{}, {"format": "daily_papers"}, {"document": "ab22"}, {"document": "pages/Rakes.txt"}],
    "papers_by_identifier": [
        {},
        {"identifier": "10.1/pears"},
        {"identifier": "ARXIV:2301.00009"},
        {"scheme": "doi"},
        {"identifier": "2301.00009", "scheme": "doi"},
    ],
    **{name: [{}, {"rule": min(rules)}] for name, rules in BREAKS.items()},
}
CASES = [
    (name, params) for name, query in catalogue().items() for params in ([{}] if query.is_view else PARAMETERS[name])
]
BROKEN = [(name, params) for name, params in CASES if name in BREAKS]


def assert_the_same(name: str, params: dict[str, str], runs: list[Run]) -> None:
    expected, *others = (run(name, params) for run in runs)
    assert expected[0] == [column.name for column in catalogue()[name].columns]
    for result in others:
        assert result == expected
        assert [list(map(type, row)) for row in result[1]] == [list(map(type, row)) for row in expected[1]]


@pytest.mark.parametrize(("name", "params"), CASES, ids=[f"{name}-{number}" for number, (name, _) in enumerate(CASES)])
def test_rows_and_order_are_the_same(name: str, params: dict[str, str], full_runs: list[Run]) -> None:
    assert_the_same(name, params, full_runs)


@pytest.mark.parametrize(
    ("name", "params"), BROKEN, ids=[f"{name}-{number}" for number, (name, _) in enumerate(BROKEN)]
)
def test_rows_of_checks_are_the_same(name: str, params: dict[str, str], broken_runs: list[Run]) -> None:
    assert_the_same(name, params, broken_runs)


def test_every_query_but_the_checks_has_rows_without_parameters(full_sqlite: Path) -> None:
    assert [name for name in catalogue() if not run_query(full_sqlite, name, {})[1]] == sorted(BREAKS)
