"""The metadata snapshot of arXiv: names in natural order, wrapped texts joined, links in comments."""

import json
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read
from programme.loaders.records import PaperRecord, Problem, StatedLink
from tests.formats.pages import sample

PEAT: dict[str, Any] = {
    "id": "2103.00020",
    "submitter": "Some Body",
    "authors": "Ada Quill, Bo Marsh",
    "title": "Peat",
    "comments": None,
    "journal-ref": None,
    "doi": None,
    "report-no": None,
    "categories": "cs.LG",
    "license": None,
    "abstract": "  Peat burns.\n",
    "versions": [{"version": "v1", "created": "Mon, 1 Mar 2021 09:00:00 GMT"}],
    "update_date": "2021-03-02",
    "authors_parsed": [["Quill", "Ada", ""], ["Marsh", "Bo", ""]],
}


def snapshot(*changes: dict[str, Any]) -> Parsed:
    content = "".join(json.dumps({**PEAT, **change}) + "\n" for change in changes)
    return read(Document.of("file:///pages/arxiv-metadata-oai-snapshot.json", content.encode()))


def preprint(**change: Any) -> PaperRecord:
    parsed = snapshot(change)
    assert parsed.problems == ()
    (record,) = parsed.records
    assert isinstance(record, PaperRecord)
    return record


def test_sample() -> None:
    parsed = read(sample("arxiv_snapshot.json"))
    assert (parsed.format, parsed.problems, parsed.coverage) == ("arxiv-snapshot", (), 1.0)
    assert parsed.records == (
        PaperRecord(
            "Contrastive Learning with Crossed Views",
            1,
            1,
            authors=("Delphine Arkwright", "Satoru Minowa", "Henrike Vossberg", "Tadeo Llorca"),
            abstract="Contrastive learning treats two views of an image as a positive pair.\n\n"
            "Crossing them makes the task harder.",
            identifiers=(("arxiv", "2206.04417"),),
            links=(
                StatedLink(
                    "comments",
                    "ICML 2022. Code at https://github.com/lanternworks/crossview and "
                    "a talk at https://example.org/crossview",
                ),
            ),
            path="[0]",
        ),
        PaperRecord(
            "On the Flatness of Very Flat Spaces",
            2,
            2,
            authors=("Zoé Mühlbach", "Amadou Sarr Jr."),
            abstract="We show that flat is flat.",
            affiliations=("Bog Institute", None),
            identifiers=(("arxiv", "hep-th/9912345"), ("doi", "10.1234/flat.1999.7")),
            path="[1]",
        ),
        PaperRecord(
            "Peat and Its Discontents",
            3,
            3,
            authors=("Ada Quill", "Bo Marsh"),
            abstract="Peat burns.",
            identifiers=(("arxiv", "0704.9999"),),
            path="[2]",
        ),
    )


@pytest.mark.parametrize(
    ("parsed", "names"),
    [
        ([["Quill", "Ada", ""]], ("Ada Quill",)),
        ([["Sarr", "Amadou", "Jr."], ["Bog Collaboration", "", ""]], ("Amadou Sarr Jr.", "Bog Collaboration")),
        ([["Quill"], ["Marsh", "Bo"]], ("Quill", "Bo Marsh")),
        ([["", "", ""], [], [None, "Bo", None]], ("Bo",)),
    ],
)
def test_names_are_put_in_natural_order(parsed: list[list[str | None]], names: tuple[str, ...]) -> None:
    assert preprint(authors_parsed=parsed).authors == names


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Ada Quill, Bo Marsh and Cy Roe", ("Ada Quill", "Bo Marsh", "Cy Roe")),
        ("Ada Quill (Fen), Bo Marsh (Bog (North), Mire)", ("Ada Quill", "Bo Marsh")),
        ("Ada Quill,\n  Bo Marsh", ("Ada Quill", "Bo Marsh")),
        ("", ()),
        (None, ()),
    ],
)
def test_names_of_a_record_without_parsed_ones(authors: str | None, names: tuple[str, ...]) -> None:
    assert preprint(authors=authors, authors_parsed=None).authors == names


@pytest.mark.parametrize(
    ("comments", "has_link"),
    [
        ("12 pages, 3 figures. Accepted at ICML", False),
        ("Code: github.com/mossbank/peat", True),
        ("see https://mossbank.github.io", True),
        ("either/or. Or not", False),
        ("", False),
    ],
)
def test_comments_are_kept_when_they_contain_a_url(comments: str, has_link: bool) -> None:
    assert preprint(comments=comments).links == ((StatedLink("comments", comments),) if has_link else ())


def test_doi_is_an_identifier() -> None:
    assert preprint(doi="10.18653/v1/P19-1001").identifiers == (
        ("arxiv", "2103.00020"),
        ("doi", "10.18653/v1/p19-1001"),
        ("acl", "p19-1001"),
    )
    assert preprint(doi="none yet").identifiers == (("arxiv", "2103.00020"),)


def test_a_preprint_without_a_title_is_lost_and_reported() -> None:
    parsed = snapshot({}, {"title": " "}, {"title": "Bog"})
    assert [record.title for record in parsed.records] == ["Peat", "Bog"]
    problem = "[1].title: no title; the preprint is left out"
    assert parsed.problems == (Problem(2, "2103.00020", problem, "[1]", is_lost=True),)


def test_another_kind_of_identifier_is_left_out() -> None:
    parsed = snapshot({}, {"id": "my-own-7", "title": "Bog"})
    assert [record.title for record in parsed.records] == ["Peat", "Bog"]
    problem = "[1].id: expected an arXiv identifier like 2103.00020; it is not loaded"
    assert parsed.problems == (Problem(2, "my-own-7", problem, "[1]"),)
    assert parsed.coverage == 1.0


def test_the_submitter_is_not_in_the_records() -> None:
    assert "Some Body" not in repr(read(sample("arxiv_snapshot.json")))


def test_a_line_that_is_cut_off_does_not_affect_others() -> None:
    lines = [json.dumps({**PEAT, "title": title}) for title in ("Peat", "Bog", "Fen")]
    content = "\n".join([lines[0], lines[1][:200], lines[2]])
    parsed = read(Document.of("file:///pages/arxiv.json", content.encode()))
    assert [record.title for record in parsed.records] == ["Peat", "Fen"]
    assert [(problem.line, problem.is_lost) for problem in parsed.problems] == [(3, True)]
