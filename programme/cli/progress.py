"""A bar on the terminal for work that takes longer than a moment."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

MOMENT_S = 0.5
"""Work that is over sooner shows nothing, nor does a single document."""

_BETWEEN_S = 0.1
_NEVER = float("inf")


class Progress:
    """Counts documents and shows them on standard error: done, total, rate and time left; nothing in a pipe.

    `count` tells the total, or None when it is not known; it is asked only when there is a bar.
    """

    def __init__(self, count: Callable[[], int | None]) -> None:
        self._count = count
        self._done = 0
        self._total: int | None = None
        self._started = time.monotonic()
        self._next_at = self._started + MOMENT_S if sys.stderr.isatty() else _NEVER
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def advance(self) -> None:
        """Count one more document."""
        self._done += 1
        now = time.monotonic()
        if now >= self._next_at:
            self._next_at = now + _BETWEEN_S
            self._show(self._done / (now - self._started))

    def say(self, line: str) -> None:
        """Write a line to standard error, above the bar."""
        if self._bar is None:
            print(line, file=sys.stderr)
        else:
            self._bar.console.out(line, highlight=False)

    def _show(self, rate: float) -> None:
        if self._bar is None:
            self._total = self._count()
            if self._total == 1:
                self._next_at = _NEVER
                return
            self._bar = _new_bar()
            self._bar.add_task("", total=None, done="", rate="")
        total = self._total if self._total is not None and self._done <= self._total else None
        done = f"{self._done:,} documents" if total is None else f"{self._done:,} of {total:,} documents"
        (task,) = self._bar.task_ids
        self._bar.update(task, total=total, completed=self._done, done=done, rate=f"{rate:,.0f}/s")
        self._bar.start()


def _new_bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.fields[done]}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    return Bar(*columns, console=Console(stderr=True), transient=True)
