"""Builds workbooks and Parquet files for tests; of XML as little as a spreadsheet program accepts."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb

from tests.documents.helpers import zipped

Cell = str | float | None

DAY, CLOCK, DAY_AND_CLOCK = 1, 2, 3
"""Styles of cells that are numbers in the file: the built-in formats of dates, clock times, and both."""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 14, 20, 22))


def sheet(rows: Sequence[Sequence[Cell | tuple[float, int]]], merged: Sequence[str] = ()) -> str:
    """Return the XML of a sheet; a cell of two is a number with its style."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for at, value in enumerate(row):
            place = f"{chr(ord('A') + at)}{number}"
            if isinstance(value, str):
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif isinstance(value, tuple):
                cells.append(f'<c r="{place}" s="{value[1]}"><v>{value[0]}</v></c>')
            elif value is not None:
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    ending = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData>{ending}</worksheet>"


def workbook(sheets: dict[str, str], hidden: Sequence[str] = ()) -> bytes:
    """Return the bytes of a workbook with these sheets."""
    numbered = list(enumerate(sheets.items(), 1))
    states = dict.fromkeys(hidden, ' state="hidden"')
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}"{states.get(name, "")}/>'
        for number, (name, _) in numbered
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    relations += f'<Relationship Id="r99" Type="{_RELATED}/styles" Target="styles.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATED}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "xl/styles.xml": f'<styleSheet {_MAIN}><cellXfs count="4">{_STYLES}</cellXfs></styleSheet>',
    }
    members |= {f"xl/worksheets/sheet{number}.xml": xml for number, (_, xml) in numbered}
    return zipped(*((name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode()) for name, xml in members.items()))


def table(select: str = "SELECT 'Moss' AS title, ['Ada Quill', 'Bo Marsh'] AS authors FROM range(3)") -> bytes:
    """Return a Parquet file with the rows of a query."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        duckdb.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()
