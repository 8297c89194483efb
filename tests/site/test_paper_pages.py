"""The pages of papers, authors and repositories, with their sources and BibTeX."""

import asyncio
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from programme.loaders.documents import Document, documents_from
from programme.loaders.formats import read
from programme.loaders.records import PaperRecord
from programme.loaders.store import large
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from programme.site import build_site
from programme.site.parts.highlights import Link, Place, found_places, pieces
from tests.pages import paper_list, paper_record
from tests.site.conftest import WALKS
from tests.site.pages import get, get_json

CROSSED = "Contrastive Learning with Crossed Views"


def key_of(site: Any, title: str) -> str:
    """Return the key of the paper with this title."""
    phrase = quote(f'"{title}"')
    found = get_json(site, f"/search.json?q={phrase}")["results"]
    return next(str(row["key"]) for row in found if text_of(row["title"]) == title)


def text_of(cut: list[dict[str, Any]]) -> str:
    """Return the text of pieces."""
    return "".join(piece["text"] for piece in cut)


def marks(cut: list[dict[str, Any]]) -> list[str]:
    """Return the highlighted pieces of a text."""
    return [piece["text"] for piece in cut if piece.get("is_marked")]


@pytest.fixture(scope="module")
def walks(site: Any) -> Any:
    """The JSON of the paper that has a slot, a listing and code."""
    return get_json(site, f"/paper/{key_of(site, 'Walking on Graphs')}.json")


def test_a_paper_shows_title_authors_and_links(walks: Any) -> None:
    assert walks["title"] == "Walking on Graphs"
    assert [author["name"] for author in walks["authors"]] == ["Ada Byron", "Bo Lindqvist"]
    assert text_of(walks["abstract"]) == WALKS
    assert walks["abstract"][1] == {
        "text": "https://github.com/ada/walks",
        "is_marked": True,
        "url": "https://github.com/ada/walks",
        "note": "the authors’ own code",
    }
    assert [(row["name"], row["role"], row["sources"]) for row in walks["repositories"]] == [
        ("github.com/ada/walks", "own", [1, 2])
    ]


def test_a_paper_shows_when_it_is_presented(walks: Any) -> None:
    (slot,) = walks["presented"]
    assert (slot["edition_name"], slot["session_title"], slot["raw_kind"]) == ("ICML 2021", "Graphs and Trees", "Oral")
    assert (slot["local_day"], slot["local_start"], slot["local_end"]) == ("2021-07-20", "07:00", "07:20")
    assert (slot["starts_at"], slot["zone"]) == ("2021-07-20T14:00:00Z", "PDT")
    (listing,) = walks["listings"]
    assert (listing["listing_title"], listing["listed_month"], listing["listed_day"]) == ("Daily Papers", 7, 21)


def test_each_source_shows_its_lines(walks: Any, database: Path) -> None:
    folder = database.parent / "documents"
    for source in walks["sources"]:
        printed = (folder / source["document"]["uri"].rpartition("/")[2]).read_text(encoding="utf-8").split("\n")
        shown = {line["number"]: text_of(line["pieces"]) for line in source["lines"]}
        assert shown == {number: printed[number - 1] for number in range(source["line_start"], source["line_end"] + 1)}
    marked = {text for source in walks["sources"] for line in source["lines"] for text in marks(line["pieces"])}
    assert marked == {"Walking on Graphs", "https://github.com/ada/walks"}


def test_each_source_shows_its_statements(walks: Any) -> None:
    daily, session = walks["sources"]
    stated = [(row["fact"], row["value"]) for row in session["statements"]]
    assert stated == [
        ("Title", "Walking on Graphs"),
        ("Authors", "Ada Byron · Bo Lindqvist"),
        ("Presented", "Tue 20 July 7:00 - 7:20 PDT, Oral"),
        ("Repository", "https://github.com/ada/walks"),
    ]
    assert session["statements"][3]["note"] == "the authors’ own code, in the abstract, by rule “github.com”"
    assert [row["fact"] for row in daily["statements"]] == ["Title", "Listing", "Repository"]
    assert walks["authors_sources"] == [session["number"]]


def test_the_page_shows_the_same_as_its_json(site: Any, walks: Any) -> None:
    page = get(site, f"/paper/{walks['key']}")
    assert "<h1>Walking on Graphs" in page
    assert f'<a href="/author/{walks["authors"][0]["key"]}">Ada Byron</a>' in page
    assert re.search(r'<mark><a href="https://github.com/ada/walks"[^>]*>https://github.com/ada/walks</a></mark>', page)
    assert '<time datetime="2021-07-20T14:00:00Z">07:00–07:20</time>' in page
    assert '<button type="button" data-copies="bibtex" hidden>' in page
    for number in (1, 2):
        assert f'href="#source-{number}"' in page
        assert f'id="source-{number}"' in page


def test_text_of_documents_is_escaped(site: Any) -> None:
    key = key_of(site, "Sleeping <img> Soundly & Long")
    page = get(site, f"/paper/{key}")
    assert "<h1>Sleeping &lt;img&gt; Soundly &amp; Long" in page
    assert "<img> Soundly" not in page
    assert "No document states the authors." in page


def test_bibtex_reads_back(demo: Any) -> None:
    key = key_of(demo, CROSSED)
    response = asyncio.run(demo.client.get(f"/paper/{key}.bib"))
    assert response.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    assert 'filename="arkwright2022contrastive-' in response.headers["content-disposition"]
    parsed = read(Document.of("paper.bib", response.content))
    (paper,) = parsed.records
    assert isinstance(paper, PaperRecord)
    assert paper.title == CROSSED
    assert get_json(demo, f"/paper/{key}.json")["bibtex"] + "\n" == response.text


def test_a_paper_with_many_sources(demo: Any) -> None:
    shown = get_json(demo, f"/paper/{key_of(demo, CROSSED)}.json")
    assert [source["number"] for source in shown["sources"]] == list(range(1, 17))
    assert [bool(source["lines"]) for source in shown["sources"]] == [True] * 12 + [False] * 4
    assert {row["scheme"] for row in shown["identifiers"]} == {"arxiv", "openreview", "pmlr"}
    assert [row["role"] for row in shown["repositories"]] == ["own", "other"]
    for source in shown["sources"][:12]:
        assert any("Crossed" in text_of(line["pieces"]) for line in source["lines"]), source["document"]["uri"]
    page = get(demo, f"/paper/{shown['key']}")
    assert page.count('<section class="session" id="source-') == 16


def test_highlights_of_all_samples_are_links_as_written(demo: Any) -> None:
    rows = get_json(demo, "/programme/papers_with_code.json?_shape=array&_size=max")
    for key in {row["paper_key"] for row in rows}:
        shown = get_json(demo, f"/paper/{key}.json")
        for source in shown["sources"]:
            in_abstract = {
                row["value"] for row in source["statements"] if row["note"] and "in the abstract" in row["note"]
            }
            assert set(marks(source["abstract"])) == (in_abstract if source["abstract"] else set())
        assert all(piece["url"] for piece in shown["abstract"] if piece.get("is_marked"))
        assert shown["repositories"]


@pytest.mark.parametrize("path", ["/paper/0000", "/author/0000", "/repository/0000", "/paper/0000.bib"])
def test_an_unknown_key_is_an_error_that_says_what_to_do(site: Any, path: str) -> None:
    page = get(site, path, status=404)
    assert "<h1>Not found</h1>" in page
    assert "try the search" in page
    assert '<form class="fields" role="search" action="/search">' in page


def test_an_author_shows_papers_by_year(site: Any, walks: Any) -> None:
    ada = get_json(site, f"/author/{walks['authors'][0]['key']}.json")
    assert (ada["name"], ada["papers"], ada["papers_with_code"]) == ("Ada Byron", 2, 1)
    assert [(group["year"], [paper["title"] for paper in group["papers"]]) for group in ada["years"]] == [
        (2021, ["Resting on Trees", "Walking on Graphs"])
    ]
    assert ada["years"][0]["papers"][1]["editions"] == [{"slug": "icml-2021", "name": "ICML 2021", "kinds": ["oral"]}]
    assert [(row["name"], row["papers"]) for row in ada["coauthors"]] == [("Bo Lindqvist", 1)]
    assert ada["spellings"] == [{"spelling": "Ada Byron", "times": 2}]
    assert 'href="/paper/' in get(site, f"/author/{ada['key']}")


def test_a_moderator_without_papers_has_a_page(site: Any) -> None:
    (cy,) = (row for row in get_json(site, "/programme/authors.json?_shape=array") if row["name"] == "Cy Ode")
    shown = get_json(site, f"/author/{cy['key']}.json")
    assert (shown["papers"], [row["title"] for row in shown["moderated"]]) == (0, ["Graphs and Trees"])
    page = get(site, f"/author/{cy['key']}")
    assert "No paper has this author." in page
    assert "1</b> session moderated" in page


def test_a_repository_shows_the_papers_that_link_to_it(site: Any, walks: Any) -> None:
    key = walks["repositories"][0]["key"]
    shown = get_json(site, f"/repository/{key}.json")
    assert (shown["name"], shown["url"]) == ("github.com/ada/walks", "https://github.com/ada/walks")
    (paper,) = shown["papers"]
    assert (paper["title"], paper["role"], len(paper["statements"])) == ("Walking on Graphs", "own", 2)
    assert {row["rule"] for row in paper["statements"]} == {"github.com"}
    assert "Code of these papers" in get(site, f"/repository/{key}")


def site_of(tmp_path: Path, content: bytes) -> Any:
    """The site over one document."""
    (tmp_path / "list.json").write_bytes(content)
    connection = open_database(tmp_path / "list.db", create=True)
    (outcome,) = ingest(connection, documents_from([tmp_path / "list.json"]))
    connection.close()
    assert outcome.status == "loaded"
    return build_site(tmp_path / "list.db")


LISTED = [paper_record(f"Net {n} of Many Nets", "Ada Byron", f"2201.{n:05}", "Hill College", None) for n in range(90)]


def test_a_line_with_many_records_shows_one_of_them(tmp_path: Path) -> None:
    site = site_of(tmp_path, paper_list(LISTED))
    (source,) = get_json(site, f"/paper/{key_of(site, 'Net 7 of Many Nets')}.json")["sources"]
    assert (source["line_start"], source["line_end"], source["path"]) == (1, 1, "[7]")
    assert source["remark"] == "Line 1 has many records; this is [7], indented."
    assert '"title": "Net 7 of Many Nets"' in "".join(text_of(line["pieces"]) for line in source["lines"])
    record = get_json(site, f"/document/{source['document']['sha256']}.json?line=1&path=[8]")
    assert any("Net 8 of Many Nets" in line["text"] for line in record["lines"])


def test_a_document_in_parts_shows_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "PART_BYTES", 1_000)
    (tmp_path / "list.json").write_bytes(paper_list(LISTED).replace(b"}, ", b"},\n"))
    connection = open_database(tmp_path / "list.db", create=True)
    (document,) = documents_from([tmp_path / "list.json"])
    assert isinstance(document, Document)
    whole = document.content
    enlarged = replace(document, content=whole[:500], opener=lambda: io.BytesIO(whole))
    (outcome,) = ingest(connection, [enlarged])
    connection.close()
    assert outcome.status == "loaded"
    site = build_site(tmp_path / "list.db")
    assert len(get_json(site, "/list/document_parts.json?_shape=array&_size=max")) > 10
    for number in (0, 41, 89):
        (source,) = get_json(site, f"/paper/{key_of(site, f'Net {number} of Many Nets')}.json")["sources"]
        assert source["line_start"] == number + 1
        (line,) = source["lines"]
        assert line["number"] == number + 1
        assert f'"title": "Net {number} of Many Nets"' in text_of(line["pieces"])


def test_pieces_keep_the_text_and_never_overlap() -> None:
    places = [Place(4, 9, "https://a.org"), Place(0, 6), Place(6, 8), Place(90, 95), Place(3, 3)]
    cut = pieces("0123456789", places)
    assert text_of(cut) == "0123456789"
    assert marks(cut) == ["012345", "67"]


def test_links_are_found_in_cleaned_text() -> None:
    link = Link("\\url{https://github.com/ada/a\\_net}", "https://github.com/ada/a_net", "own")
    text = "Code at https://GitHub.com/ada/a_net and github.com/ada/a_net."
    assert [text[place.start : place.end] for place in found_places(text, [link])] == ["https://GitHub.com/ada/a_net"]


def test_no_page_links_to_a_script() -> None:
    (piece,) = pieces("x", [Place(0, 1, "javascript:alert(1)")])
    assert piece == {"text": "x", "is_marked": True}
