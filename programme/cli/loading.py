"""The command `loader` itself, and those of its commands that read documents: `ingest` and `check`.

They do without the modules of the other commands, which `programme.cli.app` adds. Heavy imports stand inside the
function that needs them: every command pays for what is imported at the top.
"""

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from programme.cli import options, streams, usage

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


def main() -> None:
    """Run the command line; an error becomes one line on standard error unless `--debug` is given."""
    streams.prepare()
    words = sys.argv[1:]
    if usage.named(words) not in {command.name for command in app.registered_commands}:
        import programme.cli.app  # noqa: F401  registers the other commands
    try:
        # Otherwise typer would print usage errors itself, in three lines.
        status = usage.chosen(app, words)(standalone_mode=False)
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
