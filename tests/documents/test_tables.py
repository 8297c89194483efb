"""Workbooks and Parquet files become tables in text."""

import json
from pathlib import Path

import pytest

from programme.loaders.documents import Document, Limits, documents_from
from programme.loaders.documents.workbooks import MAX_CELLS
from programme.loaders.formats import read as read_document
from programme.loaders.records import PaperRecord, PrintedTime, SessionRecord
from programme.loaders.store.privacy import redact
from tests.documents.helpers import read, zipped
from tests.documents.workbooks import CLOCK, DAY, DAY_AND_CLOCK, sheet, table, workbook

SCHEDULE = sheet(
    [
        ["Talks of the Moss Days"],
        ["Paper Title", "Authors", "Session", "Date", "Start", "End", "Contact E-mail"],
        [
            "Moss, and\nFen",
            "Ada Quill; Bo Marsh",
            "Walks",
            (45369, DAY),
            (0.375, CLOCK),
            (0.395833333, CLOCK),
            "a@b.example",
        ],
        ["Dune", "Cy Vane", None, None, (0.395833333, CLOCK), None, None],
    ],
    merged=["A1:G1", "C3:C4", "D3:D4"],
)


def test_a_sheet_is_a_csv_document(tmp_path: Path) -> None:
    rows = sheet([["Moss", 7, 0.5, (45369.375, DAY_AND_CLOCK)], [], [None, "a,b", (0.375, CLOCK), (45369, DAY)]])
    content = workbook({"Talks/1": rows, "Empty": sheet([]), "Secret": sheet([["x", "y"]])}, hidden=["Secret"])
    assert read(tmp_path, content, "a.xlsx") == [
        'a.xlsx!/Talks_1 = Moss,7,0.5,2024-03-18 09:00\n\n,"a,b",09:00,2024-03-18\n'
    ]


def test_a_sheet_in_an_archive(tmp_path: Path) -> None:
    content = zipped(("a.xlsx", workbook({"One": sheet([["a", "b"]])})))
    assert read(tmp_path, content, "a.zip") == ["a.zip!/a.xlsx!/One = a,b\n"]
    assert "unpack it first" in read(tmp_path, content, "a.zip", limits=Limits(depth=0))[0]


def test_a_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook({"Talks": SCHEDULE}))
    (found,) = documents_from([tmp_path / "a.xlsx"])
    assert isinstance(found, Document)
    parsed = read_document(found)
    (session,) = [record for record in parsed.records if isinstance(record, SessionRecord)]
    times = [slot.time for slot in session.slots if isinstance(slot.time, PrintedTime)]
    assert (session.title, [slot.title for slot in session.slots]) == ("Walks", ["Moss, and Fen", "Dune"])
    assert [(one.day, f"{one.starts:%H:%M}") for one in times] == [(18, "09:00"), (18, "09:30")]
    assert [(one.line, one.text, one.problem) for one in parsed.problems if not one.line or one.line == 1] == [
        (1, "Talks of the Moss Days", "text above the header of the table")
    ]
    assert b"E-mail" in redact(found)
    assert b"a@b" not in redact(found)


def test_a_workbook_too_large_to_hold_is_refused(tmp_path: Path) -> None:
    far = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    (problem,) = read(tmp_path, workbook({"Far": far}))
    assert problem == f"a: a workbook of more than 512 MB or {MAX_CELLS:,} cells; save each sheet as CSV"
    (problem,) = read(tmp_path, workbook({"One": sheet([["a", "b"]])}), limits=Limits(held=100))
    assert problem == "a: a workbook of more than 100 bytes; save each sheet as CSV and name these files"


@pytest.mark.parametrize("held", [32 * 1024 * 1024, 40])
def test_a_parquet_file_is_read_as_json_lines(tmp_path: Path, held: int) -> None:
    columns = "'Moss ' || range AS title, ['Ada Quill'] AS authors, 'x'::BLOB AS blob, 1 AS \"a\"\"b\""
    (tmp_path / "a.parquet").write_bytes(table(f"SELECT {columns} FROM range(2)"))
    (found,) = documents_from([tmp_path / "a.parquet"], limits=Limits(held=held))
    assert isinstance(found, Document)
    rows = [{"title": f"Moss {number}", "authors": ["Ada Quill"], 'a"b': 1} for number in range(2)]
    assert [json.loads(line) for line in "".join(found.chunks()).splitlines()] == rows
    papers = [record for record in read_document(found).records if isinstance(record, PaperRecord)]
    assert [(paper.title, paper.authors) for paper in papers] == [
        ("Moss 0", ("Ada Quill",)),
        ("Moss 1", ("Ada Quill",)),
    ]


def test_a_dump_as_parquet_is_of_the_format_of_its_records(tmp_path: Path) -> None:
    select = "SELECT 'Moss' AS paper_title, 'https://github.com/a/b' AS repo_url, true AS is_official"
    (tmp_path / "a.parquet").write_bytes(table(select))
    (found,) = documents_from([tmp_path / "a.parquet"])
    assert isinstance(found, Document)
    assert read_document(found).format == "pwc-links"


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, table()[:-9])[0].startswith(
        "a: damaged Parquet file: Invalid Input Error: No magic bytes found"
    )
