"""The command `loader`: one thin function per command, those that read a database in `programme.cli.reading`.

Heavy imports stand inside the function that needs them: every command pays for what is imported at the top.
"""

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from programme.cli import (
    correcting,
    fetching,
    options,
    publishing,
    reading,
    refreshing,
    rereading,
    sharding,
    streams,
    usage,
)

if TYPE_CHECKING:
    from programme.loaders.documents import Limits
    from programme.loaders.given import Given

HELP = "The programme of machine-learning conferences as one database: ingest documents, query with SQL, browse."

app = typer.Typer(
    name="loader",
    help=HELP,
    add_completion=False,
    context_settings={"help_option_names": list(usage.HELP_OPTIONS)},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        print(f"loader {version('programme')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def loader(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  its callback answers it
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Set what holds for every command; without one, show the help."""
    from programme.loaders.store.waiting import tell
    from programme.messages import message

    if debug:
        os.environ["LOADER_DEBUG"] = "1"
    tell(lambda line: print(message(line), file=sys.stderr, flush=True))
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


@app.command("ingest", cls=usage.Command)
@options.takes_limits
@options.takes_given(options.HINTS | options.CAPTURES)
def ingest_command(
    context: typer.Context,
    given: "Given",
    sources: options.SourcesArgument = None,
    as_json: options.JsonOption = False,
    workers: options.WorkersOption = None,
    on: options.OnOption = None,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
    *,
    limits: "Limits",
) -> None:
    """Load documents into the database.

    Documents that are loaded already are skipped. Ctrl-C finishes the current document; run the same command again to
    continue.
    """
    from programme.cli.ingesting import ingest_into, named_sources, run
    from programme.cli.report import Report, row_counts
    from programme.database_url import parse_database_url
    from programme.loaders.manifest import documents_of
    from programme.loaders.store.database import exists, open_database
    from programme.loaders.store.ingest import known_validators

    named = named_sources(context, sources, given)
    connect = cache(lambda: open_database(database, create=True))
    known = known_validators(connect()) if exists(database) else None
    found = documents_of(named, given, limits, known, parse_database_url(database).files)
    report = Report(as_json=as_json, database=database, count_rows=lambda: row_counts(connect()))
    countable = named if given.manifest is None else None
    if on is not None:
        from programme.cli.sharding import ingest_on

        raise typer.Exit(ingest_on(on, named, given, limits, database, report))
    status = run(countable, found, lambda documents: ingest_into(connect, documents, given, workers), report)
    raise typer.Exit(status)


@app.command("check", cls=usage.Command)
@options.takes_limits
@options.takes_given(options.HINTS)
def check_command(
    context: typer.Context,
    given: "Given",
    sources: options.SourcesArgument = None,
    as_json: options.JsonOption = False,
    *,
    limits: "Limits",
) -> None:
    """Parse documents and report, without writing anything.

    Shows what each document states, how much of it is understood, and every problem.
    """
    from programme.cli.ingesting import named_sources, run
    from programme.cli.report import Report
    from programme.loaders.manifest import documents_of
    from programme.loaders.store.ingest import check

    named = named_sources(context, sources, given)
    found = documents_of(named, given, limits)
    countable = named if given.manifest is None else None
    report = Report(as_json=as_json)
    raise typer.Exit(run(countable, found, lambda documents: check(documents, given.format, given.hints), report))


@app.command("formats", cls=usage.Command)
def formats_command() -> None:
    """List the document formats, with what each one reads and yields."""
    from programme.loaders.formats import formats

    for found in formats():
        print(f"{found.NAME}\n  {found.DESCRIPTION}\n  yields {found.YIELDS}; example: samples/{found.EXAMPLE}")


@app.command("forget", cls=usage.Command)
def forget_command(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Path or URI of a document, or the start of its SHA-256.")
    ],
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Delete a document with every fact that only it states.

    `loader documents` lists them. The database is then the same as if the document had not been ingested.
    """
    from programme.loaders.store.database import open_database
    from programme.loaders.store.forget import forget
    from programme.messages import message

    forgotten = forget(open_database(database), document)
    print(f"forgot {message(forgotten.uri)}")
    for digest, instant in forgotten.restored:
        print(f"the capture of {instant[:16].replace('T', ' ')} UTC ({digest}) is current again")


@app.command("upgrade", cls=usage.Command)
def upgrade_command(database: options.DatabaseOption = options.DEFAULT_DATABASE) -> None:
    """Migrate a database to the latest schema, and read again what older rules have read.

    The bytes of all documents are in the database. Afterwards it holds what a fresh load of them would give.
    """
    from programme.database_url import parse_database_url
    from programme.loaders.store.database import upgrade

    before, after = upgrade(database)
    read_again, statuses = rereading.run(database)
    is_current = before == after and not read_again
    done = [f"is up to date ({after})"] if is_current else [f"migrated {before} → {after}"] * (before != after)
    print(f"{parse_database_url(database)}: {'; '.join([*done, read_again] if read_again else done)}")
    raise typer.Exit(1 if statuses["refused"] else 0)


app.command(cls=usage.Command)(sharding.parse)
app.command(cls=usage.Command)(sharding.merge)
app.command(cls=usage.Command)(rereading.reread)
app.command(cls=usage.Command)(refreshing.refresh)
app.command(cls=usage.Command)(fetching.sources)
app.command(cls=usage.Command)(fetching.fetch)


for command in reading.COMMANDS:
    app.command(cls=usage.QueryCommand if command is reading.query else usage.Command)(command)

app.command(cls=usage.Command)(publishing.publish)

app.add_typer(correcting.app, name="correct")


@app.command("serve", cls=usage.Command)
def serve_command(
    port: options.PortOption = 8001,
    host: Annotated[str, typer.Option("--host", metavar="TEXT", help="Address to listen on.")] = "127.0.0.1",
    immutable: Annotated[
        bool, typer.Option("--immutable", help="Serve faster; the file must not change while it is served.")
    ] = False,
    cors: Annotated[
        bool, typer.Option("--cors", help="Send CORS headers, so that scripts on other sites can read the data.")
    ] = False,
    robots: Annotated[bool, typer.Option("--robots", help="Let search engines index the site.")] = False,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="URL that visitors know the site by; other hosts are refused.")
    ] = "",
    sql: Annotated[bool, typer.Option("--sql/--no-sql", help="Let visitors run SQL of their own.")] = True,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Browse the database with Datasette, read-only."""
    from programme.site import Publishing, serve

    serve(reading.present(database), host, port, Publishing(immutable, cors, robots, sql, url))


@app.command("demo", cls=usage.Command)
def demo_command(
    port: options.PortOption = 8001,
    database: Annotated[
        str, typer.Option("--database", metavar="DATABASE", help="Where to create the demo database.")
    ] = "demo.db",
    serve: Annotated[bool, typer.Option(help="Serve the database once it is created.")] = True,
) -> None:
    """Create a database of invented sample documents, and browse it."""
    from programme import site

    status = _load_samples(database)
    if serve:
        print()
        site.serve(database, "127.0.0.1", port)
    elif status:
        raise typer.Exit(status)


def _load_samples(database: str) -> int:
    """Load the samples; their problems, which show how problems are reported, are only counted."""
    from programme.cli.ingesting import run
    from programme.cli.report import Report, row_counts
    from programme.loaders.documents import documents_from
    from programme.loaders.store.database import open_database
    from programme.loaders.store.ingest import ingest
    from programme.messages import message
    from programme.resources import shipped

    sources = [str(shipped("samples"))]
    connection = open_database(database, create=True)
    report = Report(is_quiet=True, database=database, count_rows=lambda: row_counts(connection))
    status = run(sources, documents_from(sources), lambda documents: ingest(connection, documents), report)
    if report.problem_count:
        print(f"see the problems with `loader query problems_of_documents --database {message(database)}`")
    return status


def main() -> None:
    """Run the command line; an error becomes one line on standard error unless `--debug` is given."""
    streams.prepare()
    try:
        # Otherwise typer would print usage errors itself, in three lines.
        status = usage.chosen(app, sys.argv[1:])(standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # A reader like `head` has left: Python would complain when it flushes on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except typer.TyperException as error:
        _fail(usage.usage_error(error))
    except Exception as error:
        if os.environ.get("LOADER_DEBUG"):
            import traceback

            _fail(traceback.format_exc())
        _fail(_text(error))
    sys.exit(status or 0)


def _fail(problem: str) -> NoReturn:
    from programme.messages import message

    print(message(f"error: {problem}"), file=sys.stderr)
    sys.exit(2)


def _text(error: Exception) -> str:
    from programme.exceptions import ProgrammeError

    if isinstance(error, ProgrammeError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory; close other programs, or raise the limit (`ulimit -v`)"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'a file or stream'}: {error.strerror}; check its path and its disk"
    return f"{type(error).__name__}: {error}; run `loader --debug ...` for the traceback"
