"""Measures how fast the site responds. Run as `python -m benchmarks.site [--pages 10500] [--database FILE]`.

Serves a database of invented pages, about 100,000 papers by default, with `loader serve` on localhost and requests each
kind of page, two requests at a time. The floor is Datasette's smallest page, requested in the same run; ratios to it
count, as absolute times depend on the machine.
"""

import argparse
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import httpx

from benchmarks.speed import SEED, Bench

FLOOR = "/-/versions.json"
MAX_SECONDS = 1.0
"""Seconds that a page may take at most."""
CONCURRENT_REQUESTS = 2
SAMPLES = {
    "paper": "SELECT '/paper/' || key FROM papers ORDER BY key LIMIT 40",
    "author": "SELECT '/author/' || key FROM authors ORDER BY key LIMIT 40",
    "session": "SELECT '/session/' || key FROM sessions ORDER BY key LIMIT 40",
    "document": "SELECT '/document/' || sha256 FROM documents ORDER BY sha256 LIMIT 20",
    "edition": "SELECT '/edition/' || slug FROM editions",
    "programme of a day": "SELECT DISTINCT '/edition/' || e.slug || '/' || s.local_day FROM slots s "
    "JOIN sessions c ON c.id = s.session_id JOIN editions e ON e.id = c.edition_id LIMIT 20",
}
"""SQL that selects the paths of each kind of page."""
FIXED = {
    "home": ["/"],
    "search": ["/search?q=graph", "/search?q=contrastive+learning&code=1", "/search?q=sparse&year=2022", "/search?q="],
    "faceted table": ["/{db}/slots?_facet=kind&_facet=local_day", "/{db}/papers?_search=graph", "/{db}/authorships"],
    "view": ["/{db}/programme", "/{db}/papers_with_code", "/{db}/author_index", "/{db}/code_share"],
    "feed": ["/feed.atom"],
}


@contextmanager
def serving(loader: str, database: Path) -> Iterator[str]:
    """Run `loader serve` on a free port and yield its URL."""
    command = [loader, "serve", "--port", "0", "--database", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        try:
            assert found, "the site did not start"
            yield found[0]
        finally:
            process.terminate()


def paths_by_kind(database: Path) -> dict[str, list[str]]:
    """Return the paths to request, by kind of page."""
    with closing(sqlite3.connect(database)) as connection:
        sampled = {kind: [row[0] for row in connection.execute(sql)] for kind, sql in SAMPLES.items()}
    fixed = {kind: [path.format(db=database.stem) for path in paths] for kind, paths in FIXED.items()}
    return {"floor": [FLOOR], **fixed, **sampled}


def times(client: httpx.Client, paths: list[str], requests: int) -> tuple[list[float], float]:
    """Return the seconds of each response and of all together; exits if a response is not a page."""

    def request(path: str) -> float:
        start = time.perf_counter()
        status = client.get(path).status_code
        if status != httpx.codes.OK:
            sys.exit(f"{path}: status {status}")
        return time.perf_counter() - start

    for path in paths:  # the first request of a page fills caches
        request(path)
    start = time.perf_counter()
    with ThreadPoolExecutor(CONCURRENT_REQUESTS) as pool:
        taken = list(pool.map(request, (paths[number % len(paths)] for number in range(requests))))
    return taken, time.perf_counter() - start


def report(database: Path, loader: str, requests: int) -> None:
    """Measure every kind of page and print a row for each."""
    print("| page | requests/s | × floor's time | p95 | slowest | ≤ 1 s |\n|---|---|---|---|---|---|")
    with serving(loader, database) as url, httpx.Client(base_url=url, timeout=30) as client:
        floor = 0.0
        for kind, paths in paths_by_kind(database).items():
            taken, together = times(client, paths, requests)
            floor = floor or together
            p95 = quantiles(taken, n=20)[-1]
            verdict = "met" if max(taken) <= MAX_SECONDS else "**missed**"
            cells = (f"{requests / together:.0f}", f"{together / floor:.1f} ×", f"{p95 * 1000:.0f} ms")
            print(f"| {kind} | {' | '.join(cells)} | {max(taken) * 1000:.0f} ms | {verdict} |", flush=True)


def main() -> None:
    """Read the options, load a database unless one is given, and print the table."""
    parser = argparse.ArgumentParser(description="Measure how fast the site responds.")
    parser.add_argument("--pages", type=int, default=10_500, help="invented session pages to load (default 10500)")
    parser.add_argument("--database", type=Path, help="serve this database instead")
    parser.add_argument("--requests", type=int, default=100, help="requests of each kind (default 100)")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="programme-benchmark-") as name:
        bench = Bench(Path(name))
        database = options.database
        if database is None:
            database = bench.folder / "programme.db"
            bench.ours(bench.write("pages", options.pages, SEED), database)
        report(database, bench.loader, options.requests)


if __name__ == "__main__":
    main()
