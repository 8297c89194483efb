"""Rows of a query as text: a table for people, JSON, CSV or Markdown for programs and pages."""

import csv
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from programme.exceptions import QueryError
from programme.messages import printable, printable_json
from programme.spreadsheets import guarded

_FORMAT_OF_SUFFIX = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".md": "markdown"}

CELL_LIMITS = (60, 40, 24)
"""Widths to which the cells of a table are cut, in turn, until a row fits on the terminal; narrower ones say little."""

_GAP = "  "


def output_format(form: str | None, output: str | None) -> str:
    """Return the format asked for, or else the one that the name of the output file implies.

    Raises QueryError for Parquet without a file.

    >>> output_format(None, "shares.csv"), output_format(None, None), output_format("json", "rows.txt")
    ('csv', 'table', 'json')
    """
    form = form or (_FORMAT_OF_SUFFIX.get(Path(output).suffix.lower()) if output else None) or "table"
    if form == "parquet" and not output:
        raise QueryError("Parquet is written to a file; name it with `-o FILE`")
    return form


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str, output: str | None) -> None:
    """Print rows, or write them to a file, which is replaced only when they are all written."""
    write_results([(columns, rows)], form, output)


def write_results(
    results: Iterable[tuple[Sequence[str], Iterable[Sequence[Any]]]], form: str, output: str | None
) -> None:
    """Print the rows of several statements one after another, with an empty line between, or write them to a file."""
    if output is None:
        if form in ("csv", "spreadsheet", "json"):
            # Programs read them, whatever the encoding of the terminal.
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        _print_results(results, form, sys.stdout)
        return
    with _output_file(form, output) as out:
        _print_results(results, form, out)


def _print_results(results: Iterable[tuple[Sequence[str], Iterable[Sequence[Any]]]], form: str, out: TextIO) -> None:
    for number, (columns, rows) in enumerate(results):
        if number:
            out.write("\n")
        print_rows(columns, rows, form, out)


@contextmanager
def _output_file(form: str, output: str) -> Iterator[TextIO]:
    from programme.export.files import atomic_path

    newline = "" if form in ("csv", "spreadsheet") else None  # the csv module ends lines itself
    with atomic_path(output, replace=True) as partial, partial.open("w", encoding="utf-8", newline=newline) as out:
        yield out


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str, out: TextIO | None = None) -> None:
    """Print rows as `table`, `json` (a list of objects), `csv`, `spreadsheet` or `markdown`.

    All but a table are printed as they arrive. A `spreadsheet` is CSV in which no text is taken for a formula.
    """
    write = _PRINTERS.get(form, print_table)
    write(columns, rows, out or sys.stdout)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO | None = None) -> None:
    """Print rows in aligned columns, and their number on standard error.

    On a terminal, long values are cut and columns that do not fit are left out; in a file or pipe nothing is.
    """
    out = out or sys.stdout
    lines = [list(map(_one_line, columns)), *([_one_line(value) for value in row] for row in rows)]
    count = len(lines) - 1
    if out.isatty():
        lines = fit(lines, shutil.get_terminal_size().columns)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        print(_GAP.join(map(str.ljust, line, widths)).rstrip(), file=out)
    print(f"{count:,} row{'' if count == 1 else 's'}", file=sys.stderr)
    if left_out := columns[len(widths) :]:
        print(f"columns that do not fit: {', '.join(left_out)}; --json or -o FILE has them all", file=sys.stderr)


def fit(lines: list[list[str]], width: int) -> list[list[str]]:
    """Return the cells of a table cut, and as many columns as fit, so that no line is longer than `width`.

    >>> fit([["title", "code"], ["A rather long title of a paper", "https://github.com/a/b"]], 50)
    [['title', 'code'], ['A rather long title of …', 'https://github.com/a/b']]
    >>> fit([["a", "b", "c"], ["1", "2", "3"]], 5)
    [['a', 'b'], ['1', '2']]
    """
    natural = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for limit in CELL_LIMITS:
        widths = [min(length, limit) for length in natural]
        if sum(widths) + len(_GAP) * (len(widths) - 1) <= width:
            break
    shown = len(widths)
    while shown > 1 and sum(widths[:shown]) + len(_GAP) * (shown - 1) > width:
        shown -= 1
    return [[cut(cell, limit) for cell in line[:shown]] for line in lines]


def cut(text: str, length: int) -> str:
    """Return a text of at most so many characters, the last of them `…` where it was longer.

    >>> cut("abcdef", 4), cut("abcd", 4)
    ('abc…', 'abcd')
    """
    return text if len(text) <= length else text[: length - 1] + "…"


def _print_json(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    # Written object by object: a result may be larger than memory.
    start = "["
    for row in rows:
        text = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, indent=1, default=str)
        out.write(start + "\n" + "\n".join(f" {line}" for line in printable_json(text).split("\n")))
        start = ","
    out.write("[]\n" if start == "[" else "\n]\n")


def _print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)


def _print_spreadsheet(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    _print_csv(columns, map(guarded, rows), out)


def _print_markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    for row in (columns, ["---"] * len(columns)):
        print(f"| {' | '.join(map(_markdown, row))} |", file=out)
    for row in rows:
        print(f"| {' | '.join(map(_markdown, row))} |", file=out)


def _markdown(value: Any) -> str:
    r"""Return a value as a cell of a Markdown table.

    >>> _markdown("a | b\n*c* <d>"), _markdown(None)
    ('a \\| b \\*c\\* \\<d>', '')
    """
    text = _one_line(value).replace("\\", "\\\\")
    for sign in "|*`<":
        text = text.replace(sign, f"\\{sign}")
    return text


def _one_line(value: Any) -> str:
    return "" if value is None else printable(" ".join(str(value).split()))


_PRINTERS = {
    "json": _print_json,
    "csv": _print_csv,
    "spreadsheet": _print_spreadsheet,
    "markdown": _print_markdown,
}
"""What writes the rows in each format but a table."""
