"""Notes of OpenReview: both versions of the API, submissions and replies, editions, ignored fields."""

import json
from typing import Any

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.openreview.notes import sniff
from programme.loaders.records import PaperRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

TITLE = {"title": "Walks at Dawn"}


def note(content: Any, **fields: Any) -> dict[str, Any]:
    return {"id": "w4lks_dawn", "forum": "w4lks_dawn", "signatures": ["~A1"], "content": content, **fields}


def read_notes(*notes: Any) -> Parsed:
    return read(document(json.dumps({"notes": notes})), "openreview-notes")


def paper(**content: Any) -> PaperRecord:
    """Return the paper of one note, which is the same in both versions of the API and has no problems."""
    content = {**TITLE, **content}
    plain = read_notes(note(content))
    wrapped = read_notes(note({name: {"value": value} for name, value in content.items()}))
    (record,) = plain.records
    assert isinstance(record, PaperRecord)
    assert wrapped == plain
    assert plain.problems == ()
    return record


def test_the_sample() -> None:
    parsed = read(sample("openreview_notes_neurips2023.json"))
    prompts, kettles, smell = parsed.records
    assert (parsed.format, parsed.problems, parsed.coverage) == ("openreview-notes", (), 1.0)
    assert prompts == PaperRecord(
        title="Why Do Long Prompts Get Lost in the Middle?",
        line_start=3,
        line_end=27,
        authors=("Severin Achleitner", "Adaeze Nwosu-Grant"),
        abstract="Models overlook facts in the middle of a long prompt.",
        identifiers=(("openreview", "l0ngPr0mpt"),),
        links=(StatedLink("code", "https://github.com/midprompt/valley", "own"),),
        edition=StatedEdition("neurips", 2023),
        raw_kind="oral",
        path="notes[0]",
    )
    assert kettles == PaperRecord(
        title="A Rejected Note on Cold Kettles",
        line_start=35,
        line_end=46,
        authors=("Tomos Carreg",),
        identifiers=(("openreview", "k3ttl3s_99"),),
        raw_kind="Submitted to NeurIPS 2023",
        path="notes[2]",
    )
    assert isinstance(smell, PaperRecord)
    assert (smell.edition, smell.raw_kind) == (StatedEdition("neurips", 2021), "Poster")
    assert smell.identifiers == (("openreview", "SkOdourTr4"), ("arxiv", "2205.01234"))
    assert [(link.field, link.role) for link in smell.links] == [("code", "own"), ("project_page", None)]


def test_nothing_private_is_in_the_records() -> None:
    stated = repr(read(sample("openreview_notes_neurips2023.json")).records)
    assert not any(private in stated for private in ("@", "~", "hill.example", "kiln.example"))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([note(TITLE), note(TITLE)]),
        json.dumps({"count": 2, "notes": [note(TITLE), note(TITLE)]}, indent=2),
        f"{json.dumps(note(TITLE))}\n{json.dumps(note(TITLE))}\n",
    ],
)
def test_lists_answers_and_lines(text: str) -> None:
    parsed = read(document(text))
    assert (parsed.format, [getattr(record, "title", "") for record in parsed.records]) == (
        "openreview-notes",
        ["Walks at Dawn", "Walks at Dawn"],
    )


def test_a_single_note() -> None:
    (record,) = read(document(json.dumps(note(TITLE), indent=1))).records
    assert isinstance(record, PaperRecord)
    assert (record.title, record.line_start) == ("Walks at Dawn", 1)


@pytest.mark.parametrize(
    ("venue_id", "edition"),
    [
        ("ICLR.cc/2023/Conference", ("iclr", 2023)),
        ("ICLR.cc/2017/conference", ("iclr", 2017)),
        ("NeurIPS.cc/2022/Track/Datasets_and_Benchmarks", ("neurips", 2022)),
        ("NeurIPS.cc/2021/Track/Datasets_and_Benchmarks/Round2", ("neurips", 2021)),
        ("NeurIPS.cc/2024/Datasets_and_Benchmarks_Track", ("neurips", 2024)),
        ("ICML.cc/2024/Conference", ("icml", 2024)),
        ("robot-learning.org/CoRL/2023/Conference", ("corl", 2023)),
        ("colmweb.org/COLM/2025/Conference", ("colm", 2025)),
        ("thecvf.com/CVPR/2023/Conference", ("cvpr", 2023)),
        ("auai.org/UAI/2022/Conference", ("uai", 2022)),
        ("EMNLP/2023/Conference", ("emnlp", 2023)),
        ("dblp.org/conf/ICML/2019", ("icml", 2019)),
        ("aclweb.org/ACL/ARR/2023/October", None),
        ("ICLR.cc/2023/Conference/Rejected_Submission", None),
        ("ICLR.cc/2025/Conference/Submission13536", None),
        ("ICLR.cc/2024/Workshop/Re-Align", None),
        ("ICLR.cc/2023/TinyPapers", None),
        ("OpenReview.net/Archive", None),
        ("TMLR", None),
    ],
)
def test_the_venue_id_decides_the_edition(venue_id: str, edition: tuple[str, int] | None) -> None:
    found = paper(venueid=venue_id, _bibtex="@inproceedings{a, booktitle={ICML}, year={1999}}")
    assert found.edition == (StatedEdition(*edition) if edition else None)


@pytest.mark.parametrize(
    ("content", "edition", "kind"),
    [
        ({"venue": "ICLR 2023 notable top 5%"}, ("iclr", 2023), "notable top 5%"),
        ({"venue": "ICLR 2024"}, ("iclr", 2024), None),
        ({"venue": "Submitted to ICLR 2024", "venueid": "ICLR.cc/2024/Conference"}, None, "Submitted to ICLR 2024"),
        ({"venue": "ICLR 2026 Conference Withdrawn Submission"}, None, "Conference Withdrawn Submission"),
        ({"venue": "Accepted by TMLR", "venueid": "TMLR"}, None, None),
        ({"_bibtex": "@inproceedings{a,\nbooktitle={International Conference on Learning Representations},\n"
                     "year={2019},\n}"}, ("iclr", 2019), None),
        ({"_bibtex": "@misc{a,\ntitle={Walks},\nyear={2019},\n}"}, None, None),
    ],
)  # fmt: skip
def test_editions_and_kinds_of_notes(
    content: dict[str, Any], edition: tuple[str, int] | None, kind: str | None
) -> None:
    found = paper(**content)
    assert (found.edition, found.raw_kind) == (StatedEdition(*edition) if edition else None, kind)


def test_replies_are_ignored() -> None:
    review = note({"title": "Weak accept", "review": "…"}, id="r3view_1", replyto="w4lks_dawn")
    decision = note({"decision": "Accept (Poster)"}, id="d3cision", forum="w4lks_dawn")
    comment = note({"comment": "Thanks"}, id="c0mment", forum="c0mment")
    parsed = read_notes(review, note(TITLE), decision, comment)
    assert [record.path for record in parsed.records] == ["notes[1]"]
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    with pytest.raises(MalformedDocument, match="no submission among these notes"):
        read_notes(review, decision)


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (["Ada Quill", " Bo Renn "], ("Ada Quill", "Bo Renn")),
        (["Anonymous"], ()),
        ("Ada Quill and Bo Renn", ("Ada Quill", "Bo Renn")),
        ([{"fullname": "Ada Quill", "username": "~Ada_Quill1"}, {"name": "Bo Renn"}, {}], ("Ada Quill", "Bo Renn")),
        (None, ()),
    ],
)
def test_authors(authors: Any, names: tuple[str, ...]) -> None:
    assert paper(authors=authors, authorids=["ada@example.org"]).authors == names


def test_links_that_are_attachments_or_not_text() -> None:
    assert paper(supplementary_material="/attachment/4e5f.zip", code="").links == ()
    parsed = read_notes(note({**TITLE, "code": True, "project_page": "https://walks.example"}))
    (problem,) = parsed.problems
    assert (problem.problem, problem.path, problem.is_lost) == (
        "notes[0].content.code: expected text with URLs, got True; it is not loaded",
        "notes[0]",
        False,
    )
    (record,) = parsed.records
    assert isinstance(record, PaperRecord)
    assert record.links == (StatedLink("project_page", "https://walks.example"),)


def test_a_bad_note_does_not_affect_others() -> None:
    parsed = read_notes(
        note({"title": 7}), note(None), note({"authors": ["Ada Quill"]}), note({**TITLE, "authors": [4]}), note(TITLE)
    )
    assert [problem.problem for problem in parsed.problems] == [
        "notes[0].content.title: expected text or nothing, got a number",
        "notes[1].content: expected an object, got nothing",
        "notes[2].content.title: expected the title of a submission, got none; this record is left out",
        "notes[3].content.authors[0]: expected text or an object, got a number",
    ]
    assert [record.path for record in parsed.records] == ["notes[4]"]
    assert (parsed.line_count, parsed.claimed_line_count) == (5, 1)


def test_other_documents_are_not_recognised() -> None:
    for other in ({"content": {"title": "A"}}, {"forum": "a", "title": "A"}):
        assert sniff(document(json.dumps([other]))).confidence < 0.5
