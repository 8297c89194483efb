"""Rows of a query as text: as a table for people, as JSON, CSV or Markdown for programs and pages."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

MAX_CELL_WIDTH = 60


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str, out: TextIO | None = None) -> None:
    """Print rows as `table`, `json` (a list of objects), `csv` or `markdown`; all but a table as they come."""
    write = {"json": _print_json, "csv": _print_csv, "markdown": _print_markdown}.get(form, print_table)
    write(columns, rows, out or sys.stdout)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO | None = None) -> None:
    """Print rows in aligned columns; long values are cut."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for row in [list(columns), ["-" * width for width in widths], *cells]:
        line = "  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True))
        print(line.rstrip(), file=out or sys.stdout)
    print(f"{len(cells):,} row{'' if len(cells) == 1 else 's'}", file=sys.stderr)


def _print_json(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    start = "["
    for row in rows:
        shown = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, indent=1, default=str)
        out.write(start + "\n" + "\n".join(f" {line}" for line in shown.split("\n")))
        start = ","
    out.write("[]\n" if start == "[" else "\n]\n")


def _print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)


def _print_markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    for row in (columns, ["---"] * len(columns)):
        print(f"| {' | '.join(map(_markdown, row))} |", file=out)
    for row in rows:
        print(f"| {' | '.join(map(_markdown, row))} |", file=out)


def _cell(value: Any) -> str:
    text = _line(value)
    return text if len(text) <= MAX_CELL_WIDTH else text[: MAX_CELL_WIDTH - 1] + "…"


def _markdown(value: Any) -> str:
    r"""A value as a cell of a Markdown table, whole.

    >>> _markdown("a | b\n*c* <d>"), _markdown(None)
    ('a \\| b \\*c\\* \\<d>', '')
    """
    text = _line(value).replace("\\", "\\\\")
    for sign in "|*`<":
        text = text.replace(sign, f"\\{sign}")
    return text


def _line(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
