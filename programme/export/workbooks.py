"""Excel workbooks of one sheet: rows in, a file out. Text stays text: no cell is a formula, no number is guessed."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from programme.exceptions import StoreError
from programme.patterns import lazy_pattern

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Rows of a sheet, and characters of a cell, that Excel takes."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = lazy_pattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook(file: Path, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows below the names of their columns; raise StoreError where a sheet cannot hold them."""
    if len(rows) >= MAX_ROWS:
        raise StoreError(f"{len(rows):,} rows do not fit into a sheet of {MAX_ROWS:,}; export csv or parquet instead")
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for part, text in _PARTS.items():
            # Without a time, so that the same rows give the same bytes.
            packed.writestr(ZipInfo(part), text.replace("{name}", escape(name[:31])))
        with packed.open(ZipInfo("xl/worksheets/sheet1.xml"), "w") as sheet:
            sheet.writelines(piece.encode() for piece in _sheet(columns, rows))


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    for row in (columns, *rows):
        yield f"<row>{''.join(map(_cell, row))}</row>"
    yield "</sheetData></worksheet>"


def _cell(value: Any) -> str:
    r"""Return a cell; what is neither a number nor a boolean is text.

    >>> _cell(3), _cell(True), _cell(None)
    ('<c><v>3</v></c>', '<c t="b"><v>1</v></c>', '<c/>')
    >>> _cell("=1<2\x00")
    '<c t="inlineStr"><is><t xml:space="preserve">=1&lt;2</t></is></c>'
    """
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    text = _NOT_XML.sub("", str(value))[:MAX_TEXT]
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
