"""Days, counts, shares and names as pages write them: the filters of the templates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import unquote

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from programme.site.metadata import markup


def count(number: int, noun: str = "") -> str:
    """Return a number with thousands separators, and its noun in singular or plural.

    >>> count(1, "paper"), count(1200, "paper"), count(2, "repository"), count(7)
    ('1 paper', '1,200 papers', '2 repositories', '7')
    """
    if not noun:
        return f"{number:,}"
    several = noun[:-1] + "ies" if noun[-1] == "y" and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else several}"


def long_day(day: str) -> str:
    """Return a day with weekday and month in full.

    >>> long_day("2022-07-21")
    'Thursday 21 July 2022'
    """
    return f"{date.fromisoformat(day):%A} {date.fromisoformat(day).day} {date.fromisoformat(day):%B %Y}"


def short_day(day: str) -> str:
    """Return a day with weekday and month abbreviated, without its year.

    >>> short_day("2022-07-21")
    'Thu 21 Jul'
    """
    return f"{date.fromisoformat(day):%a} {date.fromisoformat(day).day} {date.fromisoformat(day):%b}"


def month(day: str) -> str:
    """Return the month and year of a day or month.

    >>> month("2022-07-21"), month("2022-07")
    ('July 2022', 'July 2022')
    """
    return f"{date.fromisoformat(f'{day[:7]}-01'):%B %Y}"


def days(starts_on: str | None, ends_on: str | None) -> str:
    """Return the dates of an edition; empty when they are unknown.

    >>> days("2022-07-17", "2022-07-23"), days("2021-07-30", "2021-08-02"), days(None, None)
    ('17–23 July 2022', '30 July – 2 August 2021', '')
    """
    if not starts_on or not ends_on:
        return ""
    first, last = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}" if first != last else f"{first.day} {first:%B %Y}"
    return f"{first.day} {first:%B}{f' {first:%Y}' if first.year != last.year else ''} – {last.day} {last:%B %Y}"


def percent(part: int | None, whole: int | None) -> str:
    """Return a share in whole percent; a dash when the whole is zero.

    >>> percent(1, 3), percent(0, 0)
    ('33%', '–')
    """
    return f"{round(100 * (part or 0) / whole)}%" if whole else "–"


def document_name(uri: str) -> str:
    """Return a short name for a document: its file name, within an archive after that of the archive, or its URL.

    >>> document_name("p/q/a%20page.txt"), document_name("file:///p/a.zip!/in/page.txt")
    ('a page.txt', 'a.zip!/in/page.txt')
    >>> document_name("https://example.org/virtual/2022/"), document_name("stdin:")
    ('example.org/virtual/2022', 'standard input')
    """
    if uri.startswith("stdin:"):
        return f"standard input {unquote(uri.removeprefix('stdin:'))}".rstrip()
    if "://" in uri and not uri.startswith("file:"):
        return uri.partition("://")[2].rstrip("/")
    file, within, member = unquote(uri).partition("!/")
    return file.rpartition("/")[2] + within + member


def explained(text: str) -> Markup:
    """Return a description of a query or column as HTML, its `code` as code.

    >>> str(explained("Edition, `icml-2022` & more"))
    'Edition, <code>icml-2022</code> &amp; more'
    """
    return Markup(markup(text))  # noqa: S704  markup() escapes all but the code


def slug(heading: str) -> str:
    """Return a heading as an HTML id.

    >>> slug("When and where")
    'when-and-where'
    """
    return "-".join("".join(letter if letter.isalnum() else " " for letter in heading.lower()).split())


def table_rows(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> Markup:
    """Return the rows of a table as HTML: a template takes three times as long for a thousand of them.

    >>> print(table_rows([["A & B", 1], [Markup("<b>x</b>"), ""]], ["title", "n"]))
    <tr><td class="col-title">A &amp; B</td><td class="col-n">1</td></tr>
    <tr><td class="col-title"><b>x</b></td><td class="col-n"></td></tr>
    """
    starts = [f'<td class="col-{to_css_class(column)}">' for column in columns]
    shown = ("".join(f"{start}{escape(cell)}</td>" for start, cell in zip(starts, row, strict=True)) for row in rows)
    return Markup("\n".join(f"<tr>{cells}</tr>" for cells in shown))  # noqa: S704  every cell is escaped


FILTERS: dict[str, Callable[..., str]] = {
    "counted": count,
    "long_day": long_day,
    "short_day": short_day,
    "month": month,
    "days": days,
    "percent": percent,
    "document_name": document_name,
    "explained": explained,
    "slug": slug,
    "table_rows": table_rows,
}
"""The filters of the templates."""
