"""The command `loader`: one thin function per command. Heavy imports stand inside the function that needs them."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loaders.options import (
    DEFAULT_DATABASE,
    DatabaseOption,
    DateOption,
    FormatOption,
    JsonOption,
    SourcesArgument,
    VenueOption,
    YearOption,
    takes_limits,
)

if TYPE_CHECKING:
    from loaders.documents import Limits

app = typer.Typer(
    name="loader",
    help="The programme of machine-learning conferences as one database: documents in, SQL out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False) -> None:
    """The programme of machine-learning conferences as one database: documents in, SQL out."""
    if debug:
        os.environ["LOADER_DEBUG"] = "1"


@app.command()
@takes_limits
def ingest(
    sources: SourcesArgument,
    limits: "Limits",
    format: FormatOption = None,
    venue: VenueOption = None,
    year: YearOption = None,
    date: DateOption = None,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Take documents in. The same bytes again change nothing.

    Ctrl-C stops after what is in hand; the same command then goes on.
    """
    from loaders.documents import documents_from
    from loaders.intake import checked_hints, report
    from loaders.store.database import open_database
    from loaders.store.ingest import ingest as take_in
    from loaders.store.ingest import known_validators

    hints = checked_hints(format, venue, year, date)
    connection = open_database(database, create=True)
    found = documents_from(sources, limits=limits, validators=known_validators(connection))
    report(sources, found, lambda documents: take_in(connection, documents, format, hints), as_json=as_json)


@app.command()
@takes_limits
def check(
    sources: SourcesArgument,
    limits: "Limits",
    format: FormatOption = None,
    venue: VenueOption = None,
    year: YearOption = None,
    date: DateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what would go in, and write nothing.

    Tells what is stated, how much of each document is understood, and every problem.
    """
    from loaders.documents import documents_from
    from loaders.intake import checked_hints, report
    from loaders.store.ingest import check as read_only

    hints = checked_hints(format, venue, year, date)
    found = documents_from(sources, limits=limits)
    report(sources, found, lambda documents: read_only(documents, format, hints), as_json=as_json)


@app.command()
def formats() -> None:
    """List the formats: what each reads and what comes out."""
    from loaders.formats import formats as registered

    for found in registered():
        print(f"{found.NAME}\n  {found.DESCRIPTION}\n  yields {found.YIELDS}; example: samples/{found.EXAMPLE}")


@app.command()
def documents(as_json: JsonOption = False, database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """List the documents in the database."""
    from loaders.tables import print_rows

    columns, rows = _run_query(database, "document_ledger", {}, None)
    print_rows(columns, rows, "json" if as_json else "table")


@app.command()
def forget(
    document: Annotated[str, typer.Argument(help="SHA-256, the start of one, or URI or path of a document.")],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Remove a document, as if it had never come.

    What only it stated goes with it.
    """
    from loaders.store.database import open_database
    from loaders.store.forget import forget as take_out

    print(f"forgot {take_out(open_database(database), document)}")


@app.command()
def upgrade(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Bring a database to the newest tables; rows stay."""
    from loaders.store.database import upgrade as bring_up

    bring_up(database)
    print(f"{database} is up to date")


@app.command()
def query(
    name: Annotated[str, typer.Argument(help="Name of a curated query; without one, list them.")] = "",
    parameter: Annotated[list[str] | None, typer.Option("-p", metavar="KEY=VALUE", help="A parameter.")] = None,
    engine: Annotated[str | None, typer.Option("--engine", help="sqlite, duckdb or postgresql.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Run a curated query."""
    from loaders.tables import print_rows

    if not name:
        _list_queries()
        return
    parameters = dict(_pair(text) for text in parameter or [])
    columns, rows = _run_query(database, name, parameters, engine)
    print_rows(columns, rows, "json" if as_json else "csv" if as_csv else "table")


@app.command()
def sql(
    statement: Annotated[str, typer.Argument(help="A SELECT in DuckDB's SQL.")],
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Run SQL in DuckDB over the database, read-only.

    Every table and view goes by its plain name.
    """
    from loaders.engines import run_sql_duckdb
    from loaders.tables import print_rows

    columns, rows = run_sql_duckdb(_present(database), statement)
    print_rows(columns, rows, "json" if as_json else "csv" if as_csv else "table")


@app.command()
def shell(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Type SQL for DuckDB over the database, read-only."""
    from loaders.shell import run

    run(_present(database))


@app.command()
def dump(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Print all facts as sorted text.

    The same documents give the same text, in any order of ingest and in any database.
    """
    from loaders.store.database import open_database
    from loaders.store.dump import dump as facts

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(f"{line}\n" for line in facts(open_database(database)))


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8001,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Browse the database with Datasette, read-only."""
    from loaders.site import serve as browse

    browse(_present(database), host, port)


@app.command()
def demo(
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8001,
    database: Annotated[str, typer.Option("--database", help="Where to put the demo.")] = "demo.db",
    serve: Annotated[bool, typer.Option(help="Serve it when it is made.")] = True,
) -> None:
    """Browse a database of the invented samples."""
    from loaders.shipped import shipped
    from loaders.site import serve as browse

    with suppress(typer.Exit):
        ingest([str(shipped("samples"))], database=database)
    if serve:
        browse(database, "127.0.0.1", port)


def main() -> None:
    """Run the command line; an error becomes one line on standard error unless `--debug` is given."""
    try:
        app()
    except KeyboardInterrupt:
        print("interrupted; no document is half in, and the same command goes on where it stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("LOADER_DEBUG"):
            raise
        print(f"error: {_told(error)}", file=sys.stderr)
        sys.exit(2)


def _told(error: Exception) -> str:
    from loaders.engines import QueryError
    from loaders.store.connection import StoreError

    if isinstance(error, StoreError | QueryError):
        return str(error)
    return f"{type(error).__name__}: {error}; `loader --debug …` shows where"


def _pair(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator:
        raise typer.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="-p")
    return key, value


def _present(database: str) -> str:
    """The database, which must be there and at the current revision."""
    from loaders.store.database import open_database

    open_database(database).close()
    return database


def _run_query(database: str, name: str, parameters: dict[str, str], engine: str | None) -> tuple[Any, Any]:
    from loaders.engines import run_query

    return run_query(_present(database), name, parameters, engine)


def _list_queries() -> None:
    from queries import catalogue

    for found in catalogue().values():
        names = " ".join(f"-p {p.name}=…" for p in found.params)
        print(f"{found.name}  {names}\n  {found.title}. {found.description}")
