"""What `loader ingest` and `loader check` share: the report of a run, and Ctrl-C between documents."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import typer

from programme.cli.report import Progress, Report
from programme.loaders.documents import Document, ReadResult, Refused, count_files
from programme.loaders.store.ingest import Outcome, check, ingest
from programme.loaders.store.waiting import is_waiting
from programme.loaders.store.workers import core_count

if TYPE_CHECKING:
    from programme.loaders.given import Given
    from programme.loaders.store.connection import Connection

T = TypeVar("T")

_NOTICE = b"\nfinishing the current document; press Ctrl-C again to stop at once\n"
_STOPPED = b"\nstopped; no document is partly loaded; run the same command again to continue\n"


def named_sources(context: typer.Context, sources: list[str] | None, given: "Given") -> list[str]:
    """Return the sources; ends the command with a usage error where there are neither any nor a manifest."""
    if not sources and given.manifest is None:
        context.fail("Missing argument 'SOURCE...' or option '--manifest'.")
    return sources or []


def run(
    sources: list[str] | None,
    found: Iterator[ReadResult],
    read: Callable[[Iterator[ReadResult]], Iterator[Outcome]],
    report: Report,
) -> int:
    """Read the documents found, print a report and return the exit status; Ctrl-C ends the stream of documents.

    `sources` are those that the progress bar counts; None where their number is unknown.
    """
    size = 0

    def measured() -> Iterator[ReadResult]:
        nonlocal size
        for document in interrupt.pass_on(found):
            size += document.size_bytes if isinstance(document, Document) else 0
            yield document

    with GracefulInterrupt() as interrupt:
        progress = Progress(lambda: None if sources is None else count_files(sources), lambda: size)
        report.follow(read(measured()), progress)
    return report.finish(is_interrupted=interrupt.happened)


def ingest_into(
    connect: "Callable[[], Connection]", documents: Iterator[ReadResult], given: "Given", workers: int | None
) -> Iterator[Outcome]:
    """Ingest documents and yield the outcome of each; `connect` creates the database, once there is one to ingest.

    `workers` is the number of processes that read; None means as many as there are cores.
    """
    count = workers or core_count()
    for document in documents:
        if not isinstance(document, Refused):
            yield from ingest(connect(), chain([document], documents), given.format, given.hints, workers=count)
            return
        yield from check([document])


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
        stops_now = self.happened or self._is_reading or is_waiting()
        os.write(2, _STOPPED if self.happened or is_waiting() else _NOTICE)
        self.happened = True
        if stops_now:
            raise KeyboardInterrupt
