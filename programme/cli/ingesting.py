"""What `loader ingest` and `loader check` share: the options that describe documents, and Ctrl-C between documents."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

import typer

from programme.cli.report import Progress, Report
from programme.cli.usage import suggestion
from programme.loaders.documents import ReadResult, count_files
from programme.loaders.records import Hints
from programme.loaders.store.ingest import Outcome

T = TypeVar("T")

_NOTICE = b"\nfinishing the current document; press Ctrl-C again to stop at once\n"
_STOPPED = b"\nstopped; no document is partly loaded; run the same command again to continue\n"


def checked_hints(format: str | None, venue: str | None, year: int | None, date: datetime | None) -> Hints:
    """Return the hints given as options; raises BadParameter for an unknown format and for text that is no venue."""
    from programme.loaders.text.editions import given_venue

    _check_format(format)
    try:
        slug = given_venue(venue) if venue is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--venue") from None
    return Hints(slug, year, date.date() if date else None)


def run(
    sources: list[str],
    found: Iterator[ReadResult],
    read: Callable[[Iterator[ReadResult]], Iterator[Outcome]],
    report: Report,
) -> int:
    """Read the documents found, print a report and return the exit status; Ctrl-C ends the stream of documents."""
    with GracefulInterrupt() as interrupt:
        report.follow(read(interrupt.pass_on(found)), Progress(lambda: count_files(sources)))
    return report.finish(is_interrupted=interrupt.happened)


def _check_format(name: str | None) -> None:
    if name is None:
        return
    from programme.loaders.formats import formats as registered

    known = [found.NAME for found in registered()]
    if name not in known:
        raise typer.BadParameter(f"no format is called {name!r}; {suggestion(name, known)}", param_hint="--format")


class GracefulInterrupt:
    """Ctrl-C: the first ends the stream of documents, so that those before it are finished; the second stops at once.

    While this context is entered, Ctrl-C sets `happened` and ends what `pass_on` yields.
    """

    def __init__(self) -> None:
        self.happened = False
        self._is_reading = False
        self._before: Any = None

    def __enter__(self) -> Self:
        # Python lets only the main thread set handlers.
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def pass_on(self, items: Iterable[T]) -> Iterator[T]:
        """Yield items until Ctrl-C, which also interrupts reading the next one: it may be waiting for a network."""
        source = iter(items)
        while not self.happened:
            try:
                self._is_reading = True
                item = next(source)
            except (StopIteration, KeyboardInterrupt):
                return
            finally:
                self._is_reading = False
            yield item

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        # print() is not safe here: the handler may interrupt another print.
        os.write(2, _STOPPED if self.happened else _NOTICE)
        is_second, self.happened = self.happened, True
        if is_second or self._is_reading:
            raise KeyboardInterrupt
