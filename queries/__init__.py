"""The curated queries, one .sql file each, and the catalogue that reads them.

A file is a comment header and one SELECT. An entry of the header starts with `-- ` and continues in lines that start
with `--   `:

- `title:` a few words;
- `group:` one of `GROUPS`, the heading it stands under on the site;
- `description:` what a row is, "One row per …", and then whatever a reader has to know;
- `param NAME:` what a parameter does, ending in "(default: …)";
- `example NAME:` a value for a parameter, for documentation;
- `column NAME:` what a column holds, one entry for each column in order;
- `order:` for a view, the ORDER BY that `loader query` adds;
- `sort:` for a view, the column that Datasette sorts by, `papers` or `papers DESC`, where that is fast;
- `facets:` for a view, the columns that Datasette counts by, where that is fast: every row is computed for it.

A query without parameters is a database view, which may read other views; one with parameters is a canned query of
Datasette.

In the SQL, `given` holds the parameters, trimmed, and `selected` what they select. A CROSS JOIN with its condition in
WHERE keeps SQLite to the written order of the tables where it would choose a slower one. Views look facts up per row
instead of grouping whole tables, because Datasette reads them a page at a time. Computed numbers in views are CAST:
without a type, SQLite finds no number equal to the text in a URL such as `/programme/papers_with_code?year=2022`. Every
ORDER BY ends in a key, so that rows come in the same order on every engine.

The SQL is SQLite's, which a parser of SQL can read, with `COLLATE BINARY` where texts are ordered, the functions of
`queries/macros`, and `group_concat(value, separator ORDER BY …)` over a subquery in that same order. `python -m
tools.generate` renders it for each engine into `queries/rendered`: that is what runs. Nulls are sorted as SQLite does
where nothing else is said. Every JOIN is written out, as a comma in FROM would become a CROSS JOIN.
"""

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from programme.patterns import lazy_pattern
from programme.queries.sql import ENGINES, rendered

__all__ = ["ENGINES", "GROUPS", "Column", "Param", "Query", "catalogue", "parse", "render", "render_order", "views"]

GROUPS = ("When and where", "Papers", "Code", "People", "Listings", "Documents and data quality")
"""The headings that queries stand under, in the order of the site."""

_FOLDER = Path(__file__).parent
_ENTRY = lazy_pattern(r"-- (title|group|description|param|example|column|order|sort|facets)(?: (\w+))?: (.+)")
_RELATION = lazy_pattern(r"(?:FROM|JOIN) (\w+)")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a query. Its value is always text; an empty one means the default named in the explanation."""

    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's result."""

    name: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Query:
    """A curated query. `sql` is its SELECT as written, with macros; `render` returns that of an engine."""

    name: str
    title: str
    group: str
    description: str
    params: tuple[Param, ...]
    example: dict[str, str]
    columns: tuple[Column, ...]
    order: str | None
    sort: str | None
    facets: tuple[str, ...]
    sql: str

    @property
    def is_view(self) -> bool:
        """Whether it is a database view, not a canned query."""
        return not self.params


def parse(name: str, text: str) -> Query:
    r"""Parse the text of a .sql file; raise ValueError with the name and line of a mistake in its header.

    >>> query = parse("one", '''
    ... -- title: One
    ... -- group: Papers
    ... -- description: One row per one.
    ... -- column a: The one.
    ... SELECT 1 AS a;
    ... '''.lstrip())
    >>> query.sql, query.is_view, query.columns
    ('SELECT 1 AS a', True, (Column(name='a', explanation='The one.'),))
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
    for kind in ("title", "group", "description"):
        if kind not in single:
            raise ValueError(f"{name}.sql: the header has no -- {kind}:")
    if single["group"] not in GROUPS:
        raise ValueError(f"{name}.sql: no group {single['group']!r}; the groups are {', '.join(GROUPS)}")
    params = tuple(Param(of, text) for kind, of, text in entries if kind == "param")
    example = {of: text for kind, of, text in entries if kind == "example"}
    if not example.keys() <= {param.name for param in params}:
        raise ValueError(f"{name}.sql: the example gives {sorted(example)}, which are not all parameters")
    return Query(
        name=name,
        title=single["title"],
        group=single["group"],
        description=single["description"],
        params=params,
        example=example,
        columns=tuple(Column(of, text) for kind, of, text in entries if kind == "column"),
        order=single.get("order"),
        sort=single.get("sort"),
        facets=tuple(facet.strip() for facet in single.get("facets", "").split(",") if facet),
        sql=sql,
    )


@cache
def catalogue() -> dict[str, Query]:
    """Return every curated query by name, in alphabetical order."""
    files = sorted(_FOLDER.glob("*.sql"))
    return {file.stem: parse(file.stem, file.read_text(encoding="utf-8")) for file in files}


@cache
def views() -> tuple[Query, ...]:
    """Return the queries without parameters, each after the views that it reads."""
    found = {name: query for name, query in catalogue().items() if query.is_view}
    read = {name: sorted(found.keys() & set(_RELATION.findall(query.sql))) for name, query in found.items()}
    return tuple(found[name] for name in TopologicalSorter(read).static_order())


def render(query: Query, engine: str) -> str:
    """Return the SELECT of a query for `sqlite`, `duckdb` or `postgresql`, with parameters as its driver takes them.

    On DuckDB it is the body of a view or table macro, which calls the functions of `queries.duckdb`.
    """
    return rendered(_FOLDER, engine, query.name)


def render_order(query: Query, engine: str) -> str:
    """Return the terms of the ORDER BY that `loader query` adds to a view; empty where it has none."""
    return rendered(_FOLDER, engine, f"{query.name}.order") if query.order else ""
