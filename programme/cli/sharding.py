"""`loader parse` and `loader merge`: a load in two steps, so that many machines can take the first."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from programme.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from programme.cli.report import Report
    from programme.loaders.documents import Limits
    from programme.loaders.given import Given
    from programme.loaders.store.outcome import Outcome


@options.takes_limits
@options.takes_given(options.HINTS | options.CAPTURES)
def parse(
    context: typer.Context,
    given: "Given",
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE... SHARDS", help="What to parse, as for `loader ingest`, and the folder for the shards."
        ),
    ] = None,
    as_json: options.JsonOption = False,
    workers: options.WorkersOption = None,
    *,
    limits: "Limits",
) -> None:
    """Parse documents into shards, for `loader merge`.

    On as many machines as there are, each with documents of its own and a folder that all see. Parsing a document again
    replaces its shard.
    """
    from programme.cli.ingesting import named_sources, run
    from programme.cli.report import Report
    from programme.loaders.manifest import documents_of
    from programme.loaders.store import ingest
    from programme.loaders.store.workers import core_count

    if not sources:
        context.fail("Missing argument 'SHARDS'.")
    *rest, folder = sources
    if folder.startswith(("http:", "https:")) or Path(folder).is_file():
        context.fail(f"{folder} is no folder; the last argument is the folder for the shards")
    named = named_sources(context, rest, given)
    found, count = documents_of(named, given, limits), workers or core_count()
    status = run(
        named if given.manifest is None else None,
        found,
        lambda documents: ingest.parse(documents, Path(folder), given.format, given.hints, workers=count),
        Report(as_json=as_json),
    )
    raise typer.Exit(status)


def merge(
    shards: Annotated[str, typer.Argument(metavar="SHARDS", help="The folder that `loader parse` wrote to.")],
    as_json: options.JsonOption = False,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
) -> None:
    """Load the documents of shards that `loader parse` wrote into the database.

    All shards are checked before anything is written. The database is then the same as if the documents had been
    ingested here, in any order; merging the same shards again changes nothing.
    """
    from programme.cli.ingesting import GracefulInterrupt
    from programme.cli.report import Progress, Report, row_counts
    from programme.loaders.store import ingest
    from programme.loaders.store.database import open_database
    from programme.loaders.store.shards import shards_in

    paths = shards_in(Path(shards))
    with closing(open_database(database, create=True)) as connection:
        report = Report(as_json=as_json, database=database, count_rows=lambda: row_counts(connection))
        with GracefulInterrupt() as interrupt:
            report.follow(ingest.merge(connection, interrupt.pass_on(paths)), Progress(lambda: None))
        status = report.finish(is_interrupted=interrupt.happened)
    raise typer.Exit(status)


def ingest_on(
    address: str, sources: list[str], given: "Given", limits: "Limits", database: str, report: "Report"
) -> int:
    """Read sources on a cluster into a folder beside the database, and merge what comes; return the exit status."""
    from tempfile import TemporaryDirectory

    from programme.cli.report import Progress
    from programme.database_url import parse_database_url
    from programme.loaders.store import ingest
    from programme.loaders.store.cluster import parse_on
    from programme.loaders.store.database import open_database
    from programme.loaders.store.shards import shards_in

    url = parse_database_url(database)
    beside = Path(url.location).absolute().parent if url.engine == "sqlite" else Path.cwd()
    with TemporaryDirectory(prefix="shards-", dir=beside) as name:
        folder = Path(name)

        def outcomes() -> "Iterator[Outcome]":
            for outcome in parse_on(address, sources, given, limits, folder, url.files):
                if outcome.status == "refused":
                    yield outcome
            paths = shards_in(folder) if any(folder.iterdir()) else []
            with closing(open_database(database, create=True)) as connection:
                yield from ingest.merge(connection, paths)

        report.follow(outcomes(), Progress(lambda: None))
    return report.finish()
