"""Wrong arguments on the site: one clear line and status 400, the nearest values, and nothing in the log."""

import asyncio
import html
from typing import Any

import pytest
from datasette.app import Datasette

from tests.site.pages import get

WRONG = [
    ("papers?nope=1", "papers has no column 'nope'"),
    ("papers?titel__contains=a", "papers has no column 'titel'; did you mean title?"),
    ("papers?_sort=titel", "papers has no column 'titel'; did you mean title?"),
    ("papers_overview?_sort_desc=first_yer", "papers_overview has no column 'first_yer'; did you mean first_year?"),
    ("papers_overview?upvotes=abc", "papers_overview: upvotes 'abc' is not a whole number of up to 9 digits"),
    ("papers_overview?first_year__gte=2022.5", "papers_overview: first_year '2022.5' is not a whole number"),
    ("listing_papers?listed_on=August", "listing_papers: listed_on 'August' is not a day like 2022-07-21"),
    ("papers?_facet=nope", "papers has no column 'nope'"),
    ("papers?_sort=key&_sort_desc=title", "Cannot use _sort and _sort_desc at the same time"),
    ("papers?_through={}", "_through takes a JSON object with table, column and value"),
    ("papers?_through=junk", "_through takes a JSON object with table, column and value"),
    ("papers?_size=many", "_size must be a positive integer"),
    ("papers_overview?_next=abc", "_next must be a whole number, not 'abc'"),
    ("papers_overview?_timelimit=soon", "_timelimit must be a whole number, not 'soon'"),
    ("papers_of_edition?edition=icml-2022&_timelimit=soon", "_timelimit must be a whole number, not 'soon'"),
    ("papers_of_edition?edition=icml-2202", "no edition 'icml-2202'; did you mean icml-20"),
    ("papers_of_edition?edition=ICML-2022", "no edition 'ICML-2022'; did you mean icml-2022?"),
    ("papers_of_edition?venue=icml", "has no parameter 'venue'; it takes edition, q, kind, with_code"),
    ("papers_of_edition?kind=orall", "no kind 'orall'; did you mean oral"),
    ("papers_of_edition?with_code=maybe", "no with_code 'maybe'; it is 0 or 1"),
    ("editions_of_venue?venue=icmm", "no venue 'icmm'; did you mean icml?"),
    ("programme_of_day?day=2022-13-45", "day '2022-13-45' is not a day like 2022-07-21"),
    (
        "programme_of_day?edition=icml-2022&day=2023-01-01",
        "its days are 2022-07-",
    ),
    ("authors_with_code?at_least=9999999999", "at_least '9999999999' is not a whole number of up to 9 digits"),
    ("programme?kind=orals", "programme: kind 'orals' is not oral, spotlight, "),
    ("programme?local_day=monday", "programme: local_day 'monday' is not a day like 2022-07-21"),
    ("papers_by_identifier?scheme=arxv", "no scheme 'arxv'; did you mean arxiv?"),
    ("paper?key=zzz", "no paper with the key 'zzz'; the query search_papers finds papers by words"),
    ("papers_of_author?author=Arkwrigt", "no author 'Arkwrigt'; did you mean Arkwright?"),
    ("papers_of_edition?edition=" + "x" * 4_000, f"no edition '{'x' * 60}…'; there are"),
]


@pytest.mark.parametrize(("path", "problem"), WRONG)
def test_what_is_wrong_is_said(demo: Any, path: str, problem: str, capfd: pytest.CaptureFixture[str]) -> None:
    table, _, arguments = path.partition("?")
    assert problem in html.unescape(get(demo, f"/programme/{path}", status=400))
    assert problem in get(demo, f"/programme/{table}.json?{arguments}", status=400).encode().decode("unicode_escape")
    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize("form", ["bib", "ris", "atom", "ics", "csv"])
def test_what_is_wrong_is_said_in_every_form(demo: Any, form: str) -> None:
    for arguments in ("edition=icml-2202", "edition=icml-2022&kind=orall", "venue=icml"):
        get(demo, f"/programme/papers_of_edition.{form}?{arguments}", status=400)
    get(demo, f"/programme/papers_overview.{form}?titel=a", status=400)


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_a_wrong_number_for_sql_is_said(demo: Any, form: str) -> None:
    get(demo, f"/programme{form}?sql=SELECT+1&_timelimit=soon", status=400)


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("select+nope+from+papers", "The SQL is wrong: no such column: nope"),
        ("selec+1", "selec"),
        ("delete+from+papers", "Statement must be a SELECT"),
    ],
)
def test_wrong_sql_gives_no_empty_file(demo: Any, sql: str, problem: str) -> None:
    assert problem in html.unescape(get(demo, f"/programme.csv?sql={sql}", status=400))


def test_right_sql_gives_a_file(demo: Any) -> None:
    assert get(demo, "/programme.csv?sql=select+1+as+one+where+:x+=+''").split() == ["one", "1"]
    assert get(demo, "/programme.csv?sql=select+:x+as+one,+plain_name(:y)+as+two&x=3&y=É;").split() == [
        "one,two",
        "3,e",
    ]
    assert "opcode" in get(demo, "/programme.csv?sql=explain+select+1")


@pytest.mark.parametrize(
    ("path", "status", "problem"),
    [
        ("/edition/icml-2202", 404, "There is no edition 'icml-2202'; did you mean icml-20"),
        ("/edition/icml-2202/changes.atom", 404, "did you mean icml-20"),
        ("/changes?edition=icml-2202", 404, "did you mean icml-20"),
        ("/edition/icml-2022?kind=orall", 400, "There is no kind 'orall'; did you mean oral"),
        ("/edition/icml-2022.bib?kind=orall", 400, "There is no kind 'orall'; did you mean oral"),
        ("/edition/icml-2022.ics?kind=orall", 400, "There is no kind 'orall'; did you mean oral"),
        ("/edition/icml-2022/papers?kind=orall", 400, "There is no kind 'orall'; did you mean oral"),
        ("/edition/icml-2022.bib?knd=oral", 400, "There is no argument 'knd'; did you mean kind?"),
        ("/icml-2022", 404, "There is no page at this address."),
        ("/programme/paperz", 404, "There is no table, view or query of this name."),
        ("/search?q=rakes&venue=icmm", 400, "There is no venue 'icmm'; did you mean icml?"),
        ("/search.bib?kind=orall", 400, "There is no kind 'orall'; did you mean oral"),
        (
            "/search?edition=icml-2022",
            400,
            "no argument 'edition'; there are q, venue, ",
        ),
        ("/search.bib?qq=rakes", 400, "There is no argument 'qq'; did you mean q?"),
        ("/search?q=rakes&utm_source=mail", 200, "rakes"),
        ("/search?year=20222", 400, "There is no year '20222'; did you mean 2022"),
        ("/search?venue='", 400, 'There is no venue "\'"; there are '),
        ("/edition/icml-2022/2022-13-45", 404, "days are written like 2022-07-17"),
        ("/paper/" + "a" * 3_000, 404, "Nothing in the database has this key."),
        ("/paper/%ff%00", 404, "Nothing in the database has this key."),
        ("/-/programme/-/wrong", 404, "There is no such page."),
    ],
)
def test_pages_say_what_was_meant(demo: Any, path: str, status: int, problem: str) -> None:
    if "wrong" in path:
        demo = Datasette()
        problem = "404"
    assert problem in html.unescape(get(demo, path, status=status))


@pytest.mark.parametrize(
    "path",
    [
        "papers?title__contains=a&_sort=title&_facet=title",
        "papers?rowid__gt=1",
        "papers_overview?first_year=2022&upvotes__gt=-1&upvotes__isnull=1&title__contains=a",
        "papers_of_edition?edition=+icml-2022+&kind=Oral&q=",
        "papers_of_edition?edition=icml-2022&_shape=array",
        "programme_of_day?edition=icml-2022&day=2022-07-21",
        "papers_by_identifier?scheme=arXiv",
        "upvoted_papers?month=2025-08",
        "sessions_of_edition?edition=unknown",
    ],
)
def test_what_is_right_is_answered(demo: Any, path: str) -> None:
    get(demo, f"/programme/{path}")


def test_a_private_database_tells_nothing_of_its_values(demo_database: Any) -> None:
    private = Datasette(files=[str(demo_database)], metadata={"databases": {"programme": {"allow": False}}})
    path = "/programme/papers?nope=1"
    response = asyncio.run(private.client.get(path))
    assert response.status_code == 403
    assert "column" not in response.text
