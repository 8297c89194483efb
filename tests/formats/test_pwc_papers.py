"""The papers of Papers with Code: proceedings as editions, identifiers from every field that has one."""

import json
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read
from programme.loaders.records import PaperRecord, Problem, StatedEdition
from tests.formats.pages import sample

WALKS: dict[str, Any] = {
    "paper_url": "https://paperswithcode.com/paper/walks-at-dawn",
    "arxiv_id": None,
    "title": "Walks at Dawn",
    "abstract": "We walk.",
    "url_abs": None,
    "url_pdf": None,
    "proceeding": None,
    "authors": ["Ada Quill"],
    "tasks": [],
    "date": None,
    "methods": [],
}


def papers(*changes: dict[str, Any]) -> Parsed:
    content = json.dumps([{**WALKS, **change} for change in changes])
    return read(Document.of("file:///pages/papers-with-abstracts.json", content.encode()))


def paper(**change: Any) -> PaperRecord:
    parsed = papers(change)
    assert parsed.problems == ()
    (record,) = parsed.records
    assert isinstance(record, PaperRecord)
    return record


def test_sample() -> None:
    parsed = read(sample("pwc_papers.json"))
    assert (parsed.format, parsed.problems, parsed.coverage) == ("pwc-papers", (), 1.0)
    assert parsed.records == (
        PaperRecord(
            "Contrastive Learning with Crossed Views",
            2,
            36,
            authors=("Delphine Arkwright", "Satoru Minowa", "Henrike Vossberg", "Tadeo Llorca"),
            abstract="Contrastive learning treats two views of an image as a positive pair. Code and models: "
            "https://github.com/lanternworks/crossview.",
            identifiers=(("arxiv", "2206.04417"),),
            edition=StatedEdition("icml", 2022),
            path="[0]",
        ),
        PaperRecord(
            "Counting Moss from Orbit",
            37,
            61,
            authors=("Ingrid Fennimore", "Łukasz Brzoza"),
            abstract="We count moss from far above.",
            identifiers=(("acl", "2021.mossnlp-1.4"),),
            path="[1]",
        ),
        PaperRecord("A Field Guide to Gradients", 62, 83, identifiers=(("openreview", "Mw3k_9dFern"),), path="[2]"),
        PaperRecord(
            "Walks without Maps",
            84,
            107,
            authors=("Noor van der Heide",),
            edition=StatedEdition("cvpr", 2020),
            path="[3]",
        ),
    )


@pytest.mark.parametrize(
    ("proceeding", "edition"),
    [
        ("ICML 2020 1", ("icml", 2020)),
        ("NeurIPS 2019 12", ("neurips", 2019)),
        ("NIPS 2016 12", ("neurips", 2016)),
        ("ACL 2021 5", ("acl", 2021)),
        ("iclr-2022-4", ("iclr", 2022)),
        ("CVPR 2022 1", ("cvpr", 2022)),
        ("ICML", None),
        ("ICML 2021 workshop", None),
        ("ICLR Workshop GTRL 2021", None),
        ("EMNLP (BlackboxNLP) 2021 11", None),
        ("Findings (ACL) 2021 8", None),
        ("ACL ARR October 2021", None),
        ("Journal of Moss 2021 1", None),
    ],
)
def test_the_proceedings_name_the_edition(proceeding: str, edition: tuple[str, int] | None) -> None:
    assert paper(proceeding=proceeding).edition == (StatedEdition(*edition) if edition else None)


def test_a_url_states_the_edition_only_without_proceedings() -> None:
    url = "http://openaccess.thecvf.com/content_CVPR_2019/html/walks.html"
    assert paper(url_abs=url).edition == StatedEdition("cvpr", 2019)
    assert paper(url_abs=url, proceeding="CVPR 2020 6").edition == StatedEdition("cvpr", 2020)
    assert paper(url_abs=url, proceeding="CVPR Workshop on Walks 2019").edition is None


def test_identifiers_are_the_first_of_each_scheme() -> None:
    found = paper(
        arxiv_id="2103.00020",
        openreview_id="walks_Dawn1",
        url_abs="https://arxiv.org/abs/2103.99999",
        url_pdf="https://proceedings.mlr.press/v97/quill19a/quill19a.pdf",
        conference_url_abs="https://openreview.net/forum?id=other_Dusk2",
        conference_url_pdf="https://aclanthology.org/P19-1001.pdf",
    ).identifiers
    assert found == (
        ("openreview", "walks_Dawn1"),
        ("arxiv", "2103.00020"),
        ("pmlr", "v97/quill19a"),
        ("acl", "p19-1001"),
    )


def test_anonymous_authors_are_left_out() -> None:
    assert paper(authors=["Anonymous"]).authors == ()
    assert paper(authors=None).authors == ()
    assert paper(authors=[" Ada Quill ", None, "", "Bo Marsh"]).authors == ("Ada Quill", "Bo Marsh")


def test_a_paper_without_a_title_is_lost_and_reported() -> None:
    parsed = papers({}, {"title": None, "url_abs": "https://example.org/x"}, {"title": "Runs"})
    assert [record.title for record in parsed.records] == ["Walks at Dawn", "Runs"]
    problem = "[1].title: no title; the paper is left out"
    assert parsed.problems == (Problem(1, "https://example.org/x", problem, "[1]", is_lost=True),)
    assert (parsed.line_count, parsed.claimed_line_count) == (3, 2)


def test_a_paper_that_does_not_fit_is_reported_with_its_path() -> None:
    parsed = papers({"authors": "Ada Quill"}, {"authors": ["Ada Quill", 5]}, {})
    assert [problem.problem for problem in parsed.problems] == [
        "[0].authors: expected a list or nothing, got text",
        "[1].authors[1]: expected text or nothing, got a number",
    ]
    assert len(parsed.records) == 1


def test_an_unknown_field_is_reported_once() -> None:
    parsed = papers({"mood": "calm"}, {"mood": "wild"})
    assert [problem.problem for problem in parsed.problems] == [
        "[0].mood: a field this format does not know, in 2 records; it is not loaded"
    ]
    assert parsed.coverage == 1.0
