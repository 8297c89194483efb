"""Statements are stopped when their time is over, and only those."""

import asyncio
import os
import sys
import threading
import time
from typing import Any

import pytest
from datasette.utils import sqlite3, sqlite_timelimit

from programme.site.database import own_sql
from programme.site.time_limits import GIVEN_WAY, Connection

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
SLOW_STEPS = "SELECT sum(length(replace(hex(zeroblob(1000000 + value)), '0', 'ab'))) FROM json_each(?)"


@pytest.fixture
def connection() -> Any:
    return sqlite3.connect(":memory:", factory=Connection, check_same_thread=False)


@pytest.mark.parametrize("sql", [ENDLESS, SLOW_STEPS])
def test_a_statement_is_stopped_in_time(connection: Any, sql: str) -> None:
    numbers = [f"[{','.join(map(str, range(2000)))}]"] if "?" in sql else []
    begun = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match=r"^interrupted$"), sqlite_timelimit(connection, 100):
        connection.execute(sql, numbers).fetchall()
    assert time.monotonic() - begun < 2
    assert connection.was_stopped


def test_statements_of_other_connections_go_on(connection: Any) -> None:
    other = sqlite3.connect(":memory:", factory=Connection)
    with sqlite_timelimit(connection, 50), sqlite_timelimit(other, 60_000):
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) SELECT count(*) FROM n"
        assert other.execute(numbers).fetchall() == [(3_000_000,)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say how long a thread was on the processor")
def test_waiting_counts_for_visitors_only(connection: Any) -> None:
    connection.create_function("wait", 0, lambda: time.sleep(0.3))
    connection.is_patient = True
    with sqlite_timelimit(connection, 100):
        assert connection.execute("SELECT wait(), 1").fetchall() == [(None, 1)]
    with pytest.raises(sqlite3.OperationalError, match=r"^interrupted$"), sqlite_timelimit(connection, 100):
        connection.execute(ENDLESS)


def test_waiting_ends(connection: Any) -> None:
    connection.create_function("wait", 0, lambda: time.sleep(0.1))
    connection.is_patient = True
    begun = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match=r"^interrupted$"), sqlite_timelimit(connection, 100):
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 2 FROM n) SELECT wait() FROM n"
        ).fetchall()
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no priority of threads")
def test_visitors_give_way_to_pages(site: Any) -> None:
    def priority(_: Any) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    async def of_pages() -> int:
        with own_sql():
            return int(await site.get_database("programme").execute_fn(priority))

    async def of_visitors() -> int:
        return int(await site.get_database("programme").execute_fn(priority))

    assert asyncio.run(of_visitors()) == asyncio.run(of_pages()) + GIVEN_WAY
