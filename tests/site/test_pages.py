"""The home page and Datasette's own pages, and what the site refuses."""

import hashlib
import json
import re
import shutil
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from programme.exceptions import StoreError
from programme.resources import shipped
from programme.site import build_site
from programme.site.metadata import DATABASE_NAME, FILE_NAME
from tests.site.pages import get, get_json
from tools.metadata import metadata

pytestmark = pytest.mark.slow

DATABASE: dict[str, Any] = metadata()["databases"][DATABASE_NAME]
PAGES = [name for name, entry in DATABASE["tables"].items() if not entry.get("hidden")]


@pytest.fixture(scope="module", params=["loader serve", "datasette -m"])
def any_site(request: pytest.FixtureRequest, database: Path) -> Any:
    """The site as we serve it, and as plain Datasette serves the file with the committed metadata."""
    if request.param == "loader serve":
        return build_site(database)
    from datasette.app import Datasette

    return Datasette(files=[str(database)], metadata=json.loads(shipped(FILE_NAME).read_text(encoding="utf-8")))


def test_links_of_the_home_page_work(any_site: Any) -> None:
    links = set(re.findall(r'href="(/[^"]*)"', get(any_site, "/")))
    assert {"/edition/icml-2021", "/editions", "/listings", "/queries", "/programme/code_share"} <= links
    for link in links:
        get(any_site, link)


def test_links_of_the_database_page_work(any_site: Any) -> None:
    links = re.findall(r'<a href="(programme/\w+)">', get(any_site, "/programme"))
    assert len(links) == 7
    for link in links:
        get(any_site, f"/{link}")


@pytest.mark.parametrize("name", PAGES)
def test_every_table_and_view_has_a_page_with_its_facets(any_site: Any, name: str) -> None:
    page = get(any_site, f"/programme/{name}")
    assert DATABASE["tables"][name]["title"] in page
    assert "timed out" not in page
    found = get_json(any_site, f"/programme/{name}.json")
    assert sorted(found["facet_results"]) == sorted(DATABASE["tables"][name].get("facets", []))


def test_slots_are_counted_by_kind_and_day(any_site: Any) -> None:
    facets = get_json(any_site, "/programme/slots.json")["facet_results"]
    kinds = {result["value"]: result["count"] for result in facets["kind"]["results"]}
    assert kinds == {"oral": 1, "spotlight": 1, "qa": 1}
    days = {result["value"]: result["count"] for result in facets["local_day"]["results"]}
    assert days == {"2021-07-20": 3}


@pytest.mark.parametrize(
    ("table", "column", "labels"),
    [
        ("slots", "session_id", ["Graphs and Trees"] * 3),
        ("sessions", "edition_id", ["ICML 2021"]),
        ("editions", "venue_id", ["ICML"]),
        ("authorships", "author_id", ["Ada Byron", "Bo Lindqvist", "Ada Byron"]),
        ("session_moderators", "author_id", ["Cy Ode"]),
        ("repo_links", "repository_id", ["ada/walks", "ada/walks"]),
        ("repo_links", "paper_id", ["Walking on Graphs", "Walking on Graphs"]),
    ],
)
def test_foreign_keys_show_names(any_site: Any, table: str, column: str, labels: list[str]) -> None:
    rows = get_json(any_site, f"/programme/{table}.json?_labels=on&_shape=array")
    assert sorted(row[column]["label"] for row in rows) == sorted(labels)
    assert f">{labels[0]}</a>" in get(any_site, f"/programme/{table}")


def titles(site: Any, path: str) -> list[str]:
    return [row["title"] for row in get_json(site, path)]


def test_search_box_of_papers(any_site: Any) -> None:
    assert 'name="_search"' in get(any_site, "/programme/papers")
    assert titles(any_site, "/programme/papers.json?_shape=array&_search=walking+trees") == []
    assert titles(any_site, "/programme/papers.json?_shape=array&_search=WALKING+graphs") == ["Walking on Graphs"]
    assert get_json(any_site, "/programme/papers.json?_search=graphs")["filtered_table_rows_count"] == 1
    assert titles(any_site, "/programme/papers.json?_shape=array&_search=%22(c%2B%2B*+OR") == []


def test_view_filtered_by_a_facet(any_site: Any) -> None:
    path = "/programme/programme.json?_shape=array&edition=icml-2021&kind=spotlight"
    assert titles(any_site, path) == ["Resting on Trees"]


@pytest.mark.parametrize("name", PAGES)
def test_filtering_by_a_shown_value_finds_its_row(site: Any, name: str) -> None:
    rows = get_json(site, f"/programme/{name}.json?_shape=array&_size=1")
    for column, value in (rows[0] if rows else {}).items():
        if value is not None and not isinstance(value, dict):
            given = quote(str(value), safe="")
            found = get_json(site, f"/programme/{name}.json?_shape=array&_size=1&{column}__exact={given}")
            assert found, f"{name}.{column} = {value!r}"


@pytest.mark.parametrize("name", DATABASE["queries"])
def test_canned_queries_run_without_parameters(any_site: Any, name: str) -> None:
    get_json(any_site, f"/programme/{name}.json?_shape=array")
    page = get(any_site, f"/programme/{name}")
    assert DATABASE["queries"][name]["title"] in page
    assert all(f'name="{param}"' in page for param in DATABASE["queries"][name]["params"])


def test_canned_queries_take_parameters(any_site: Any) -> None:
    assert titles(any_site, "/programme/search_papers.json?_shape=array&q=resting") == ["Resting on Trees"]
    assert titles(any_site, "/programme/papers_of_author.json?_shape=array&author=Bo+Lindqvist") == [
        "Walking on Graphs"
    ]
    assert get_json(any_site, "/programme/programme_of_day.json?_shape=array&day=2030-01-01") == []


def test_text_of_documents_is_escaped(any_site: Any) -> None:
    page = get(any_site, "/programme/papers")
    assert "Sleeping &lt;img&gt; Soundly &amp; Long" in page
    assert "<img> Soundly" not in page


def test_bytes_of_documents_are_behind_a_link(any_site: Any) -> None:
    page = get(any_site, "/programme/documents")
    assert page.count('class="blob-download"') == 2
    assert len(page) < 40_000


def test_an_endless_query_is_stopped(site: Any) -> None:
    endless = "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t"
    start = time.monotonic()
    page = get(site, f"/programme?sql={endless.replace(' + ', '%20%2B%20')}", status=400)
    assert "SQL query took too long" in page
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "sql",
    [
        "delete from papers",
        "with t as (select 1) delete from papers",
        "with t as (select 1) insert into venues select 9, 'x', 'X', null",
        "with t as (select 1) update papers set title = 'x'",
        "explain select 1; drop table papers",
        "attach '/tmp/other.db' as other",
        "pragma writable_schema = 1",
        "vacuum",
    ],
)
def test_nothing_can_be_written(any_site: Any, database: Path, sql: str) -> None:
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    get(any_site, f"/programme?sql={sql}", status=400)
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before


def test_refused_sql_leaves_no_traceback(site: Any, capfd: pytest.CaptureFixture[str]) -> None:
    get(site, "/programme?sql=delete from papers", status=400)
    get(site, "/programme?sql=select nothing", status=400)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_any_file_name_works(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Mein Programm.2021.sqlite"
    shutil.copy(database, copy)
    site = build_site(f"sqlite:///{copy}")
    assert 'href="/Mein+Programm~2E2021/programme"' in get(site, "/")
    assert titles(site, "/Mein+Programm~2E2021/search_papers.json?_shape=array&q=resting") == ["Resting on Trees"]
    assert "Papers with code (view)" in get(site, "/Mein+Programm~2E2021/papers_with_code")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("postgresql://localhost/programme", "a site is served from a SQLite file"),
        ("nowhere.db", "nowhere.db: no such database"),
    ],
)
def test_a_database_that_cannot_be_served_is_an_error(name: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        build_site(name)


def test_a_path_that_datasette_misreads_is_an_error(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "which?.db"
    shutil.copy(database, copy)
    with pytest.raises(StoreError, match="move or rename the file"):
        build_site(copy)
