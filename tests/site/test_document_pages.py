"""The pages of documents and of queries, and links from Datasette's tables to our pages."""

import asyncio
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from programme.queries import GROUPS, catalogue
from programme.site.pages import documents
from programme.site.parts import cell_links
from tests.site.pages import get, get_json


@pytest.fixture(scope="module")
def session(site: Any) -> Any:
    """The document that states a session."""
    (row,) = get_json(site, "/documents.json?q=session.txt")["documents"]
    return row


def test_documents_are_listed_with_their_coverage(site: Any) -> None:
    shown = get_json(site, "/documents.json")
    assert [row["uri"].rpartition("/")[2] for row in shown["documents"]] == ["daily.txt", "session.txt"]
    counted = {row["format"]: row["documents"] for row in shown["formats"]}
    assert counted == {"daily-papers": 1, "virtual-session": 1}
    page = get(site, "/documents")
    assert "2 documents." in page
    assert "100%" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("format=daily-papers", ["daily.txt"]),
        ("q=sess", ["session.txt"]),
        ("q=%25", []),
        ("problems=1", []),
        ("page=9", ["daily.txt", "session.txt"]),
    ],
)
def test_documents_are_filtered(site: Any, asked: str, names: list[str]) -> None:
    found = get_json(site, f"/documents.json?{asked}")["documents"]
    assert [row["uri"].rpartition("/")[2] for row in found] == names


def test_a_document_shows_its_facts(site: Any, session: Any) -> None:
    shown = get_json(site, f"/document/{session['sha256'][:8]}.json")
    assert shown["document"]["sha256"] == session["sha256"]
    assert [(row["title"], row["edition"]) for row in shown["sessions"]] == [("Graphs and Trees", "icml-2021")]
    assert [(row["title"], row["repositories"]) for row in shown["papers"]] == [
        ("Walking on Graphs", "https://github.com/ada/walks"),
        ("Resting on Trees", None),
    ]
    assert (shown["document"]["slots"], shown["document"]["repo_links"]) == (3, 1)
    page = get(site, f"/document/{session['sha256']}")
    assert f"/programme/document_contribution?document={session['sha256']}" in page


def test_a_document_shows_its_lines(site: Any, session: Any, database: Path) -> None:
    printed = (database.parent / "documents" / "session.txt").read_text(encoding="utf-8").split("\n")
    shown = get_json(site, f"/document/{session['sha256']}.json")
    assert {line["number"]: line["text"] for line in shown["lines"]} == dict(enumerate(printed, 1))
    read = {row["title"]: line["number"] for line in shown["lines"] for row in line["read"]}
    assert {title: printed[number - 1] for title, number in read.items() if title != "Graphs and Trees"} == {
        "Walking on Graphs": "Walking on Graphs",
        "Resting on Trees": "Resting on Trees",
    }


def test_lines_are_paged(site: Any, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LINES_PER_PAGE", 5)
    seen: list[str] = []
    line: int | None = 1
    while line:
        shown = get_json(site, f"/document/{session['sha256']}.json?line={line}")
        seen += [row["text"] for row in shown["lines"]]
        line = shown["after"]
    monkeypatch.undo()
    whole = get_json(site, f"/document/{session['sha256']}.json")
    assert seen == [row["text"] for row in whole["lines"]]
    assert "The document has no line 9,999." in get(site, f"/document/{session['sha256']}?line=9999")


def test_problems_link_to_their_lines(demo: Any) -> None:
    found = get_json(demo, "/documents.json?problems=1")["documents"]
    assert found
    for row in found:
        shown = get_json(demo, f"/document/{row['sha256']}.json")
        assert len(shown["problems"]) == row["problems"]
        page = get(demo, f"/document/{row['sha256']}")
        for problem in shown["problems"]:
            if problem["line"]:
                assert f"line={problem['line']}" in page


@pytest.mark.parametrize(
    ("digits", "message"),
    [("0000", "No document in the database"), ("zz", "at least four")],
)
def test_an_unknown_document_is_an_error_that_says_what_to_do(site: Any, digits: str, message: str) -> None:
    page = get(site, f"/document/{digits}", status=404)
    assert message in page
    assert "see all documents" in page


def test_an_ambiguous_prefix_is_an_error(demo: Any, site: Any, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_DIGEST", re.compile(r"[0-9a-f]{1,64}"))
    firsts = [row["sha256"][0] for row in get_json(demo, "/documents.json")["documents"]]
    several = next(digit for digit in firsts if firsts.count(digit) > 1)
    assert "give more of them" in get(demo, f"/document/{several}", status=404)
    assert get_json(site, f"/document/{session['sha256'][0]}.json")


def test_every_sample_has_a_page(demo: Any) -> None:
    for row in get_json(demo, "/documents.json")["documents"]:
        shown = get_json(demo, f"/document/{row['sha256']}.json?line=1")
        assert shown["lines"] or shown["remark"], row["uri"]
        assert "<h1>" in get(demo, f"/document/{row['sha256']}?line=3")


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/programme/papers", ["/paper/"]),
        ("/programme/authors", ["/author/"]),
        ("/programme/sessions", ["/session/"]),
        ("/programme/repositories", ["/repository/"]),
        ("/programme/listings", ["/listing/"]),
        ("/programme/editions", ["/edition/icml-2021"]),
        ("/programme/documents", ["/document/"]),
        ("/programme/programme", ["/paper/", "/session/", "/edition/icml-2021", "/documents?q="]),
        ("/programme/author_index", ["/author/"]),
        ("/programme/repository_papers", ["/repository/", "/paper/"]),
        ("/programme/document_ledger", ["/document/"]),
        ("/programme/search_papers?q=walking", ["/paper/"]),
        ("/programme/document_contribution", ["/document/", "/paper/"]),
        ("/programme?sql=select+title,+key+as+paper_key+from+papers", ["/paper/"]),
    ],
)
def test_cells_link_to_pages(site: Any, path: str, links: list[str]) -> None:
    cells = "".join(re.findall(r'<td class="col[^"]*">(.*?)</td>', get(site, path), re.S))
    ours = "paper|author|session|repository|listing|edition|documents?"
    found = set(re.findall(rf'<a href="(/(?:{ours})[/?][^"]*)"', cells))
    for link in links:
        assert any(each.startswith(link) for each in found), (link, found)
    for each in found:
        get(site, each.replace("&amp;", "&"))


def test_cells_are_escaped() -> None:
    class Urls:
        def path(self, path: str) -> str:
            return path

    class Datasette:
        urls = Urls()

    row = {"title": "<b>Nets</b>", "paper_key": '"><script>'}
    shown = cell_links.cell(Datasette(), None, "title", row["title"], row)
    assert str(shown) == '<a href="/paper/%22%3E%3Cscript%3E">&lt;b&gt;Nets&lt;/b&gt;</a>'


def test_every_query_is_listed_once(site: Any) -> None:
    shown = get_json(site, "/queries.json")
    names = [query["name"] for group in shown["groups"] for query in group["queries"]]
    assert sorted(names) == sorted(catalogue())
    assert [group["heading"] for group in shown["groups"]] == [
        heading for heading in GROUPS if heading in {query.group for query in catalogue().values()}
    ]
    page = get(site, "/queries")
    for name in names:
        assert f'href="/programme/{name}' in page


@pytest.mark.parametrize("name", [query.name for query in catalogue().values() if not query.is_view])
def test_the_fields_of_a_query_are_labelled_and_explained(site: Any, name: str) -> None:
    page = get(site, f"/programme/{name}")
    for param in catalogue()[name].params:
        field = re.search(rf'<input [^>]*id="ask-{param.name}" name="{param.name}"[^>]*>', page)
        assert field, param.name
        assert f'aria-describedby="about-{param.name}"' in field[0]
        assert f'<label for="ask-{param.name}">' in page
        assert f'<p id="about-{param.name}"' in page
    assert "Default: " in page


def test_a_query_shows_its_rows_below_its_form(site: Any) -> None:
    page = get(site, "/programme/papers_of_author?author=Bo+Lindqvist")
    assert 'value="Bo Lindqvist"' in page
    assert "<h2>1 row</h2>" in page
    assert '<datalist id="choices-edition"><option value="icml-2021"></option></datalist>' in get(
        site, "/programme/programme_of_day"
    )
    nothing = get(site, f"/programme/search_papers?q={quote('zebra crossing')}")
    assert 'No rows. Fill in fewer fields, or <a href="/programme/search_papers">clear them all</a>.' in nothing


def test_your_own_sql(site: Any) -> None:
    page = get(site, "/programme?sql=select+title+from+papers+where+title+like+:like&like=Walk%25")
    assert '<label for="ask-like">like</label>' in page
    assert "<h2>1 row</h2>" in page
    assert "no such table" in get(site, "/programme?sql=select+1+from+zebras", status=400)


PAGES = ["/search?q=graphs", "/documents", "/queries"]


@pytest.mark.parametrize("path", PAGES)
def test_json_has_no_markup(site: Any, path: str) -> None:
    name, _, fields = path.partition("?")
    text = str(get_json(site, f"{name}.json?{fields}"))
    assert "<mark" not in text
    assert "<a " not in text


@pytest.mark.parametrize(
    "path",
    [
        "/documents",
        "/programme/documents.json",
        "/programme/sources.csv",
        "/programme/programme.json",
        "/programme?sql=SELECT+uri+FROM+documents",
        "/programme/document_ledger",
    ],
)
def test_a_site_shows_no_folder_of_its_machine(site: Any, path: str) -> None:
    text = unquote(asyncio.run(site.client.get(path, follow_redirects=True)).text)
    assert "documents/session.txt" in text
    assert "file:/" not in text
