"""The links of Papers with Code: a mention of a paper for each, and whose code it is."""

import json
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.records import PaperRecord, Problem, StatedLink
from tests.formats.pages import sample

WALKS: dict[str, Any] = {
    "paper_url": "https://paperswithcode.com/paper/walks-at-dawn",
    "paper_title": "Walks at Dawn",
    "paper_arxiv_id": "2103.00020",
    "paper_url_abs": "http://arxiv.org/abs/2103.00020v1",
    "paper_url_pdf": "http://arxiv.org/pdf/2103.00020v1.pdf",
    "repo_url": "https://github.com/mossbank/walks",
    "is_official": True,
    "mentioned_in_paper": True,
    "mentioned_in_github": False,
    "framework": "tf",
}


def links(*changes: dict[str, Any]) -> Parsed:
    content = json.dumps([{**WALKS, **change} for change in changes])
    return read(Document.of("file:///pages/links-between-papers-and-code.json", content.encode()))


def test_sample() -> None:
    parsed = read(sample("pwc_links.json"))
    assert (parsed.format, parsed.problems, parsed.line_count, parsed.claimed_line_count) == ("pwc-links", (), 5, 5)
    arxiv = (("arxiv", "2206.04417"),)
    forum = (("openreview", "Mw3k_9dFern"),)
    crossed = "Contrastive Learning with Crossed Views"
    assert parsed.records == (
        PaperRecord(
            crossed,
            2,
            13,
            identifiers=arxiv,
            links=(StatedLink("repo_url", "https://github.com/lanternworks/crossview", "own"),),
            path="[0]",
        ),
        PaperRecord(
            crossed,
            14,
            25,
            identifiers=arxiv,
            links=(StatedLink("repo_url", "https://github.com/openquarry/all-the-views", "other"),),
            path="[1]",
        ),
        PaperRecord(
            "Counting Moss from Orbit",
            26,
            37,
            identifiers=(("acl", "2021.mossnlp-1.4"),),
            links=(StatedLink("repo_url", "https://gitlab.com/mossbank/orbit", "own"),),
            path="[2]",
        ),
        PaperRecord(
            "A Field Guide to Gradients",
            38,
            49,
            identifiers=forum,
            links=(StatedLink("repo_url", "https://github.com/hedgerow/gradients/tree/main/guide", None),),
            path="[3]",
        ),
        PaperRecord("A Field Guide to Gradients", 50, 61, identifiers=forum, path="[4]"),
    )


def test_one_record_per_line() -> None:
    content = "".join(json.dumps({**WALKS, "paper_title": title}) + "\n" for title in ("Walks", "Runs"))
    parsed = read(Document.of("file:///pages/links.jsonl", content.encode()))
    assert [(paper.title, paper.path, paper.line_start) for paper in parsed.records] == [
        ("Walks", "[0]", 1),
        ("Runs", "[1]", 2),
    ]


@pytest.mark.parametrize("title", [None, "", " \n"])
def test_a_link_without_a_title_is_lost_and_reported(title: str | None) -> None:
    parsed = links({}, {"paper_title": title}, {"paper_title": "Runs"})
    assert [paper.title for paper in parsed.records] == ["Walks at Dawn", "Runs"]
    assert parsed.problems == (
        Problem(
            1,
            "https://github.com/mossbank/walks",
            "[1].paper_title: no title to find the paper by; the link is left out",
            "[1]",
            is_lost=True,
        ),
    )
    assert (parsed.line_count, parsed.claimed_line_count) == (3, 2)


def test_a_link_that_does_not_fit_is_reported_with_its_path() -> None:
    parsed = links({}, {"is_official": 7}, {"repo_url": ["https://github.com/a/b"]})
    assert [problem.problem for problem in parsed.problems] == [
        "[1].is_official: expected true or false or text or nothing, got a number",
        "[2].repo_url: expected text or nothing, got a list",
    ]


def test_missing_fields_are_accepted() -> None:
    content = json.dumps([{"paper_title": "Walks", "repo_url": "https://github.com/mossbank/walks"}])
    parsed = read(Document.of("file:///pages/links.json", content.encode()))
    assert (len(parsed.records), parsed.problems) == (1, ())


def test_other_json_is_not_recognised() -> None:
    for name in ("pwc_papers.json", "arxiv_snapshot.json"):
        assert recognise(sample(name)).NAME != "pwc-links"
