"""The command `loader`: one thin function per command, the reading ones in `programme.cli.reading`.

Heavy imports stand inside the function that needs them.
"""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from programme.cli.options import (
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
from programme.cli.reading import COMMANDS, present

if TYPE_CHECKING:
    from programme.loaders.documents import Limits

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
    from programme.cli.ingesting import checked_hints, report
    from programme.loaders.documents import documents_from
    from programme.loaders.store.database import open_database
    from programme.loaders.store.ingest import ingest as take_in
    from programme.loaders.store.ingest import known_validators

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
    from programme.cli.ingesting import checked_hints, report
    from programme.loaders.documents import documents_from
    from programme.loaders.store.ingest import check as read_only

    hints = checked_hints(format, venue, year, date)
    found = documents_from(sources, limits=limits)
    report(sources, found, lambda documents: read_only(documents, format, hints), as_json=as_json)


@app.command()
def formats() -> None:
    """List the formats: what each reads and what comes out."""
    from programme.loaders.formats import formats as registered

    for found in registered():
        print(f"{found.NAME}\n  {found.DESCRIPTION}\n  yields {found.YIELDS}; example: samples/{found.EXAMPLE}")


@app.command()
def forget(
    document: Annotated[str, typer.Argument(help="SHA-256, the start of one, or URI or path of a document.")],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Remove a document, as if it had never come.

    What only it stated goes with it.
    """
    from programme.loaders.store.database import open_database
    from programme.loaders.store.forget import forget as take_out

    print(f"forgot {take_out(open_database(database), document)}")


@app.command()
def upgrade(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Bring a database to the newest tables; rows stay."""
    from programme.loaders.store.database import upgrade as bring_up

    bring_up(database)
    print(f"{database} is up to date")


for command in COMMANDS:
    app.command()(command)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8001,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    immutable: Annotated[
        bool, typer.Option("--immutable", help="Promise that the file does not change: faster.")
    ] = False,
    cors: Annotated[bool, typer.Option("--cors", help="Let pages of other sites read the data.")] = False,
    robots: Annotated[bool, typer.Option("--robots", help="Let search engines in.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Browse the database with Datasette, read-only."""
    from programme.site import Publishing
    from programme.site import serve as browse

    browse(present(database), host, port, Publishing(immutable=immutable, cors=cors, robots=robots))


@app.command()
def demo(
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8001,
    database: Annotated[str, typer.Option("--database", help="Where to put the demo.")] = "demo.db",
    serve: Annotated[bool, typer.Option(help="Serve it when it is made.")] = True,
) -> None:
    """Browse a database of the invented samples."""
    from programme.resources import shipped
    from programme.site import serve as browse

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
    from programme.exceptions import ProgrammeError

    if isinstance(error, ProgrammeError):
        return str(error)
    return f"{type(error).__name__}: {error}; `loader --debug …` shows where"
