import json
from pathlib import Path

import pytest

from benchmarks.accuracy import authors, editions, links, papers, times
from benchmarks.accuracy.__main__ import main
from benchmarks.accuracy.measures import Error, Result, Score, Share, wilson
from benchmarks.accuracy.pages import LabelledPage
from benchmarks.accuracy.printing import lines
from benchmarks.accuracy.sources import Source, Statement, second_statements, statements
from programme.loaders.documents import Document
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS
from programme.loaders.store.facts import document_facts

PAGE = """\
Session

Kilns 1

Moderator: Ada Quill

Abstract:

Chat is not available.

Tue 20 July 7:00 - 7:20 PDT

Oral
Glazes of Kilns

Ada Quill · Bo Renn

We glaze. Code: https://github.com/kiln/glaze.

Tue 20 July 7:20 - 7:25 PDT

Q&A
Q&A
"""
BIBTEX = "@inproceedings{q22,\n title = {Glazes of {K}ilns},\n author = {Quill, Ada and Renn, B.},\n year = {2022}\n}"
LISTED = [
    {
        "title": "Glazes of Kilns",
        "author": "Ada Quill;Bo Renn",
        "author_site": "Ada Quill, Bo R Renn",
        "status": "Oral",
        "track": "main",
        "site": "https://openreview.net/forum?id=abcdef1",
        "aff": "",
        "bibtex": BIBTEX,
    },
    {
        "title": "Glazes of Kilns",
        "author": "Ada Quill;Cy Roe",
        "author_site": "",
        "status": "Poster",
        "track": "main",
        "site": "https://openreview.net/forum?id=abcdef2",
        "aff": "",
        "bibtex": "",
    },
]


def source(name: str, content: str) -> Source:
    document = Document.of(name, content.encode())
    return Source(name, document, document_facts(read(document), NO_HINTS))


def stated(*documents: Source) -> list[Statement]:
    return [one for document in documents for one in (*statements(document), *second_statements(document))]


def rounded(numbers: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(number, 4) for number in numbers)


def test_wilson_intervals_are_those_of_the_formula() -> None:
    # z = 1.96: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), worked by hand.
    assert rounded(wilson(10, 10)) == (0.7225, 1)
    assert rounded(wilson(1, 2)) == (0.0945, 0.9055)
    assert rounded(wilson(0, 4)) == (0, 0.4899)


def test_f1_and_its_interval_come_from_the_overlap() -> None:
    score = Score(found=1, extra=1, missed=0)
    assert (score.precision, score.recall) == (Share(1, 2), Share(1, 1))
    assert rounded((score.f1, *score.f1_interval)) == (0.6667, 0.1727, 0.9504)


def test_links_are_judged_by_host_and_role() -> None:
    row = {"id": "a", "title": "T", "certain": True}
    result = Result("links")
    rows = [
        row
        | {"abstract": "Code: https://github.com/kiln/glaze.", "repositories": [["github.com", "Kiln/Glaze", "own"]]},
        row | {"abstract": "Code: gitlab.com/kiln/oven.", "repositories": [["github.com", "kiln/oven", "own"]]},
        row
        | {"abstract": "Built on https://github.com/x/y by others.", "repositories": [["github.com", "x/y", "own"]]},
        row | {"abstract": "No code.", "repositories": []},
        row | {"abstract": "No code.", "repositories": [["github.com", "a/b", "own"]], "certain": False},
    ]
    links.judge(result, rows)
    assert result.scores[links.CERTAIN] == Score(found=2, extra=1, missed=1)
    assert result.scores["github.com"] == Score(found=2, missed=1)
    assert result.scores["gitlab.com"] == Score(extra=1)
    assert result.scores[links.UNCERTAIN] == Score(missed=1)
    assert result.shares == {"role": Share(1, 2), "no link where none is stated": Share(1, 1)}
    assert [error.kind for error in result.errors] == ["missed", "extra", "role", "missed, label uncertain"]
    assert [goal.is_met for goal in result.goals] == [False, False, False]


def test_papers_are_judged_by_their_identifiers() -> None:
    listed = source("list/kilns2022.json", json.dumps(LISTED))
    copied = source(
        "list/copy.json", json.dumps([{**LISTED[0], "title": "Oven Glazes", "bibtex": "", "author_site": ""}])
    )
    result = papers.judge(stated(listed, copied))
    # The first record's three columns are one paper; half of the second record's authors are the first's, so that
    # it joins all three; the copy has another title and is joined to none of the three by title.
    assert result.scores[papers.TOTAL] == Score(found=3, extra=1, missed=2)
    assert result.scores[papers.WITHIN] == Score(extra=1)
    assert result.numbers == {"joined pairs without a judge": "1"}
    assert result.shares == {
        "joined of those that share an identifier, which is hidden": Share(1, 3),
        "joined when identifiers are shown": Share(5, 5),
        "contradictory pairs kept apart when identifiers are shown": Share(2, 2),
    }
    assert "'Oven Glazes' by Ada Quill, Bo Renn" in next(
        e.text for e in result.errors if e.kind.startswith("not joined")
    )


def test_an_entry_that_cannot_be_read_is_counted(tmp_path: Path) -> None:
    (tmp_path / "kilns2022.json").write_text(json.dumps([{**LISTED[0], "bibtex": "@inproceedings{q22, title = {Gl"}]))
    assert papers.papers([tmp_path]).numbers["BibTeX entries that were not read"] == "1"


def test_names_are_compared_byline_by_byline(tmp_path: Path) -> None:
    (tmp_path / "kilns2022.json").write_text(json.dumps(LISTED))
    result = authors.authors([tmp_path])
    assert result.scores[authors.TOTAL] == Score(found=2, extra=2, missed=2)
    assert sorted((error.kind, error.text) for error in result.errors) == [
        ("a middle name", "Bo Renn / Bo R Renn"),
        ("initials", "Bo Renn / Renn, B."),
    ]
    assert result.goals[0].is_met


def test_names_that_differ_by_spelling_alone_miss_the_goal() -> None:
    result = authors.judge([authors.Bylines("s", "r", ("Ann Lee", "Bo Wu"), ("AnnLee", "Bo Wu", "Cy Roe"))])
    assert result.scores[authors.TOTAL] == Score(found=1, extra=2, missed=1)
    assert not result.goals[0].is_met
    assert {error.kind for error in result.errors} == {authors.SPELLING, "in one byline alone"}


def test_anthology_names_are_read_in_both_orders(samples: Path) -> None:
    assert authors.authors([samples / "acl_anthology.xml"]).scores[authors.TOTAL] == Score(found=3)


def page(starts_at: str) -> LabelledPage:
    slot = {"kind": "Oral", "starts_at": starts_at, "ends_at": "2021-07-20T14:20:00Z"}
    questions = {"kind": "Q&A", "starts_at": "2021-07-20T14:20:00Z", "ends_at": "2021-07-20T14:25:00Z"}
    paper = {"title": "Glazes of Kilns", "repositories": ["github.com/kiln/glaze"]}
    labels = {"venue": "icml", "year": 2021, "slots": [slot | {"paper": paper}, questions]}
    return LabelledPage("page.txt", labels, source("page.txt", PAGE).facts)


def test_instants_of_labelled_slots() -> None:
    right, wrong = Result("times"), Result("times")
    times.judge_page(right, page("2021-07-20T14:00:00Z"))
    times.judge_page(wrong, page("2021-07-20T15:00:00Z"))
    assert right.scores == {times.LABELLED: Score(found=4)}
    assert wrong.scores == {times.LABELLED: Score(found=3, extra=1, missed=1)}
    assert wrong.errors[0] == Error("instant missed", "page.txt", "Glazes of Kilns · Oral · 2021-07-20T15:00:00Z")


def test_printed_times_are_checked_against_what_is_printed_with_them() -> None:
    result = Result("times")
    times.judge_printed(result, [source("page.txt", PAGE)])
    assert result.shares == dict.fromkeys((times.INSTANTS, times.WEEKDAYS, times.DATES), Share(2, 2))


def test_editions_and_links_of_labelled_pages() -> None:
    result = Result("editions")
    editions.judge_page(result, page("2021-07-20T14:00:00Z"))
    links.judge_page(result, page("2021-07-20T14:00:00Z"))
    assert result.scores == {editions.LABELLED: Score(found=1), "page page.txt": Score(found=1)}


def test_editions_of_documents_named_after_one() -> None:
    result = Result("editions")
    editions.judge_named(result, source("icml2022.txt", PAGE))
    editions.judge_named(result, source("unnamed.txt", PAGE))
    assert result.scores[editions.NAMED] == Score(extra=1, missed=1)
    assert result.errors[0].text == "icml-2022 is stated, icml-2021 was read"


def test_every_error_is_printed_when_asked() -> None:
    result = Result("links", scores={"all": Score(1, 2, 0)}, errors=[Error("extra", f"p{n}", "a\nb") for n in range(2)])
    assert "- p1: a b" in list(lines(result, None))
    assert "- … and 1 more (`--errors all`)" in list(lines(result, 1))
    assert "| all | 0.3333 (0.061–0.792) | 1.0000 (0.207–1.000) | 0.5000 (0.116–0.884) | 1 | 2 | 0 |" in list(
        lines(result, 0)
    )


def test_truth_files_choose_their_tasks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "id": "a",
        "title": "T",
        "certain": True,
        "abstract": "Nothing.",
        "repositories": [["github.com", "a/b", "own"]],
    }
    truth = tmp_path / "kept.jsonl"
    truth.write_text(json.dumps(row) + "\n")
    monkeypatch.setattr("sys.argv", ["accuracy", "--truth", str(truth), "--folder", str(tmp_path), "--errors", "all"])
    main()
    printed = capsys.readouterr().out
    assert "## links" in printed
    assert "## papers" not in printed
    assert "- a: github.com/a/b in: …Nothing.…" in printed


def test_an_unknown_task_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["accuracy", "lynx"])
    with pytest.raises(SystemExit):
        main()
    assert "no task is called lynx; there are: links, papers, authors, times, editions" in capsys.readouterr().err


def test_links_reach_their_goals_on_labelled_abstracts(shared: Path) -> None:
    result = links.links(folders=[shared / "corpus" / "papercopilot" / "colm2025.json"])
    assert [goal for goal in result.goals if not goal.is_met] == []
    listing = next(score for group, score in result.scores.items() if group.startswith("page 002"))
    assert listing == Score(found=13)
    assert sum(score.extra + score.missed for group, score in result.scores.items() if group.startswith("page")) == 0
