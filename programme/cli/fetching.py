"""`loader sources` and `loader fetch`: public sources by name."""

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from programme.cli import options

if TYPE_CHECKING:
    from programme.loaders.documents import Limits
    from programme.loaders.sources.catalogue import Request


def sources() -> None:
    """List the public sources that `loader fetch` knows, with what each gives and its terms."""
    from programme.loaders.sources.catalogue import sources as known

    for source in known():
        print(f"{source.name}\n  {source.title}, {source.home}\n  gives {source.gives}\n  has {source.coverage()}")
        print(f"  terms: {source.terms}")


@options.takes_limits
def fetch(
    target: Annotated[
        str, typer.Argument(metavar="WHAT", help="An edition such as icml-2024, or a source of days: daily-papers.")
    ],
    days: Annotated[
        str | None,
        typer.Argument(metavar="DAYS", help="For a source of days: 2025-03-01, or 2025-03-01..2025-03-31."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="SOURCE", help="Ask this source only.  [default: all that have it]")
    ] = None,
    into: Annotated[str, typer.Option("--into", metavar="FOLDER", help="Keep the files there.")] = "fetched",
    mirror: Annotated[
        str | None, typer.Option("--mirror", metavar="URL", help="Ask this host instead of the source's own.")
    ] = None,
    as_json: options.JsonOption = False,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
    *,
    limits: "Limits",
) -> None:
    """Fetch what public sources have of an edition or of days, keep the files, and ingest them.

    Sources are asked one request at a time, as their robots.txt allows. Run it again after an interruption, or to ask
    for what has changed since: the rest is not asked for. `loader sources` lists the sources.
    """
    from programme.loaders.sources.catalogue import requests_for_edition

    requests = _requests_of_days(target, days) if days else requests_for_edition(target, source)
    status = _fetch(requests, into, mirror, database, limits, as_json=as_json)
    if not days and not as_json:
        _print_coverage(database, target)
    raise typer.Exit(status)


def _fetch(
    requests: "list[Request]", into: str, mirror: str | None, database: str, limits: "Limits", *, as_json: bool
) -> int:
    """Ingest what the requests give, print a report, and return the exit status."""
    from programme.cli.ingesting import GracefulInterrupt
    from programme.cli.report import Progress, Report, row_counts
    from programme.loaders.sources.fetching import Fetcher
    from programme.loaders.store.database import open_database
    from programme.loaders.store.ingest import ingest, known_validators

    with closing(open_database(database, create=True)) as connection:
        fetcher = Fetcher(into, known_validators(connection), mirror, limits)
        report = Report(as_json=as_json, database=database, count_rows=lambda: row_counts(connection))
        with GracefulInterrupt() as interrupt:
            found = interrupt.pass_on(fetcher.fetch(requests))
            outcomes = (outcome for one in found for outcome in ingest(connection, [one]))
            report.follow(outcomes, Progress(lambda: len(requests)))
        return report.finish(is_interrupted=interrupt.happened)


def _requests_of_days(target: str, days: str) -> "list[Request]":
    from programme.loaders.sources.catalogue import SourceError, requests_for_days

    first, _, last = days.partition("..")
    try:
        return requests_for_days(target, date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        raise SourceError(f"{days!r} are no days; write 2025-03-01, or 2025-03-01..2025-03-31") from None


def _print_coverage(database: str, edition: str) -> None:
    """Print what each source has of the edition, and what is missing."""
    from programme.editions import edition_slug
    from programme.engines import run_query
    from programme.exceptions import ProgrammeError

    try:
        slug = edition_slug(database, edition)
    except ProgrammeError:
        return
    columns, rows = run_query(database, "edition_coverage", {"edition": slug})
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        missing = f", {row['missing_there']:,} missing" if row["missing_there"] else ""
        accepted = f" (accepted: {row['accepted']:,})" if row["accepted"] else ""
        print(
            f"{slug}: {row['papers']:,} of {row['all_papers']:,} papers{accepted} from {row['source']}{missing}; "
            f"{row['with_time']:,} with a time, {row['with_abstract']:,} with an abstract, "
            f"{row['with_code']:,} with code"
        )
