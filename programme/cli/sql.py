"""`loader sql`: SQL from an argument, a file or standard input, run in DuckDB."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme import engines
from programme.cli.output import write_results
from programme.exceptions import QueryError
from programme.export.files import atomic_path, refuse_database
from programme.loaders.store.problems import duckdb_problem

if TYPE_CHECKING:
    import duckdb

BATCH_SIZE = 2_000
"""Rows fetched at a time."""


def statement_from(text: str | None, file: str | None) -> str:
    """Return the SQL given as an argument or in a file, either of which may be `-` for standard input.

    Raises QueryError where neither or both are given, and for a file that cannot be read.
    """
    if (text is None) == (file is None):
        raise QueryError("give one statement, `-` for standard input, or `-f FILE`")
    if "-" in (text, file):
        try:
            return sys.stdin.read()
        except UnicodeDecodeError as error:
            raise QueryError(f"standard input: cannot be read: {error}") from error
    if file is None:
        return str(text)
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read: {error}") from error


def run(database: str, sql: str, form: str, output: str | None) -> None:
    """Run SQL over a database and print the rows of every statement in turn, or write them to a file as a whole.

    Raises QueryError for SQL that is wrong or would write, and for several statements into a Parquet file.
    """
    import duckdb

    statements = engines.read_only_statements(sql)
    if output:
        refuse_database(database, output)
    with engines.duckdb_connection(database, sql) as connection:
        try:
            if form == "parquet":
                if len(statements) > 1:
                    raise QueryError(f"{output}: Parquet holds the rows of one statement, and these are several")
                with _suggestions(database, statements[0]):
                    _write_parquet(connection, statements[0], str(output))
            else:
                write_results((_rows(connection, database, statement) for statement in statements), form, output)
        except duckdb.Error as error:
            raise QueryError(duckdb_problem(error)) from None  # it may quote the password


def _write_parquet(connection: duckdb.DuckDBPyConnection, statement: str, file: str) -> None:
    with atomic_path(file, replace=True) as partial:
        connection.sql(statement).write_parquet(str(partial), compression="zstd")


def _rows(
    connection: duckdb.DuckDBPyConnection, database: str, statement: str
) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    with _suggestions(database, statement):
        cursor = connection.execute(statement)
    columns = [column[0] for column in cursor.description or ()]
    batches = iter(lambda: cursor.fetchmany(BATCH_SIZE), [])
    return columns, (engines.plain_row(row) for rows in batches for row in rows)


@contextmanager
def _suggestions(database: str, statement: str) -> Iterator[None]:
    """Let DuckDB suggest the nearest names for one that is not there: it can only name what is, so all must be."""
    import duckdb

    try:
        yield
    except duckdb.CatalogException:
        with engines.duckdb_connection(database) as connection:
            connection.execute(statement)
        raise
