"""Measures how fast the site responds. Run as `python -m benchmarks.site [--papers 1000000] [--folder DIR]`.

Serves a database of invented papers with `loader serve` on localhost and requests every kind of page, the first 100
rows of every view, and every curated query. Half of the papers are from session pages, of editions with some 5,000
papers each, half from a snapshot like arXiv's. `--folder` keeps the database for the next run. The slowest page comes
first. The floor is Datasette's smallest page, requested in the same run: ratios to it count, as absolute times depend
on the machine. The server first works out what it keeps of a large database. Seconds are those of the server's
processor, so that other work on the machine does not count; they are read from `/proc`.
"""

import argparse
import csv
import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import httpx

from benchmarks.dumps import write_snapshot
from benchmarks.pages import PAPERS_PER_PAGE, year_of
from benchmarks.speed import Bench
from programme.loaders.text.venues import known_venues
from programme.queries import catalogue

FLOOR = "/-/versions.json"
MAX_SECONDS = 0.5
"""Seconds that a page may take at most."""
PASSES = 3
"""Requests of each page; the fastest counts, as the first one fills caches."""
PAGES_PER_EDITION = 526
"""About 5,000 papers, as many as the largest conferences have."""
PAUSE_S = 3.0
IDLE_SHARE = 0.02
"""A server is idle when it used less than this share of the processor during a pause."""
SAMPLED = 8
"""Pages of each kind, from as many places of the table."""
SAMPLES = {
    "paper": "SELECT '/paper/' || key FROM papers WHERE id % {step} = 1",
    "author": "SELECT '/author/' || key FROM authors WHERE id % {step} = 1",
    "author of most papers": "SELECT '/author/' || key FROM authors WHERE id = (SELECT author_id FROM authorships "
    "GROUP BY author_id ORDER BY count(*) DESC LIMIT 1)",
    "session": "SELECT '/session/' || key FROM sessions WHERE id % {step} = 1",
    "repository": "SELECT '/repository/' || key FROM repositories WHERE id % {step} = 1",
    "document": "SELECT '/document/' || sha256 FROM documents ORDER BY size_bytes DESC LIMIT {sampled}",
    "edition": "SELECT '/edition/' || slug FROM editions",
    "papers of an edition": "SELECT '/edition/' || slug || '/papers' FROM editions",
    "day of an edition": "SELECT DISTINCT '/edition/' || e.slug || '/' || s.local_day FROM slots s "
    "JOIN sessions c ON c.id = s.session_id JOIN editions e ON e.id = c.edition_id LIMIT {sampled}",
}
"""SQL that selects the paths of each kind of page."""
FIXED = {
    "home": ("/",),
    "search": ("/search?q=graph", "/search?q=contrastive+learning&code=1", "/search?q=sparse&year=2022", "/search?q="),
    "list": ("/editions", "/documents", "/listings", "/changes", "/queries", "/{db}", "/feed.atom"),
    "table": ("/{db}/slots", "/{db}/papers?_search=graph", "/{db}/papers", "/{db}/authorships", "/{db}/authors"),
}
PARAMETERS = {
    "q": ("graph", "SELECT title FROM papers WHERE id = (SELECT max(id) / 2 FROM papers)"),
    "author": (
        "SELECT name FROM authors WHERE id = (SELECT max(id) / 2 FROM authors)",
        "SELECT key FROM authors WHERE id = 1",
    ),
    "key": ("SELECT key FROM papers WHERE id = (SELECT max(id) / 2 FROM papers)",),
    "edition": ("SELECT slug FROM editions ORDER BY slug LIMIT 1",),
    "venue": ("SELECT slug FROM venues ORDER BY slug LIMIT 1",),
    "document": ("SELECT sha256 FROM documents WHERE id = (SELECT max(id) / 2 FROM documents)",),
    "identifier": ("SELECT value FROM paper_identifiers WHERE paper_id = (SELECT max(id) / 2 FROM papers)",),
    "repository": ("SELECT url FROM repositories WHERE id = (SELECT max(id) / 2 FROM repositories)",),
}
"""Values for the parameters of queries: a text, or SQL that selects it."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What one page took: seconds of the processor, and what the server gave up on."""

    page: str
    seconds: float
    problem: str


class Served:
    """A site that is being served, whose pages are timed one after another."""

    def __init__(self, process: int, client: httpx.Client) -> None:
        self._process = process
        self._client = client

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Wait until the server has worked out what it keeps, so that this does not count as the time of a page."""
        before = -1.0
        while (now := self._cpu()) - before > IDLE_SHARE * PAUSE_S:
            before = now
            time.sleep(PAUSE_S)

    def time(self, path: str, passes: int = PASSES) -> Timed:
        """Request a page several times."""
        fastest, problem = float("inf"), ""
        for _ in range(passes):
            before = self._cpu()
            response = self._client.get(path)
            fastest = min(fastest, self._cpu() - before)
            problem = "" if response.status_code == httpx.codes.OK else f"status {response.status_code}"
        return Timed(path, fastest, problem)

    def time_view(self, database: str, name: str) -> Timed:
        """Time the first 100 rows of a view, and note counts that ran out of time."""
        timed = self.time(f"/{database}/{name}?_size=100")
        if timed.problem:
            return timed
        shown = self._client.get(f"/{database}/{name}.json?_size=100").json()
        missing = ["rows are not counted"] if shown["filtered_table_rows_count"] is None else []
        missing += [f"facet {facet} ran out of time" for facet in shown.get("facets_timed_out", ())]
        return Timed(timed.page, timed.seconds, ", ".join(missing))


@contextmanager
def running(loader: str, database: Path) -> Iterator[tuple[str, int]]:
    """Run `loader serve` on a free port; yield its URL and the id of its process."""
    command = [loader, "serve", "--port", "0", "--database", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        try:
            assert found, "the site did not start"
            yield found[0], process.pid
        finally:
            process.terminate()


@contextmanager
def serving(loader: str, database: Path) -> Iterator[Served]:
    """Run `loader serve` on a free port, to be timed."""
    with running(loader, database) as (url, process), httpx.Client(base_url=url, timeout=300) as client:
        yield Served(process, client)


def pages_of(connection: sqlite3.Connection, database: str) -> Iterator[str]:
    """Yield the paths of pages and of curated queries with parameters, without views."""
    (papers,) = connection.execute("SELECT count(*) FROM papers").fetchone()
    for paths in FIXED.values():
        yield from (path.format(db=database) for path in paths)
    for kind, sql in SAMPLES.items():
        table = {"paper": "papers", "author": "authors", "session": "sessions", "repository": "repositories"}.get(kind)
        rows = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] if table else papers
        step = max(2, (rows or 0) // SAMPLED)
        yield from (path for (path,) in connection.execute(sql.format(step=step, sampled=SAMPLED)))
    for query in catalogue().values():
        if not query.is_view:
            yield f"/{database}/{query.name}"
            for param in query.params:
                for value in values_of(connection, param.name, query.example):
                    yield f"/{database}/{query.name}?{urlencode({param.name: value})}"


def values_of(connection: sqlite3.Connection, name: str, example: dict[str, str]) -> Iterator[str]:
    """Yield values for a parameter: those of this database, or else the example of the query."""
    for value in PARAMETERS.get(name, [example[name]] if name in example else []):
        found = connection.execute(value).fetchone() if value.startswith("SELECT ") else (value,)
        yield from found or ()


def report(database: Path, loader: str, only: str) -> None:
    """Measure every page whose path contains `only`, and print a row for each, the slowest first."""
    with serving(loader, database) as site, closing(sqlite3.connect(database)) as connection:
        site.settle()
        floor = site.time(FLOOR, passes=50).seconds or 0.01
        taken = [site.time(path) for path in pages_of(connection, database.stem) if only in path]
        views = [query.name for query in catalogue().values() if query.is_view and only in f"/{query.name}"]
        taken += [site.time_view(database.stem, name) for name in views]
    print(f"| page | s | × floor ({floor:.2f} s) | ≤ {MAX_SECONDS} s |\n|---|---|---|---|")
    for one in sorted(taken, key=lambda timed: -timed.seconds):
        verdict = one.problem or ("met" if one.seconds <= MAX_SECONDS else "**missed**")
        print(f"| {one.page} | {one.seconds:.2f} | {one.seconds / floor:.0f} | {verdict} |")


def build(folder: Path, papers: int) -> Path:
    """Return a database of so many papers in a folder, where it may be already."""
    database = folder / "programme.db"
    if not database.exists():
        bench = Bench(folder)
        pages = bench.write("pages", max(1, round(papers / 2 / PAPERS_PER_PAGE)))
        manifest = folder / "manifest.csv"
        write_manifest(manifest, sorted(pages.rglob("*.txt")))
        snapshot = folder / "arxiv-metadata-oai-snapshot.json"
        write_snapshot(snapshot, papers - papers // 2)
        bench.ours(snapshot, database, "--manifest", str(manifest))
    return database


def write_manifest(path: Path, pages: list[Path]) -> None:
    """Write a manifest that spreads pages over venues, each with an edition in both years that the pages are of."""
    venues = sorted(known_venues())
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("source", "venue", "year"))
        for index, page in enumerate(pages):
            venue = venues[index // (2 * PAGES_PER_EDITION) % len(venues)]
            rows.writerow((page.relative_to(path.parent), venue, year_of(index)))


def main() -> None:
    """Read the options, load a database unless one is given, and print the table."""
    parser = argparse.ArgumentParser(description="Measure how fast the site responds.")
    parser.add_argument("--papers", type=int, default=100_000, help="invented papers to load (default 100000)")
    parser.add_argument("--folder", type=Path, help="load them here, and serve what was loaded here before")
    parser.add_argument("--database", type=Path, help="serve this database instead")
    parser.add_argument("--only", default="", help="measure only pages whose path contains this")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="programme-benchmark-") as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        database = options.database or build(folder, options.papers)
        report(database, Bench(folder).loader, options.only)


if __name__ == "__main__":
    main()
