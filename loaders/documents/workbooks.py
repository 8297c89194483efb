"""The sheets of an Excel workbook (XLSX), each as the CSV that a spreadsheet program would save.

A document is text: its lines can be shown, read again and cleared of contact data. So a workbook is an archive of
tables.
"""

import csv
import io
from collections.abc import Callable, Generator, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from programme.loaders.documents.archives import Member, UnreadableError
from programme.loaders.documents.limits import MB, Limits, format_size
from programme.patterns import lazy_pattern

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_UNPACKED_BYTES = 512 * MB
"""A workbook is held in memory as a whole; one of so many bytes of XML has a million rows."""

MAX_CELLS = 4_000_000
"""Cells of a sheet, empty ones up to the last row and column included, for which the library reserves memory."""

_PLACE = lazy_pattern(rb"""<(?:\w+:)?(?:c|row)\b[^<>]{0,200}?\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_OVERLAP_BYTES = 256
Range = tuple[tuple[int, int], tuple[int, int]]
"""The row and the column of the first and of the last cell."""

_MIDNIGHT = time(0)


def sheets(reopen: Callable[[], BinaryIO], limits: Limits) -> Iterator[Member]:
    """Yield each sheet as a member; hidden and empty ones are skipped. Raises UnreadableError."""
    _check_size(reopen)
    with reopen() as file:
        content = file.read(limits.held + 1)
    if len(content) > limits.held:
        size = format_size(limits.held)
        raise UnreadableError(f"a workbook of more than {size}; save each sheet as CSV and name these files")
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book: CalamineWorkbook = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        is_hidden = sheet.visible != SheetVisibleEnum.Visible
        text = b"" if is_hidden else _csv(*_guarded(partial(_cells, book, sheet.name)))
        name = sheet.name.replace("/", "_").strip() or "sheet"
        if is_hidden or not text.strip():
            yield Member(name, is_skipped=True)
        else:
            yield Member(name, blocks=_blocks(text), reopen=partial(io.BytesIO, text))


def _check_size(reopen: Callable[[], BinaryIO]) -> None:
    """Unpack the members once, since the library that reads sheets has no limits; raises UnreadableError."""
    import zipfile

    size = 0
    with reopen() as file, zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            rows = columns = 0
            end = b""
            with archive.open(info) as stream:
                while block := stream.read(MB):
                    size += len(block)
                    for column, row in _PLACE.findall(end + block):
                        rows, columns = max(rows, int(row)), max(columns, _number_of(column))
                    end = block[-_OVERLAP_BYTES:]
                    if size > MAX_UNPACKED_BYTES or rows * columns > MAX_CELLS:
                        limits = f"{format_size(MAX_UNPACKED_BYTES)} or {MAX_CELLS:,} cells"
                        raise UnreadableError(f"a workbook of more than {limits}; save each sheet as CSV")


def _number_of(column: bytes) -> int:
    """Return the number of a column.

    >>> _number_of(b"A"), _number_of(b"XFD"), _number_of(b"")
    (1, 16384, 0)
    """
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number


def _guarded(read: Callable[[], Any]) -> Any:
    """Call the library, which is in Rust: a panic of it is no Exception."""
    try:
        return read()
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise UnreadableError(f"damaged workbook: {str(error) or type(error).__name__}") from None
        raise


def _cells(book: "CalamineWorkbook", name: str) -> tuple[list[list[Any]], list[Range]]:
    """Return the rows of a sheet from its first cell on, and which of its cells are merged."""
    sheet = book.get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or []


def _csv(rows: list[list[Any]], merged: list[Range]) -> bytes:
    """Return a sheet as CSV with a line for each row, blank ones included, so that lines have the numbers of rows."""
    for (first, left), (last, right) in merged:
        # A cell that is merged with those below holds for all of these rows, such as the session of its papers.
        if left == right and last < len(rows) and left < len(rows[first]):
            for row in rows[first + 1 : last + 1]:
                row[left] = rows[first][left]
    width = max((at for row in rows for at, value in enumerate(row, 1) if value not in ("", None)), default=0)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for row in rows:
        cells = [_cell(value) for value in row[:width]]
        if any(cells):
            writer.writerow(cells)
        else:
            written.write("\n")
    return written.getvalue().encode(errors="replace")


def _cell(value: Any) -> str:
    """Return a cell as text.

    >>> _cell(7.0), _cell(0.5), _cell(datetime(2024, 3, 18)), _cell(datetime(2024, 3, 18, 9, 30)), _cell(time(9, 30))
    ('7', '0.5', '2024-03-18', '2024-03-18 09:30', '09:30')
    >>> _cell(timedelta(hours=9, minutes=30)), _cell(True), _cell(" Moss "), _cell(None)
    ('9:30', 'true', 'Moss', '')
    """
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else f"{value.date()} {_clock(value.time())}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return "" if value is None else str(value)


def _clock(value: time) -> str:
    # A clock time is a fraction of a day, so half a second may be lost.
    seconds = round(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6)
    hours, minutes, rest = seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")


def _blocks(content: bytes) -> Generator[bytes, None, None]:
    yield content
