"""The dialects of the engines: how curated SQL, which is written as for SQLite, is printed for each.

sqlglot does what databases commonly write in other ways; a function of ours that they write differently is in
`queries/macros/ENGINE.sql`. What is here is the rest: collations, parameters, and the order of a `group_concat`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.postgres import Postgres
from sqlglot.dialects.sqlite import SQLite
from sqlglot.errors import ErrorLevel
from sqlglot.generators.duckdb import DuckDBGenerator
from sqlglot.generators.postgres import PostgresGenerator
from sqlglot.generators.sqlite import SQLiteGenerator


def _not(generator: Any, node: exp.Not) -> str:
    """Print `a IS NOT NULL`: SQLite uses no partial index for `NOT a IS NULL`."""
    inner = node.this
    if isinstance(inner, exp.Is):
        return f"{generator.sql(inner, 'this')} IS NOT {generator.sql(inner, 'expression')}"
    return f"NOT {generator.sql(inner)}"


def _group_concat(function: str, *, is_ordered: bool) -> Callable[[Any, exp.GroupConcat], str]:
    """Return a printer of `group_concat(value, separator ORDER BY …)`."""

    def text(generator: Any, node: exp.GroupConcat) -> str:
        value, separator = node.this, node.args.get("separator")
        if not isinstance(value, exp.Order) or separator is None or value.find(exp.Distinct):
            raise ValueError(f"{node.sql()}: give a separator and an ORDER BY, and no DISTINCT")
        order = ", ".join(map(generator.sql, value.expressions))
        arguments = f"{generator.sql(value, 'this')}, {generator.sql(separator)}"
        return f"{function}({arguments} ORDER BY {order})" if is_ordered else f"{function}({arguments})"

    return text


def _collate(binary: str) -> Callable[[Any, exp.Collate], str]:
    """Return a printer of `COLLATE BINARY`; any other collation is printed as it is."""

    def text(generator: Any, node: exp.Collate) -> str:
        collation = generator.sql(node, "expression")
        return str(generator.sql(node, "this")) + (binary if collation == "BINARY" else f" COLLATE {collation}")

    return text


def _substr(generator: Any, node: exp.Substring) -> str:
    """Print the name that SQLite before 3.34 knows."""
    return str(generator.func("SUBSTR", node.this, node.args.get("start"), node.args.get("length")))


class Sqlite(SQLite):
    """SQLite, whose texts are ordered by their bytes by default."""

    class Generator(SQLiteGenerator):  # noqa: D106
        TRANSFORMS = SQLiteGenerator.TRANSFORMS | {
            exp.Not: _not,
            # SQLite before 3.44 knows no ORDER BY here, and goes by the order of the subquery.
            exp.GroupConcat: _group_concat("GROUP_CONCAT", is_ordered=False),
            exp.Substring: _substr,
            exp.Collate: _collate(""),
        }


class Duckdb(DuckDB):
    """DuckDB, whose texts are ordered by their bytes, and which takes a parameter as an argument of a macro."""

    class Generator(DuckDBGenerator):  # noqa: D106
        TRANSFORMS = DuckDBGenerator.TRANSFORMS | {
            exp.Not: _not,
            exp.Collate: _collate(""),
            exp.Placeholder: lambda _, node: f"CAST({node.name} AS TEXT)",
            exp.GroupConcat: _group_concat("GROUP_CONCAT", is_ordered=True),
        }


class Postgresql(Postgres):
    """PostgreSQL, whose texts are ordered by a locale unless told otherwise; parameters are as psycopg takes them."""

    class Generator(PostgresGenerator):  # noqa: D106
        TRANSFORMS = PostgresGenerator.TRANSFORMS | {
            exp.Not: _not,
            exp.Collate: _collate(' COLLATE "C"'),
            exp.Placeholder: lambda _, node: f"CAST(%({node.name})s AS TEXT)",
            exp.GroupConcat: _group_concat("STRING_AGG", is_ordered=True),
        }


DIALECTS: Mapping[str, type[Dialect]] = {"sqlite": Sqlite, "duckdb": Duckdb, "postgresql": Postgresql}


def printed(tree: exp.Expr, engine: str) -> str:
    """Print a statement, without comments, in which drivers find parameters.

    >>> from sqlglot import parse_one
    >>> print(printed(parse_one("SELECT a WHERE b = :b ORDER BY a COLLATE BINARY", read=Sqlite), "postgresql"))
    SELECT
        a
    WHERE
        b = CAST(%(b)s AS TEXT)
    ORDER BY
        a COLLATE "C"
    """
    return tree.sql(
        DIALECTS[engine], pretty=True, indent=4, pad=4, max_text_width=110, comments=False,
        unsupported_level=ErrorLevel.RAISE,
    )  # fmt: skip
