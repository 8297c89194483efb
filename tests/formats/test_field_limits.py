"""Fields longer than any real one are cut off, and a problem says so."""

import json

from programme.loaders.formats.field_limits import cut_long_fields
from programme.loaders.records import NO_HINTS, PaperRecord, Problem, SessionRecord, SlotRecord, StatedLink
from programme.loaders.store.readings import job_of, read_job
from tests.formats.pages import document


def test_a_record_within_the_limits_is_the_same_object() -> None:
    record = PaperRecord("Tides", 1, 2, authors=("Ann Lee",), links=(StatedLink("code", "https://github.com/a/b"),))
    assert next(cut_long_fields([record])) is record


def test_every_long_field_is_cut_off_with_a_problem() -> None:
    paper = PaperRecord("T" * 1_001, 3, 4, authors=("Ann Lee", "B" * 501), abstract="a" * 50_001, path="papers[1]")
    cut, *problems = cut_long_fields([paper])
    assert cut == paper._replace(title="T" * 1_000, authors=("Ann Lee", "B" * 500), abstract="a" * 50_000)
    assert problems == [
        Problem(3, "T" * 100, "the title has 1,001 characters; the first 1,000 are loaded", "papers[1]"),
        Problem(3, "B" * 100, "the name of an author has 501 characters; the first 500 are loaded", "papers[1]"),
        Problem(3, "a" * 100, "the abstract has 50,001 characters; the first 50,000 are loaded", "papers[1]"),
    ]


def test_fields_inside_sessions_are_cut_off() -> None:
    paper = PaperRecord("Tides", 3, 3, links=(StatedLink("note", "x" * 50_001),))
    slot = SlotRecord("Tides", "oral", 3, 3, 1, room="r" * 2_001, paper=paper)
    cut, *problems = cut_long_fields([SessionRecord("Water", 1, 1, slots=(slot,))])
    assert isinstance(cut, SessionRecord)
    assert cut.slots[0].room == "r" * 2_000
    assert cut.slots[0].paper == paper._replace(links=(StatedLink("note", "x" * 50_000),))
    assert [problem.problem.split(" has")[0] for problem in problems if isinstance(problem, Problem)] == [
        "the room",
        "the field with links",
    ]


def test_a_document_with_a_long_field_is_loaded() -> None:
    rows = [{"title": "Tides " * 500, "abstract": "We measure tides.", "authors": ["Ann Lee"]}]
    outcome = read_job(job_of(document(json.dumps(rows)), None, NO_HINTS)).outcome
    assert outcome.status == "loaded"
    assert outcome.problems[-1].problem == "the title has 2,999 characters; the first 1,000 are loaded"
