"""Worker processes that read ahead of the one that writes. Results come in order, so their number changes nothing."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

AHEAD = 2
"""Jobs per worker that are read ahead, so that none waits for the writer, and memory stays bounded."""

T = TypeVar("T")
R = TypeVar("R")


def core_count() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Up to `count` processes, started when they are first needed; with one or none, this process does everything."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Return the result of each item in order, computed ahead; errors of `items` come after all results before it.

        The first items are taken at once. Where a worker dies, as one killed for its memory does, this process does its
        item, and new workers the others.
        """
        if self.count < 2:
            return map(function, items)
        failed: list[Exception] = []
        rest = _with_error(items, failed)
        pending = deque((item, self._submit(function, item)) for item in islice(rest, self.count * AHEAD))
        return self._results(function, rest, pending, failed)

    def _results(
        self,
        function: Callable[[T], R],
        rest: Iterator[T],
        pending: "deque[tuple[T, Future[bytes]]]",
        failed: list[Exception],
    ) -> Iterator[R]:
        for item in rest:
            pending.append((item, self._submit(function, item)))
            yield self._result(function, pending)
        while pending:
            yield self._result(function, pending)
        if failed:
            raise failed[0]

    def _submit(self, function: Callable[[T], R], item: T) -> "Future[bytes]":
        # Here, as loads without workers, such as that of one new page, need not wait for these imports.
        import multiprocessing
        from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

        if self._executor:
            with suppress(BrokenProcessPool):  # a worker died since the last result was taken
                return self._executor.submit(_pickled, function, item)
        # Not by fork: the connection to a database, and locks of other threads, must not be copied.
        self._executor = ProcessPoolExecutor(self.count, multiprocessing.get_context("spawn"), _start)
        with _deaf_to_interrupts():  # the first job starts the workers
            return self._executor.submit(_pickled, function, item)

    def _result(self, function: Callable[[T], R], pending: "deque[tuple[T, Future[bytes]]]") -> R:
        import pickle
        from concurrent.futures.process import BrokenProcessPool

        item, future = pending.popleft()
        try:
            packed = future.result()
        except BrokenProcessPool:
            # All jobs of a pool fail when one of its processes dies.
            waiting = [one for one, _ in pending]
            pending.clear()
            pending.extend((one, self._submit(function, one)) for one in waiting)
            return function(item)
        result: R = pickle.loads(packed)  # noqa: S301 - made by our own worker
        return result


def _pickled(function: Callable[[T], R], item: T) -> bytes:
    """Return a result as bytes, so that the thread of the pool need not unpickle it while this process writes."""
    import pickle

    return pickle.dumps(function(item), pickle.HIGHEST_PROTOCOL)


def _with_error(items: Iterable[T], failed: list[Exception]) -> Iterator[T]:
    """Yield items; where they end with an error, append it to `failed` instead of raising it."""
    try:
        yield from items
    except Exception as error:
        failed.append(error)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C, which reaches all processes of a terminal, so that those started now ignore it from the outset.

    The one that starts them decides what becomes of the load.
    """
    if threading.current_thread() is not threading.main_thread():  # no other may say what signals do
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _start() -> None:
    """Make a new worker quiet, thrifty, and no survivor of the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # also where another thread started it
    gc.set_threshold(100_000)  # facts have no cycles, so that there is little to collect
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent:
        parent.join()  # a killed process cannot tell its workers to end
        os._exit(1)
