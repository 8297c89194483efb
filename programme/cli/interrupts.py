"""Ctrl-C: the first ends the stream of documents, so that what came before is finished; the second ends at once."""

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")

_SAID = b"\nfinishing what is in hand; Ctrl-C again stops at once\n"


class Stopping:
    """While it is entered, Ctrl-C sets `happened` and ends what `until_stopped` passes on."""

    def __init__(self) -> None:
        self.happened = False
        self._is_reading = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def until_stopped(self, things: Iterable[T]) -> Iterator[T]:
        """Pass things on until Ctrl-C; reading the next one, which may wait for a network, is broken off."""
        source = iter(things)
        while not self.happened:
            try:
                self._is_reading = True
                thing = next(source)
            except (StopIteration, KeyboardInterrupt):
                return
            finally:
                self._is_reading = False
            yield thing

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self.happened:
            raise KeyboardInterrupt
        self.happened = True
        os.write(2, _SAID)
        if self._is_reading:
            raise KeyboardInterrupt
