"""The report of `loader ingest` and `loader check`: documents, problems and totals."""

import json

import pytest

from programme.cli.report import Progress, Report, document_line, outcome_json, problem_lines
from programme.loaders.records import Problem
from programme.loaders.store.ingest import Outcome


def lines(*problems: Problem, status: str = "loaded") -> list[str]:
    return list(problem_lines(Outcome("https://x.test/a.json", status, problems=problems)))


def test_a_problem_shows_its_line_path_and_text() -> None:
    assert lines(
        Problem(12, "PDTT", "no such zone"),
        Problem(None, "", "has no 'title'", "results[3]"),
        Problem(7, "{", "not JSON here; this record is left out", "results[4]", is_lost=True),
        Problem(9, "", "results[5].name: expected text, got a number", "results[5]", is_lost=True),
    ) == [
        "https://x.test/a.json, line 12: no such zone (PDTT)",
        "https://x.test/a.json, results[3]: has no 'title'",
        "https://x.test/a.json, line 7, results[4]: not JSON here; this record is left out ({)",
        "https://x.test/a.json, line 9: results[5].name: expected text, got a number",
    ]
    assert lines(Problem(None, "", "empty"), status="refused") == ["https://x.test/a.json: refused: empty"]


def test_the_first_twenty_problems_are_shown() -> None:
    found = lines(*(Problem(number, "", "odd") for number in range(1, 1026)))
    assert len(found) == 21
    assert found[19] == "https://x.test/a.json, line 20: odd"
    assert found[20] == "https://x.test/a.json: … and 1,005 more; `loader check --json` lists them"
    assert len(lines(*(Problem(number, "", "odd") for number in range(1, 21)))) == 20


def test_json_lists_every_problem_with_its_path() -> None:
    problems = tuple(Problem(number, "text", "odd", f"[{number}]") for number in range(1, 31))
    stated = outcome_json(Outcome("stdin:", "loaded", problems=problems))["problems"]
    assert len(stated) == 30
    assert stated[0] == {"line": 1, "path": "[1]", "text": "text", "problem": "odd"}


def test_long_text_is_cut() -> None:
    (line,) = lines(Problem(1, "x" * 100, "odd"))
    assert line.endswith(f"odd ({'x' * 59}…)")


def test_a_document_that_is_partly_read() -> None:
    outcome = Outcome("stdin:", "loaded", format="bibtex", records={"papers": 1, "slots": 2}, coverage=0.5)
    assert document_line(outcome) == "standard input: bibtex, 2 slots, 1 paper, 50.0% of its lines read"


def test_exit_status_and_totals(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome("stdin:", "loaded", format="bibtex", records={"papers": 2}), Outcome("x:", "unchanged")]
    report = Report(as_json=False)
    report.follow(iter(outcomes), Progress(lambda: None))
    assert report.finish() == 0
    assert capsys.readouterr().out == (
        "standard input: bibtex, 2 papers\nx:: unchanged\n1 readable, 1 unchanged: 2 mentions of papers\n"
    )
    report.follow(iter([Outcome("y:", "refused", problems=(Problem(None, "", "empty"),))]), Progress(lambda: None))
    assert report.finish() == 1
    assert report.finish(is_interrupted=True) == 130
    assert capsys.readouterr().err == (
        "y:: refused: empty\ninterrupted: 2 documents are checked; run the same command again to continue\n"
    )


def test_json_totals(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(as_json=True)
    report.follow(iter([Outcome("stdin:", "loaded", records={"papers": 2})]), Progress(lambda: None))
    report.finish()
    said = json.loads(capsys.readouterr().out)
    assert said["totals"] == {"loaded": 1, "documents": 1, "problems": 0, "records": {"papers": 2}}
    assert [found["uri"] for found in said["documents"]] == ["stdin:"]


def test_after_a_load_the_rows_of_the_database_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"papers": 1, "authors": 0, "slots": 1_200}
    for as_json in (False, True):
        report = Report(as_json=as_json, database="some.db", count_rows=lambda: counts)
        report.follow(iter([Outcome("stdin:", "loaded", format="bibtex", records={"papers": 2})]), Progress(lambda: 1))
        assert report.finish() == 0
    *_, totals, database, as_text = capsys.readouterr().out.splitlines()
    assert totals == "1 loaded: 2 mentions of papers"
    assert database == "some.db now holds 1 paper, 1,200 slots"
    assert json.loads(as_text)["totals"]["database"] == counts


def test_a_refused_document_is_reported_once(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.follow(iter([Outcome("y:", "refused", problems=(Problem(None, "", "empty"),))]), Progress(lambda: None))
    report.finish()
    out, error = capsys.readouterr()
    assert (out, error) == ("1 refused; 1 problem\n", "y:: refused: empty\n")
