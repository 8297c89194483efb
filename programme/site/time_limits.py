"""What SQL of visitors may cost those who read pages beside it: it ends in time, and waits for them meanwhile.

Datasette sets a progress handler: SQLite asks Python every so many steps whether to go on. Each time it needs the lock
of the interpreter, which the pages of everybody else then wait for. Here one thread looks at the clock for all.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from datasette.utils import sqlite3

INTERVAL_S = 0.01
"""How often to look at the clock."""

GRACE = 5
"""Looks at which a time must be over: a statement that is done, and waits for the interpreter, is not to be stopped."""

PATIENCE = 5
"""How many times as long as its limit a statement may run in all, where only its time on the processor counts."""

IsOver = Callable[[], int | None]


GIVEN_WAY = 10
"""How much lower the priority of a thread is that gives way, as `nice` counts: five of them take a third of two cores.

Not the lowest: a thread that holds the lock of the interpreter must soon run, or all pages wait for it.
"""

SWITCH_S = 0.0005
"""How long a thread keeps the lock of the interpreter while others wait; SQLite's need it once a row.

With Python's 5 ms, a page of a thousand rows waits for seconds while others are rendered.
"""


def give_way() -> None:
    """Let the processor run other threads of this process before the current one, where the system knows how."""
    with suppress(OSError):
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVEN_WAY)


def switch_often() -> None:
    """Let the threads of this process take short turns."""
    sys.setswitchinterval(SWITCH_S)


class Connection(sqlite3.Connection):  # type: ignore[misc]  # datasette has no types
    """A connection whose statements another thread stops.

    After one was stopped it is not to be used again: until every cursor is closed, SQLite would stop all that follow.
    """

    was_stopped = False
    is_patient = False
    """Whether only time on the processor counts: what visitors did not write must not fail when others are busy."""

    def set_progress_handler(self, handler: IsOver | None, n: int, /) -> None:  # noqa: ARG002 - no steps are counted
        """Have the handler asked whether to stop, by the clock."""
        if handler is None:
            _clock.forget(self)
        else:
            _clock.watch(self, _Timed(handler).is_over if self.is_patient else handler)


class _Timed:
    """The time of a statement of this thread, of which only that on the processor counts, where this is known."""

    def __init__(self, is_over: IsOver) -> None:
        self._is_over = is_over
        self._begun = time.monotonic()
        self._limit = 0.0
        self._clock = time.pthread_getcpuclockid(threading.get_ident()) if sys.platform == "linux" else None
        self._used = self._on_processor()

    def is_over(self) -> int:
        """Return whether the time is over; how long it is shows when it is over by the clock on the wall."""
        if not self._is_over():
            return 0
        passed = time.monotonic() - self._begun
        self._limit = self._limit or passed
        return int(passed >= PATIENCE * self._limit or self._on_processor() - self._used >= self._limit)

    def _on_processor(self) -> float:
        return time.monotonic() if self._clock is None else time.clock_gettime(self._clock)


class _Clock:
    """Asks the handlers of connections whether their time is over, as long as there are any."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._watched: dict[Connection, IsOver] = {}
        self._overdue: Counter[Connection] = Counter()
        self._thread: threading.Thread | None = None

    def watch(self, connection: Connection, is_over: IsOver) -> None:
        """Stop what the connection runs as soon as the time is over."""
        with self._change:
            self._watched[connection] = is_over
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="clock", daemon=True)
                self._thread.start()
            elif len(self._watched) == 1:
                self._change.notify()

    def forget(self, connection: Connection) -> None:
        """Let the connection run what comes; a statement after the one that was watched is never stopped."""
        with self._change:
            self._watched.pop(connection, None)
            self._overdue.pop(connection, None)

    def _look(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._watched)
                for connection, is_over in self._watched.items():
                    self._overdue[connection] += bool(is_over())
                    if self._overdue[connection] >= GRACE:
                        connection.was_stopped = True
                        connection.interrupt()
            time.sleep(INTERVAL_S)


_clock = _Clock()
