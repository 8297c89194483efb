"""Many clients at once. Run as `python -m benchmarks.load [--seconds 120] [--clients 200] [--folder DIR]`.

Serves 100,000 invented papers with `loader serve` on localhost. Each client asks for a page, reads for a while, and
asks for the next; some bring SQL of their own instead, which runs until it is stopped, so that the SQL of visitors is
at its limit all the time. No status but 200 may come, and for SQL 400 and 429; 95 % of our pages take a second at most;
and the memory of the server does not grow. `--seconds 600` is the soak. `--folder` keeps the database for the next run.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import httpx
import psutil

from benchmarks.site import build, pages_of, running
from benchmarks.speed import Bench

THINK_SECONDS = 20.0
"""How long a client reads a page, on average."""

SQL_CLIENTS = 6
"""Clients that bring SQL; four of their statements run at a time."""
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
OURS, TABLES, SQL = "our pages", "tables and queries", "SQL of visitors"
MAX_SECONDS = 1.0
"""Seconds that 95 % of our pages take at most."""

MAX_GROWTH = 1.1
"""How much larger the memory may be in the last third than in the second."""


@dataclass
class Measured:
    """What the clients met: seconds by kind of page, statuses, and the memory of the server in MB over time."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """The memory in the last third of the time over that in the second."""
        third = len(self.memory) // 3
        return mean(self.memory[-third:]) / mean(self.memory[third : 2 * third])

    @property
    def p95(self) -> float:
        """The time that 95 % of our pages take at most."""
        return quantiles(self.seconds[OURS], n=20)[-1]

    def problems(self) -> list[str]:
        """Return what is not as it should be."""
        allowed = {SQL: {200, 400, 429}}
        bad = {key: count for key, count in self.statuses.items() if key[1] not in allowed.get(key[0], {200})}
        problems = [f"{kind}: status {status}, {count} times" for (kind, status), count in bad.items()]
        if self.p95 > MAX_SECONDS:
            problems.append(f"95 % of our pages take up to {self.p95:.2f} s")
        if self.growth > MAX_GROWTH:
            problems.append(f"the memory grows by {self.growth - 1:.0%}")
        return problems


@dataclass
class Crowd:
    """Clients of a site: its URL, the process that serves it, the paths of pages, and one of SQL that does not end."""

    url: str
    process: psutil.Process
    pages: list[str]
    sql: str
    tables: str
    measured: Measured = field(default_factory=Measured)

    async def come(self, clients: int, seconds: float) -> None:
        """Let so many clients ask for so long, and watch the memory of the server."""
        ends = time.monotonic() + seconds
        # One for all, as each would read the certificates of the system, which takes as long as a page.
        async with httpx.AsyncClient(
            base_url=self.url, timeout=60, limits=httpx.Limits(max_connections=None)
        ) as client:
            asking = [self._bring_sql(client, number, ends) for number in range(SQL_CLIENTS)]
            asking += [self._read_pages(client, number, ends) for number in range(SQL_CLIENTS, clients)]
            await asyncio.gather(self._watch(ends, seconds / 100), *asking)

    async def _watch(self, ends: float, interval: float) -> None:
        while time.monotonic() < ends:
            self.measured.memory.append(self.process.memory_info().rss / 1e6)
            await asyncio.sleep(interval)

    async def _read_pages(self, client: httpx.AsyncClient, number: int, ends: float) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, THINK_SECONDS))
        while (left := ends - time.monotonic()) > 0:
            path = chance.choice(self.pages)
            await self._get(client, TABLES if path.startswith(self.tables) else OURS, path, number)
            await asyncio.sleep(min(left, chance.expovariate(1 / THINK_SECONDS)))

    async def _bring_sql(self, client: httpx.AsyncClient, number: int, ends: float) -> None:
        while time.monotonic() < ends:
            if await self._get(client, SQL, self.sql, number) == httpx.codes.TOO_MANY_REQUESTS:
                await asyncio.sleep(1)

    async def _get(self, client: httpx.AsyncClient, kind: str, path: str, number: int) -> int:
        """Ask for a page from an address of this client's own, as a server in front would state it."""
        address = {"x-forwarded-for": f"10.0.{number // 250}.{number % 250}"}
        begun = time.perf_counter()
        try:
            status = (await client.get(path, headers=address)).status_code
        except httpx.HTTPError as error:
            print(f"{path}: {error!r}", flush=True)
            status = 0
        self.measured.seconds.setdefault(kind, []).append(time.perf_counter() - begun)
        self.measured.statuses[kind, status] += 1
        if kind != SQL and status != httpx.codes.OK:
            print(f"{path}: status {status}", flush=True)
        return status


def report(measured: Measured) -> None:
    """Print a row for each kind of page, and the memory."""
    print("| what | requests | median | p95 | slowest | statuses |\n|---|---|---|---|---|---|")
    for kind, seconds in sorted(measured.seconds.items()):
        cuts = quantiles([*seconds, *seconds], n=20)
        statuses = ", ".join(f"{status}: {count}" for (one, status), count in measured.statuses.items() if one == kind)
        times = " | ".join(f"{second * 1000:.0f} ms" for second in (cuts[9], cuts[-1], max(seconds)))
        print(f"| {kind} | {len(seconds):,} | {times} | {statuses} |")
    first, last, most = (
        f"{megabytes:.0f}" for megabytes in (measured.memory[0], measured.memory[-1], max(measured.memory))
    )
    print(f"our pages: p95 {measured.p95 * 1000:.0f} ms; memory from {first} to {last} MB, at most {most} MB")


def main() -> int:
    """Read the options, load a database unless there is one, let the clients in, and print what they met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--papers", type=int, default=100_000, help="invented papers to load (default 100000)")
    parser.add_argument("--folder", type=Path, help="load them here, and serve what was loaded here before")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="programme-benchmark-") as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        database = build(folder, options.papers)
        with closing(sqlite3.connect(database)) as connection:
            pages = list(pages_of(connection, database.stem))
        tables = f"/{database.stem}"
        with running(Bench(folder).loader, database) as (url, process):
            crowd = Crowd(url, psutil.Process(process), pages, f"{tables}.json?{urlencode({'sql': ENDLESS})}", tables)
            asyncio.run(crowd.come(options.clients, options.seconds))
    report(crowd.measured)
    problems = crowd.measured.problems()
    print("\n".join(problems) or "no problem")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
