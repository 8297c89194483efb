"""The curated queries: one .sql file each. This module is their catalogue.

A file is a comment header and one SELECT. The header holds `-- title:`, `-- description:` (which starts with the grain,
"One row per …"), a `-- column NAME: what it is` for every column, and where needed `-- param NAME: what it does`,
`-- example NAME: value` (a value of a parameter that shows what the query is for), `-- order:` (how a view is sorted
when run by name) and `-- facets:` (columns worth counting by). A line that starts in `--   ` goes on with the entry
above. Without parameters the query is a database view, with them a canned query.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from programme.queries.dialects import ENGINES, parameters_of, translate

__all__ = ["ENGINES", "Column", "Param", "Query", "catalogue", "parse", "render"]

_ENTRY = re.compile(r"-- (title|description|param|example|column|order|facets)(?: (\w+))?: (.+)")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a query. Every value is text; an empty one means what the explanation gives as default."""

    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's result."""

    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Query:
    """A curated query. `sql` is its SELECT as written; `render` turns it into an engine's own.

    `example` holds parameters with which it shows what it is for, by name.
    """

    name: str
    title: str
    description: str
    params: tuple[Param, ...]
    example: dict[str, str]
    columns: tuple[Column, ...]
    order: str | None
    facets: tuple[str, ...]
    sql: str

    @property
    def is_view(self) -> bool:
        """Whether it is a database view, not a canned query."""
        return not self.params


def parse(name: str, text: str) -> Query:
    r"""Read the text of a .sql file; raises ValueError where its header is wrong.

    >>> query = parse("one", "-- title: One\n-- description: One row per one.\n-- column a: It.\nSELECT 1 AS a;\n")
    >>> query.sql, query.is_view, query.columns
    ('SELECT 1 AS a', True, (Column(name='a', explanation='It.'),))
    """
    entries: list[list[str]] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("--"):
            sql = "\n".join(lines[number:]).strip().removesuffix(";")
            break
        if entries and line.startswith("--   "):
            entries[-1][2] += " " + line[2:].strip()
        elif match := _ENTRY.fullmatch(line.rstrip()):
            entries.append([group or "" for group in match.groups()])
        else:
            raise ValueError(f"{name}.sql, line {number + 1}: not a header entry: {line}")
    else:
        raise ValueError(f"{name}.sql: no SELECT after the header")
    return _query(name, entries, sql)


def _query(name: str, entries: list[list[str]], sql: str) -> Query:
    single = {kind: text for kind, _, text in entries}
    for kind in ("title", "description"):
        if kind not in single:
            raise ValueError(f"{name}.sql: the header has no -- {kind}:")
    params = tuple(Param(of, text) for kind, of, text in entries if kind == "param")
    used = parameters_of(sql)
    if {param.name for param in params} != used:
        raise ValueError(f"{name}.sql: the SELECT uses the parameters {sorted(used)}, the header explains others")
    example = {of: text for kind, of, text in entries if kind == "example"}
    if not example.keys() <= used:
        raise ValueError(f"{name}.sql: the example gives {sorted(example)}, the parameters are {sorted(used)}")
    columns = tuple(Column(of, text) for kind, of, text in entries if kind == "column")
    facets = tuple(facet.strip() for facet in single.get("facets", "").split(",") if facet)
    described = (single["title"], single["description"])
    return Query(name, *described, params, example, columns, single.get("order"), facets, sql)


@cache
def catalogue() -> dict[str, Query]:
    """Every curated query by name, in alphabetical order."""
    files = sorted(Path(__file__).parent.glob("*.sql"))
    return {file.stem: parse(file.stem, file.read_text(encoding="utf-8")) for file in files}


def render(query: Query, engine: str) -> str:
    """The SELECT of a query in the SQL of `sqlite`, `duckdb` or `postgresql`, parameters in its driver's style.

    On DuckDB it expects the functions of `queries.search.duckdb_functions` and instants that are ISO 8601 text already.
    """
    return translate(query.sql, engine)
