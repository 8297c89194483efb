"""What `loader ingest` and `loader check` share: what the curator says of documents, and the way through them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NoReturn

import typer

from programme.cli.interrupts import Stopping
from programme.cli.progress import Progress
from programme.cli.report import Report
from programme.loaders.documents import ReadResult, count_files
from programme.loaders.records import Hints
from programme.loaders.store.ingest import Outcome


def checked_hints(format: str | None, venue: str | None, year: int | None, date: datetime | None) -> Hints:
    """The hints given as options; raises BadParameter for a format or a venue that cannot be."""
    _check_format(format)
    return _hints(venue, year, date)


def report(
    sources: list[str],
    found: Iterator[ReadResult],
    read: Callable[[Iterator[ReadResult]], Iterator[Outcome]],
    *,
    as_json: bool,
) -> NoReturn:
    """Read what was found, say what became of it, and exit; Ctrl-C ends what is found."""
    told = Report(as_json=as_json)
    with Stopping() as stopping:
        told.follow(read(stopping.until_stopped(found)), Progress(lambda: count_files(sources)))
    raise typer.Exit(told.finish(is_stopped=stopping.happened))


def _check_format(name: str | None) -> None:
    if name is None:
        return
    from programme.loaders.formats import formats as registered

    known = [found.NAME for found in registered()]
    if name not in known:
        raise typer.BadParameter(f"no format is called {name!r}; there are: {', '.join(known)}", param_hint="--format")


def _hints(venue: str | None, year: int | None, date: datetime | None) -> Hints:
    from programme.loaders.text.editions import venue_slug

    slug = venue_slug(venue) if venue is not None else None
    if slug is not None and not slug.replace("-", "").isalnum():
        raise typer.BadParameter(f"{venue!r} is no venue; name it like icml", param_hint="--venue")
    return Hints(slug, year, date.date() if date else None)
