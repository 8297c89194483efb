"""Runs a piece of work in a process of its own, which may be killed at any statement or call to the system."""

import json
import os
import signal
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg

from programme.exceptions import ProgrammeError
from programme.loaders.store.connection import Connection, SqliteConnection
from programme.loaders.store.database import open_database
from tests.simulation.disk import Disk

Work = Callable[[Connection], Iterable[Any]]
"""What is done with a database; each thing that it yields was said to the person who waits."""

MAX_SECONDS = 300
"""A process that takes longer hangs."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong in a process: at which call of the disk, or at which statement."""

    kind: str
    number: int
    seed: int = 0


@dataclass
class Done:
    """What a process said before it ended, and the error that it ended with, if it was not killed."""

    said: list[Any] = field(default_factory=list)
    error: str | None = None
    is_killed: bool = False

    @property
    def is_complete(self) -> bool:
        return self.error is None and not self.is_killed


class Running:
    """A process that does some work with a database."""

    def __init__(
        self,
        database: str,
        work: Work,
        fault: Fault | None = None,
        opened: Callable[[str], Connection] = open_database,
    ) -> None:
        reading, writing = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(reading)
            try:
                _run(lambda: opened(database), work, fault, writing)
            finally:
                os._exit(1)
        os.close(writing)
        self._output = open(reading, encoding="utf-8")  # noqa: PTH123, SIM115 - a number; closed when it is read

    def is_running(self) -> bool:
        """Return whether the process has not ended yet."""
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def result(self) -> Done:
        """Wait for the end, and return what came of it; raises AssertionError for an end that must not be."""
        done = Done()
        with self._output as lines:
            for line in lines:
                kind, value = json.loads(line)
                if kind == "said":
                    done.said.append(value)
                else:
                    done.error = value
        status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        assert status in (0, -signal.SIGKILL), f"ended with {status}: {done.error}"
        done.is_killed = status == -signal.SIGKILL
        return done


def _run(opened: Callable[[], Connection], work: Work, fault: Fault | None, writing: int) -> None:
    def say(kind: str, value: Any) -> None:
        os.write(writing, json.dumps([kind, value]).encode() + b"\n")

    status = 0
    signal.alarm(MAX_SECONDS)
    try:
        if fault and fault.kind not in ("statement", "terminate"):
            Disk(fault.kind, fault.number, fault.seed).install()
        connection = opened()
        if fault and fault.kind in ("statement", "terminate"):
            _fail_at(connection, fault)
        for value in work(connection):
            say("said", value)
        connection.close()
    except ProgrammeError as error:
        say("error", str(error))
    except BaseException as error:
        import traceback

        status = 1
        say("error", f"{error!r} {''.join(traceback.format_exception(error)[-6:])}")
    os._exit(status)


def _fail_at(connection: Connection, fault: Fault) -> None:
    """Have the process killed before its Nth statement, or its session at the server ended."""
    left = fault.number

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0 and fault.kind == "statement":
            os.kill(os.getpid(), signal.SIGKILL)
        elif left == 0 and raw is not None:
            with psycopg.connect(connection.database.location, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (raw.info.backend_pid,))

    raw = None if isinstance(connection, SqliteConnection) else connection._raw  # type: ignore[attr-defined]
    if isinstance(connection, SqliteConnection):
        tracing: sqlite3.Connection = connection._raw
        tracing.set_trace_callback(count)
        return
    for name in ("execute", "executemany", "copy"):
        setattr(psycopg.Cursor, name, _counted(getattr(psycopg.Cursor, name), count))


def _counted(method: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    def counted(*args: Any, **named: Any) -> Any:
        count()
        return method(*args, **named)

    return counted
