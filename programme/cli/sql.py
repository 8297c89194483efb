"""What `loader sql` does: SQL from an argument, a file or standard input, its rows to a file or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programme.cli.tables import print_rows
from programme.engines import duckdb_connection, plain_row, read_only_statements
from programme.exceptions import QueryError
from programme.export.files import refuse_database, written_whole

if TYPE_CHECKING:
    import duckdb

FORMS = ("table", "csv", "json", "parquet", "markdown")
SIZE = 2_000
"""Rows fetched at a time."""

_BY_SUFFIX = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".md": "markdown"}


def statement_from(text: str | None, file: str | None) -> str:
    """The SQL given as an argument or in a file, either of which may be `-` for standard input.

    Raises QueryError where there is none, where both are given, and for a file that cannot be read.
    """
    if (text is None) == (file is None):
        raise QueryError("give one statement, `-` for standard input, or `-f FILE`")
    if "-" in (text, file):
        return sys.stdin.read()
    if file is None:
        return str(text)
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read: {error}") from error


def form_of(form: str | None, output: str | None) -> str:
    """The form asked for, or else the one that the name of the file tells.

    >>> form_of(None, "shares.csv"), form_of(None, None), form_of("json", "rows.txt")
    ('csv', 'table', 'json')
    """
    form = form or (_BY_SUFFIX.get(Path(output).suffix.lower()) if output else None) or "table"
    if form == "parquet" and not output:
        raise QueryError("Parquet is written to a file; name it with `-o FILE`")
    return form


def run(database: str, sql: str, form: str, output: str | None) -> None:
    """Run SQL in DuckDB over a database and write the rows of the last statement; a file is written whole or not.

    Raises QueryError for SQL that is wrong or would write.
    """
    import duckdb

    statements = read_only_statements(sql)
    if output:
        refuse_database(database, output)
    with duckdb_connection(database) as connection:
        try:
            for statement in statements[:-1]:
                connection.execute(statement).fetchall()
            _write(connection, statements[-1], form, output)
        except duckdb.Error as error:
            raise QueryError(str(error)) from error


def _write(connection: duckdb.DuckDBPyConnection, statement: str, form: str, output: str | None) -> None:
    if output is None:
        print_rows(*_rows(connection, statement), form)
        return
    with written_whole(output, replace=True) as partial:
        if form == "parquet":
            connection.sql(statement).write_parquet(str(partial), compression="zstd")
        else:
            with partial.open("w", encoding="utf-8", newline="" if form == "csv" else None) as out:
                print_rows(*_rows(connection, statement), form, out)


def _rows(connection: duckdb.DuckDBPyConnection, statement: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    cursor = connection.execute(statement)
    columns = [column[0] for column in cursor.description or ()]
    return columns, (plain_row(row) for rows in iter(lambda: cursor.fetchmany(SIZE), []) for row in rows)
