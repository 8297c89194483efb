"""What a curated query names is taken along: references, calendars, feeds and workbooks."""

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
from python_calamine import CalamineWorkbook

from programme.engines import run_query
from programme.exceptions import StoreError
from programme.export.bibtex import Citation
from programme.export.references import csl, ris
from programme.export.text_files import write_references
from programme.export.writing import ExportOptions, write
from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.export.test_bibtex import formed

ICML = {"edition": "icml-2022"}
JOURNAL = Citation(
    "9f31c2aa00000000",
    "Nets & Trees",
    ("Ada Peel Quill", "Fen Lights", "Bo de la Cruz", "Cy Wu, Jr.", "Mononym"),
    "Journal of Nets",
    2021,
    (("arxiv", "2103.00020"), ("doi", "10.1/a")),
    "https://github.com/ada/nets",
    is_journal=True,
    has_more_authors=True,
    spellings=("Peel Quill, Ada", "{Fen Lights}", "Bo de la Cruz", "Cy Wu, Jr.", "Mononym"),
)


def exported(database: str, format: str, file: Path, query: str, **values: Any) -> str:
    write(database, ExportOptions(format, str(file), query=query, parameters=values))
    return file.read_text(encoding="utf-8")


def test_a_paper_in_ris_says_all_that_is_known() -> None:
    assert "".join(ris([JOURNAL])).splitlines() == [
        "TY  - JOUR",
        "ID  - quill2021nets-9f31c2",
        "TI  - Nets & Trees",
        "AU  - Peel Quill, Ada",
        "AU  - Fen Lights",
        "AU  - de la Cruz, Bo",
        "AU  - Wu, Cy, Jr.",
        "AU  - Mononym",
        "AU  - others",
        "T2  - Journal of Nets",
        "PY  - 2021",
        "DO  - 10.1/a",
        "UR  - https://arxiv.org/abs/2103.00020",
        "N1  - Code: https://github.com/ada/nets",
        "ER  - ",
        "",
    ]


def test_a_paper_in_csl_json_says_all_that_is_known() -> None:
    (item,) = json.loads("".join(csl([JOURNAL])))
    assert item == {
        "id": "quill2021nets-9f31c2",
        "type": "article-journal",
        "title": "Nets & Trees",
        "author": [
            {"family": "Peel Quill", "given": "Ada"},
            {"literal": "Fen Lights"},
            {"family": "de la Cruz", "given": "Bo"},
            {"family": "Wu", "given": "Cy", "suffix": "Jr."},
            {"family": "Mononym"},
            {"literal": "others"},
        ],
        "container-title": "Journal of Nets",
        "issued": {"date-parts": [[2021]]},
        "DOI": "10.1/a",
        "URL": "https://arxiv.org/abs/2103.00020",
        "note": "Code: https://github.com/ada/nets",
    }


@pytest.mark.parametrize(("form", "format", "ending"), [("ris", "ris", "ris"), ("csl-json", "csl", "json")])
def test_every_paper_is_read_back(samples_sqlite: str, tmp_path: Path, form: str, format: str, ending: str) -> None:
    file = tmp_path / f"all.{ending}"
    count = write_references(samples_sqlite, file, form)
    again = open_database(tmp_path / "again.db", create=True)
    (outcome,) = ingest(again, documents_from([str(file)]))
    assert (outcome.status, outcome.format, outcome.problems) == ("loaded", format, ())
    before = open_database(samples_sqlite)
    assert len(again.query("SELECT id FROM papers")) == count
    assert formed(again) == formed(before)
    coded = "SELECT DISTINCT title FROM papers JOIN repo_links ON papers.id = paper_id WHERE role = 'own'"
    assert sorted(again.query(coded)) == sorted(before.query(coded))


def test_the_papers_of_a_query_come_in_its_order(sampled: str, tmp_path: Path) -> None:
    columns, rows = run_query(sampled, "papers_of_edition", ICML)
    titles = list(dict.fromkeys(row[columns.index("title")] for row in rows))
    items = json.loads(exported(sampled, "csl-json", tmp_path / "a.json", "papers_of_edition", **ICML))
    assert [item["title"] for item in items] == titles
    assert exported(sampled, "bibtex", tmp_path / "a.bib", "papers_of_edition", **ICML).count("\n@") == len(titles) - 1
    feed = ElementTree.fromstring(exported(sampled, "atom", tmp_path / "a.atom", "papers_of_edition", **ICML))  # noqa: S314
    assert [entry.text for entry in feed.findall("{*}entry/{*}title")] == titles


def test_the_slots_of_a_query_keep_the_names_of_their_events(sampled: str, tmp_path: Path) -> None:
    write(sampled, ExportOptions("ics", str(tmp_path / "all.ics"), edition="icml-2022"))
    every = names(tmp_path / "all.ics")
    for query, values in (("sessions_of_edition", ICML), ("papers_of_edition", {**ICML, "kind": "oral"})):
        exported(sampled, "ics", tmp_path / f"{query}.ics", query, **values)
        chosen = names(tmp_path / f"{query}.ics")
        assert chosen
        assert chosen.items() <= every.items()


def names(file: Path) -> dict[str, str]:
    """Return the titles of the events of a calendar by their UIDs."""
    parsed = icalendar.Calendar.from_ical(file.read_bytes())
    return {str(event["UID"]): str(event["SUMMARY"]) for event in parsed.walk("VEVENT")}


def test_a_query_that_names_nothing_is_refused_with_the_reason(samples_sqlite: str, tmp_path: Path) -> None:
    for form, problem in (("bibtex", "no column paper_key"), ("ics", "no column session_key or paper_key")):
        with pytest.raises(StoreError, match=f"code_share_by_year name no .*{problem}"):
            exported(samples_sqlite, form, tmp_path / "a", "code_share_by_year")
    assert list(tmp_path.iterdir()) == []


def test_a_view_is_exported_by_its_columns(samples_sqlite: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    by_year = exported(samples_sqlite, "csv", file, "papers_overview", first_year="2022", has_code="1")
    _, rows = run_query(samples_sqlite, "papers_overview", {})
    columns, chosen = run_query(samples_sqlite, "papers_overview", {"first_year": "2022", "has_code": "1"})
    assert {(row[columns.index("first_year")], row[columns.index("has_code")]) for row in chosen} == {(2022, 1)}
    assert len(list(csv.reader(by_year.splitlines()))) == len(chosen) + 1 < len(rows)
    assert exported(samples_sqlite, "bibtex", tmp_path / "a.bib", "papers_overview", first_year="2022").count("@") > 0


def test_a_selection_without_papers_is_an_empty_file(samples_sqlite: str, tmp_path: Path) -> None:
    nothing = {"q": "nothing so named"}
    assert exported(samples_sqlite, "bibtex", tmp_path / "a.bib", "search_papers", **nothing) == ""
    assert json.loads(exported(samples_sqlite, "csl-json", tmp_path / "a.json", "search_papers", **nothing)) == []
    assert "VEVENT" not in exported(samples_sqlite, "ics", tmp_path / "a.ics", "search_papers", **nothing)


def test_entries_link_to_the_site(samples_sqlite: str, tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    site = "https://p.example/site"
    write(samples_sqlite, ExportOptions("ics", str(file), query="papers_of_edition", parameters=ICML, site=site))
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert events
    for event in events:
        assert str(event["URL"]).startswith((f"{site}/paper/", f"{site}/session/"))
        assert str(event["DESCRIPTION"]).splitlines()[-1] == str(event["URL"])


def test_a_workbook_holds_the_rows_as_they_are(sampled: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write(sampled, ExportOptions("xlsx", str(file), query="papers_of_edition", parameters=ICML))
    columns, rows = run_query(sampled, "papers_of_edition", ICML)
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert sheet == [columns, *[["" if value is None else value for value in row] for row in rows]]


def test_a_calendar_has_its_name_on_one_line(sampled: str, tmp_path: Path) -> None:
    text = exported(sampled, "ics", tmp_path / "a.ics", "papers_of_edition", q="contrastive\nlearning", **ICML)
    (calendar,) = icalendar.Calendar.from_ical(text, multiple=True)
    assert str(calendar["name"]) == "Papers of an edition: contrastive learning, icml-2022"
