"""The table of papers of a Mini-Conf site, in its three notations and with the columns of several conferences."""

import json
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.miniconf.papers import sniff
from programme.loaders.records import PaperRecord, Problem, SessionRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "miniconf_iclr2020"
HEAD = "UID,title,authors,abstract,keywords,sessions\n"


def parsed(text: str) -> Parsed:
    return read(document(text), "miniconf-papers")


def only(text: str) -> PaperRecord:
    (record,) = parsed(text).records
    assert isinstance(record, PaperRecord)
    return record


def test_a_row_is_a_paper() -> None:
    assert only(f'{HEAD}x1,"Oak, Ash",Ada Quill|Bo Marsh,"We count.\nTwice.",trees,\n') == PaperRecord(
        "Oak, Ash", 2, 3, authors=("Ada Quill", "Bo Marsh"), abstract="We count.\nTwice.", path="[0]", site_id="x1"
    )


def test_all_rows_are_accounted_for() -> None:
    found = parsed(f'{HEAD}x1,Oak,Ada Quill,"We\n\ncount.",,\nx2,Ash\nx3,,Bo Marsh,,,\nx4,Elm,Cy Vane,,,\n')
    assert [record.title for record in found.records] == ["Oak", "Elm"]
    assert (found.line_count, found.claimed_line_count) == (4, 2)
    cells = "[1]: 2 cells where the header has 6; quote cells that hold commas. This row is left out"
    assert found.problems == (
        Problem(5, "x2,Ash", cells, "[1]", is_lost=True),
        Problem(6, "x3", "[2].title: empty; expected the title of the paper", "[2]", is_lost=True),
    )


@pytest.mark.parametrize(
    ("authors", "names", "affiliations"),
    [
        ("Ada Quill|Bo Marsh, Jr.", ("Ada Quill", "Bo Marsh, Jr."), ()),
        ("Ada Quill; Bo Marsh", ("Ada Quill", "Bo Marsh"), ()),
        ("Ada Quill, Bo Marsh", ("Ada Quill", "Bo Marsh"), ()),
        ("Ada (Adele) Quill", ("Ada (Adele) Quill",), ()),
        ("Ada Quill (Moss), Bo Marsh (Fern)", ("Ada Quill", "Bo Marsh"), ("Moss", "Fern")),
        ("Ada Quill, Bo Marsh, and Cy Vane (Moss) | Di Wolf", ("Ada Quill", "Bo Marsh", "Cy Vane", "Di Wolf"), None),
        ("", (), ()),
    ],
)
def test_authors(authors: str, names: tuple[str, ...], affiliations: tuple[str, ...] | None) -> None:
    paper = only(f'{HEAD}x1,Oak,"{authors}",,,\n')
    assert paper.authors == names
    assert paper.affiliations == (("Moss", "Moss", "Moss", None) if affiliations is None else affiliations)


def test_a_column_of_affiliations() -> None:
    head = "UID,title,authors,affiliations,primary_email\n"
    assert only(f"{head}1,Oak,Ada Quill|Bo Marsh, Moss |Fern,ada@moss.example\n").affiliations == ("Moss", "Fern")
    found = parsed(f"{head}1,Oak,Ada Quill|Bo Marsh,Moss,ada@moss.example\n")
    assert [problem.problem for problem in found.problems] == ["[0].affiliations: 1 for 2 authors; none is loaded"]
    assert "ada@moss" not in repr(found)


def test_sessions_hold_their_papers() -> None:
    found = parsed(f"{HEAD}x1,Oak,,,,Mon Session 1|Poster Session 2\nx2,Ash,,,,Mon Session 1\nx3,Elm,,,,\n")
    sessions = [record for record in found.records if isinstance(record, SessionRecord)]
    assert [record.title for record in found.records if isinstance(record, PaperRecord)] == ["Elm"]
    assert [(one.title, one.kind, [(slot.title, slot.position) for slot in one.slots]) for one in sessions] == [
        ("Mon Session 1", "other", [("Oak", 1), ("Ash", 2)]),
        ("Poster Session 2", "poster", [("Oak", 1)]),
    ]
    assert all(slot.paper and slot.time is None for one in sessions for slot in one.slots)
    assert found.coverage == 1.0


def test_urls_are_identifiers_and_links() -> None:
    head = "UID,title,authors,pdf_url,doi_link,code_link,demo_url,track\n"
    pdf = "https://www.aclweb.org/anthology/2020.acl-main.9999"
    row = f"1,Oak,,{pdf},https://doi.org/10.1145/1.2,https://github.com/moss/oak,https://oak.example/,Demos\n"
    paper = only(head + row)
    assert paper.identifiers == (("acl", "2020.acl-main.9999"), ("doi", "10.1145/1.2"))
    assert paper.links == (
        StatedLink("code_link", "https://github.com/moss/oak", "own"),
        StatedLink("demo_url", "https://oak.example/", "own"),
    )
    assert paper.raw_kind == "Demos"


def test_a_url_that_papers_share_identifies_none() -> None:
    rows = [
        {"UID": f"x{n}", "title": f"Tree {n}", "authors": [], "link": "https://arxiv.org/abs/2007.99999"}
        for n in range(3)
    ]
    found = parsed(json.dumps([row | {"code_link": "https://github.com/moss/site"} for row in rows]))
    assert [(record.identifiers, record.links) for record in found.records] == [((), ())] * 3  # type: ignore[union-attr]


def test_the_edition_that_a_url_states() -> None:
    paper = only("UID,title,authors,pdf_url\n1,Oak,,https://openaccess.thecvf.com/content/CVPR2021/papers/a.pdf\n")
    assert paper.edition == StatedEdition("cvpr", 2021)


def test_the_three_notations_state_the_same() -> None:
    fields = {"UID": "x1", "title": "Oak", "authors": ["Ada Quill", "Bo Marsh"], "abstract": "We count."}
    yaml = "- UID: x1\n  title: Oak\n  authors:\n  - Ada Quill\n  - Bo Marsh\n  abstract: We\n    count.\n"
    papers = [
        only("UID,title,authors,abstract\nx1,Oak,Ada Quill|Bo Marsh,We count.\n"),
        only(json.dumps([fields])),
        only(yaml),
        only("papers:\n" + yaml),
    ]
    assert [paper.path for paper in papers] == ["[0]", "[0]", "[0]", "papers[0]"]
    assert {paper._replace(path=None, line_start=1, line_end=1) for paper in papers} == {
        PaperRecord("Oak", 1, 1, authors=("Ada Quill", "Bo Marsh"), abstract="We count.", site_id="x1")
    }
    assert (papers[2].line_start, papers[2].line_end) == (1, 7)


def test_a_bad_entry_of_yaml_does_not_affect_others() -> None:
    found = parsed("- UID: 1\n  title: Oak\n- UID: 2\n  title: [Ash]\n- UID: 3\n  title: Elm\n- text\n")
    assert [record.title for record in found.records] == ["Oak", "Elm"]
    assert [(problem.line, problem.problem, problem.is_lost) for problem in found.problems] == [
        (3, "[1].title: expected text or nothing, got a list", True),
        (1, "[3]: expected an object, got text", True),
    ]


def test_unknown_columns_are_reported_once() -> None:
    found = parsed("UID,title,authors,mood\n1,Oak,,calm\n2,Ash,,wild\n")
    assert [(problem.line, problem.problem) for problem in found.problems] == [
        (1, "[0].mood: a field this format does not know, in 2 records; it is not loaded")
    ]
    assert len(found.records) == 2


def test_a_document_without_a_table_is_refused() -> None:
    with pytest.raises(MalformedDocument, match=r"page.txt, line 1: no header with the names of columns"):
        parsed("Session\n")


@pytest.mark.parametrize("text", ["Session\n", "a,b\n", "title,authors,year\n", "- title: A\n  start: 1\n", "[]"])
def test_other_documents_are_not_recognised(text: str) -> None:
    assert sniff(document(text)).confidence < 0.5


def test_sample() -> None:
    found = read(sample("miniconf_papers.csv"))
    assert (found.format, found.problems, found.coverage) == ("miniconf-papers", (), 1.0)
    assert [record.title for record in found.records] == [
        *("What Moss Remembers", "Hedges in Space", "Mon Session 1", "Tues Session 2"),
    ]


@pytest.mark.usefixtures("shared")
def test_real_papers() -> None:
    path = CORPUS / "papers.csv"
    found = read(Document.of(path.as_uri(), path.read_bytes()))
    papers = [record for record in found.records if isinstance(record, PaperRecord)]
    sessions = [record for record in found.records if isinstance(record, SessionRecord)]
    slots = [slot.paper for session in sessions for slot in session.slots if slot.paper]
    assert len({paper.title for paper in papers + slots}) == 687
    assert (len(papers), len(sessions), found.problems, found.coverage) == (686, 2, (), 1.0)
    assert all(paper.authors and paper.abstract for paper in papers + slots)
