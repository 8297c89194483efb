"""The commands that read a database.

Heavy imports stand inside the function that needs them: every command pays for what is imported at the top.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from programme.cli import exporting, options
from programme.cli.options import DEFAULT_DATABASE, DatabaseOption


def documents(
    everything: Annotated[bool, typer.Option("--all", help="Also those that newer captures have replaced.")] = False,
    form: options.RowFormatOption = None,
    output: options.OutputOption = None,
    as_json: options.JsonOption = False,
    as_csv: options.CsvOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """List the documents in the database that state what it shows.

    The table has the main columns, with the start of each SHA-256; the other formats have all columns of the view
    document_ledger.
    """
    from programme.cli.output import output_format, write_rows
    from programme.engines import run_query
    from programme.loaders.documents import display_uri

    chosen = output_format(options.row_format(form, as_json, as_csv), output)
    if chosen == "parquet":
        _write_query(database, "document_ledger", {}, None, chosen, output)
        return
    columns, rows = run_query(present(database), "document_ledger", {})
    if not everything:
        rows = [row for row in rows if row[columns.index("is_current")]]
    if chosen == "table":
        names = _MAIN_COLUMNS if not everything else _HISTORY_COLUMNS
        shown = [[row[columns.index(name)] for name in names] for row in rows]
        rows = [(*row[:-2], row[-2][:_DIGEST_LENGTH], _relative(display_uri(row[-1]))) for row in shown]
        columns = [*names[:-1], "document"]
    write_rows(columns, rows, chosen, output)


_MAIN_COLUMNS = ("papers", "problems", "format", "sha256", "uri")
_HISTORY_COLUMNS = ("is_current", "captured_on", "format", "sha256", "uri")
_DIGEST_LENGTH = 8
"""Digits of a SHA-256 in the table: enough to name a document to `loader forget`."""


def _relative(path: str) -> str:
    """Return a path from the current folder, if it is below it; the table has to fit on a terminal."""
    here = f"{Path.cwd()}{os.sep}"
    return path.removeprefix(here)


def query(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a curated query; without one, list them.")] = "",
    parameter: options.ParameterOption = None,
    engine: options.EngineOption = None,
    form: options.RowFormatOption = None,
    output: options.OutputOption = None,
    as_json: options.JsonOption = False,
    as_csv: options.CsvOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Run a curated query, or list them all.

    `loader query NAME --help` shows the parameters and columns of one.
    """
    from programme.cli.output import output_format

    if not name:
        _list_queries()
        return
    chosen = output_format(options.row_format(form, as_json, as_csv), output)
    _write_query(database, name, options.key_values(parameter), engine, chosen, output)


def sql(
    statement: Annotated[
        str | None, typer.Argument(metavar="STATEMENT", help="A SELECT in DuckDB's SQL; - reads standard input.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("-f", "--file", metavar="FILE", help="Read the SQL from this file.")
    ] = None,
    form: options.RowFormatOption = None,
    output: options.OutputOption = None,
    as_json: options.JsonOption = False,
    as_csv: options.CsvOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Run SQL in DuckDB over the database, read-only.

    Tables and views have their plain names: `loader sql "SELECT title FROM papers"`.
    """
    from programme.cli.output import output_format
    from programme.cli.sql import run, statement_from

    chosen = output_format(options.row_format(form, as_json, as_csv), output)
    run(present(database), statement_from(statement, file), chosen, output)


def shell(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Open an interactive DuckDB shell over the database, read-only.

    Opens DuckDB's own program, with history and completion, where it is installed: `pip install 'programme[shell]'`.
    """
    from programme.cli.shell import run

    run(present(database))


def copy(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="A database, or a folder of exported Parquet files.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="An empty database; created if it does not exist.")],
) -> None:
    """Copy a database into an empty one, all or nothing.

    Copies between SQLite and PostgreSQL, or from exported Parquet. `loader dump` then prints the same for both.
    """
    from programme.export import copying

    print(f"copied {copying.copy(origin, target):,} rows", file=sys.stderr)


def dump(as_of: options.AsOfOption = None, database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Print all facts as sorted text.

    The same documents give the same text, whatever the database and the order in which they were ingested.
    """
    from programme.api import Database

    # The text must be the same bytes on Windows.
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{line}\n" for line in Database(database).dump(as_of=as_of))


def present(database: str) -> str:
    """Return the database; raises StoreError if it does not exist or its schema is of another version."""
    from programme.loaders.store.database import open_database

    open_database(database).close()
    return database


def _write_query(
    database: str, name: str, parameters: dict[str, str], engine: str | None, form: str, output: str | None
) -> None:
    from programme import engines
    from programme.cli.output import write_rows
    from programme.editions import known_values
    from programme.export.files import refuse_database
    from programme.filters import parameter_values

    # A misspelt name is reported before a missing database is.
    found = engines.find_query(name)
    parameter_values(found, parameters)
    if output:
        refuse_database(database, output)
    parameters = known_values(present(database), found, parameters)
    if form == "parquet":
        from programme.export.duckdb_files import write_query

        write_query(database, name, parameters, str(output), form, replace=True)
        return
    columns, rows = engines.run_query(database, name, parameters, engine)
    write_rows(columns, rows, form, output)


def _list_queries() -> None:
    from programme.queries import catalogue

    for found in catalogue().values():
        names = "".join(f" -p {param.name}=VALUE" for param in found.params)
        print(f"{found.name}{names}\n  {found.title}. {found.description}")


COMMANDS = (documents, query, sql, shell, exporting.export, copy, dump)
"""In the order in which `loader --help` lists them."""
