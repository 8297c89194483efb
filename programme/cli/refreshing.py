"""`loader refresh`: the addresses that documents came from, asked again."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from programme.cli import options

if TYPE_CHECKING:
    from programme.loaders.documents import Limits


@options.takes_limits
def refresh(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...", help="Addresses, or the start of several.  [default: all]", show_default=False
        ),
    ] = None,
    as_json: options.JsonOption = False,
    database: options.DatabaseOption = options.DEFAULT_DATABASE,
    *,
    limits: "Limits",
) -> None:
    """Ask the addresses that documents came from again.

    One after another, as their robots.txt allows, and only for what has changed since. A page that has changed becomes
    a newer capture, read as the one before it; what it said before stays in the history. Files are not read again:
    `loader ingest` does that.
    """
    from programme.cli.ingesting import GracefulInterrupt
    from programme.cli.report import Progress, Report
    from programme.loaders.store.database import open_database
    from programme.loaders.store.refresh import planned
    from programme.loaders.store.refresh import refresh as refreshed

    with closing(open_database(database)) as connection:
        plan = planned(connection, sources or [])
        report = Report(as_json=as_json, database=database, count_rows=dict)
        with GracefulInterrupt() as interrupt:
            outcomes = refreshed(connection, plan, limits)
            report.follow(interrupt.pass_on(outcomes), Progress(lambda: len(plan.addresses)))
    raise typer.Exit(report.finish(is_interrupted=interrupt.happened))
