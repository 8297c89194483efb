"""The commands that read a database. Heavy imports stand inside the function that needs them."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from programme.cli.options import (
    DEFAULT_DATABASE,
    DatabaseOption,
    ExportFormat,
    JsonOption,
    ParameterOption,
    RowForm,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def documents(as_json: JsonOption = False, database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """List the documents in the database."""
    from programme.cli.tables import print_rows

    columns, rows = _run_query(database, "document_ledger", {}, None)
    print_rows(columns, rows, "json" if as_json else "table")


def query(
    name: Annotated[str, typer.Argument(help="Name of a curated query; without one, list them.")] = "",
    parameter: ParameterOption = None,
    engine: Annotated[str | None, typer.Option("--engine", help="sqlite, duckdb or postgresql.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Run a curated query."""
    from programme.cli.tables import print_rows

    if not name:
        _list_queries()
        return
    columns, rows = _run_query(database, name, _pairs(parameter), engine)
    print_rows(columns, rows, "json" if as_json else "csv" if as_csv else "table")


def sql(
    statement: Annotated[str | None, typer.Argument(help="A SELECT in DuckDB's SQL; - reads stdin.")] = None,
    file: Annotated[str | None, typer.Option("-f", "--file", help="A file of SQL; - reads stdin.")] = None,
    form: Annotated[RowForm | None, typer.Option("--format", help="How to write the rows.")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="A file to write.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Run SQL in DuckDB over the database, read-only.

    Every table and view goes by its plain name.
    """
    from programme.cli.sql import form_of, run, statement_from

    named = "json" if as_json else "csv" if as_csv else form.value if form else None
    run(present(database), statement_from(statement, file), form_of(named, output), output)


def shell(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Type SQL for DuckDB over the database, read-only."""
    from programme.cli.shell import run

    run(present(database))


def export(
    format: Annotated[ExportFormat, typer.Argument(help="What to write.", metavar="FORMAT")],
    destination: Annotated[str, typer.Argument(metavar="DEST", help="The file or folder to make.")],
    edition: Annotated[str | None, typer.Option("--edition", help="Only what belongs to it: icml-2022.")] = None,
    query: Annotated[str | None, typer.Option("--query", help="The rows of a curated query, in one file.")] = None,
    parameter: ParameterOption = None,
    listing: Annotated[str | None, typer.Option("--listing", help="Key of a listing, for a feed of it.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what is there.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write the database to a file or folder.

    FORMAT is parquet, csv or jsonl (a folder with a file per table), duckdb, sqlite, bibtex, ics or atom. DEST has its
    name only when it is whole.
    """
    from programme.export.writing import ExportOptions, write

    parameters = _pairs(parameter)
    options = ExportOptions(format.value, destination, edition, query, parameters, listing, replace)
    print(write(present(database), options), file=sys.stderr)


def copy(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="A database, or a folder of exported Parquet files.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="An empty database, made where there is none.")],
) -> None:
    """Copy a database into an empty one.

    Between SQLite and PostgreSQL, or from exported Parquet, all or nothing. Afterwards `loader dump` prints the same of
    both.
    """
    from programme.export.copying import copy as take_over

    print(f"copied {take_over(origin, target):,} rows", file=sys.stderr)


def dump(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Print all facts as sorted text.

    The same documents give the same text, in any order of ingest and in any database.
    """
    from programme.loaders.store.database import open_database
    from programme.loaders.store.dump import dump as facts

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{line}\n" for line in facts(open_database(database)))


def _pairs(texts: "Iterable[str] | None") -> dict[str, str]:
    """What `-p KEY=VALUE` gives, by key."""
    pairs = {}
    for text in texts or ():
        key, separator, value = text.partition("=")
        if not separator:
            raise typer.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="-p")
        pairs[key] = value
    return pairs


def present(database: str) -> str:
    """The database, which must be there and at the current revision."""
    from programme.loaders.store.database import open_database

    open_database(database).close()
    return database


def _run_query(database: str, name: str, parameters: dict[str, str], engine: str | None) -> tuple[Any, Any]:
    from programme.engines import run_query

    return run_query(present(database), name, parameters, engine)


def _list_queries() -> None:
    from programme.queries import catalogue

    for found in catalogue().values():
        names = " ".join(f"-p {p.name}=…" for p in found.params)
        print(f"{found.name}  {names}\n  {found.title}. {found.description}")


COMMANDS = (documents, query, sql, shell, export, copy, dump)
"""In the order in which `loader --help` lists them."""
