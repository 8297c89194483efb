"""Prints the table of speed ratios. Run as `python -m benchmarks.speed [--pages 10000] [--large]`.

Every contender is a fresh process; contenders take turns and the medians count. Absolute times are printed too, but
they vary with the machine, while ratios hardly do. `--large` adds ten times the pages, some minutes and gigabytes.
`PROGRAMME_BENCHMARK_POSTGRES` names a database of a PostgreSQL server; it is emptied, and its row is added. Memory is
that of the largest process.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import Cost, alternate, measure
from programme.loaders.store.workers import core_count

SMALL_PAGES = 100
SINGLES = 15
SEED = 20210720
LARGE_FACTOR = 10
MODEL_WORKERS = 8
BYTES_PER_PAGE = 140_000
"""Disk space for a page, its rows in our database and in the peer's, and the journals."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table; either `at_most` or `at_least` is the target for the ratio (or the megabytes)."""

    name: str
    against: str
    measured: str
    ratio: float
    at_most: float | None = None
    at_least: float | None = None
    unit: str = "×"

    def __str__(self) -> str:
        """Return the row as Markdown."""
        if self.at_most is not None:
            target, is_met = f"≤ {self.at_most:g} {self.unit}", self.ratio <= self.at_most
        else:
            target, is_met = f"≥ {self.at_least:g} {self.unit}", self.ratio >= (self.at_least or 0)
        ratio = f"{self.ratio:.0f} {self.unit}" if self.ratio >= 100 else f"{self.ratio:.2f} {self.unit}"
        cells = (self.name, self.against, self.measured, ratio, target, "met" if is_met else "**missed**")
        return f"| {' | '.join(cells)} |"


class Bench:
    """A folder of pages and databases, and the contenders that run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        loader = shutil.which("loader", path=str(Path(sys.executable).parent))
        if loader is None:
            sys.exit("no `loader` beside this Python; install the project first, as `uv run` does")
        self.loader = loader

    def write(self, name: str, pages: int, seed: int = SEED) -> Path:
        """Generate pages in a process of their own, so that their memory is not counted as that of the next child."""
        into = self.folder / name
        measure([sys.executable, "-m", "benchmarks.pages", str(into), str(pages), str(seed)])
        return into

    def ours(self, pages: Path, database: Path | str, *options: str) -> Cost:
        """Ingest `pages` with the console script."""
        return measure([self.loader, "ingest", str(pages), "--database", str(database), *options])[0]

    def parse(self, pages: Path) -> Cost:
        """Read `pages` into shards in one process."""
        shards = self.folder / "shards"
        shutil.rmtree(shards, ignore_errors=True)
        return measure([self.loader, "parse", str(pages), str(shards), "--workers", "1"])[0]

    def merge(self) -> Cost:
        """Load the shards that `parse` has left into a new database."""
        database = self.folder / "merged.db"
        try:
            return measure([self.loader, "merge", str(self.folder / "shards"), "--database", str(database)])[0]
        finally:
            remove(database)

    def fresh(self, module: str, pages: Path) -> tuple[Cost, str]:
        """Load `pages` into a new database with a module of this package, and delete it."""
        database = self.folder / f"{module}.db"
        try:
            return measure([sys.executable, "-m", f"benchmarks.{module}", str(pages), str(database)])
        finally:
            remove(database)

    def bulk(self, pages: Path, rounds: int) -> tuple[dict[str, Cost], Path]:
        """Measure floor, ours and peer in turn; return the costs and the database of our last round."""
        database = self.folder / "ours.db"

        def ours(workers: int) -> Cost:
            remove(database)
            return self.ours(pages, database, "--workers", str(workers))

        contenders: dict[str, Callable[[], Cost]] = {
            "floor": lambda: self.fresh("floor", pages)[0],
            "peer": lambda: self.fresh("peer", pages)[0],
            "parse": lambda: self.parse(pages),
            "merge": self.merge,
            "one": lambda: ours(1),
            "ours": lambda: ours(core_count()),
        }
        if url := os.environ.get("PROGRAMME_BENCHMARK_POSTGRES"):
            contenders["postgres"] = lambda: self.postgres(pages, url)
        return alternate(contenders, rounds), database

    def postgres(self, pages: Path, url: str) -> Cost:
        """Ingest `pages` into an emptied database of a PostgreSQL server."""
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self.ours(pages, url)

    def singles(self, large: Path, small: Path) -> dict[str, Cost]:
        """Measure, in turn, an idle Python and the ingest of one new page into a large and a small database."""
        fresh = sorted(self.write("singles", 2 * SINGLES, SEED + 1).rglob("*.txt"))
        return alternate(
            {
                "python": lambda: measure([sys.executable, "-c", "pass"])[0],
                "large": lambda: self.ours(fresh.pop(), large),
                "small": lambda: self.ours(fresh.pop(), small),
            },
            SINGLES,
        )


def remove(database: Path) -> None:
    """Delete a SQLite database and what stands beside it."""
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


def bulk_lines(costs: dict[str, Cost], pages: int) -> Iterator[Line]:
    """Compare our bulk load with floor and peer, and its parts with each other."""
    floor, ours, one, peer = costs["floor"], costs["ours"], costs["one"], costs["peer"]
    cores = core_count()
    yield Line(f"bulk, {pages} pages, {cores} workers", *compare("floor", floor, ours), at_most=4.7)
    against, measured, _ = compare("floor", floor, one)
    yield Line("the same, 1 worker, CPU", against, measured, one.cpu / floor.cpu, at_most=6.5)
    yield Line("the same, times faster", *compare("peer", peer, ours, is_inverse=True), at_least=4)
    yield Line(f"{cores} workers, times faster", *compare("1 worker", one, ours, is_inverse=True), at_least=1.4)
    parse, merge = costs["parse"], costs["merge"]
    # One process merges what the others read meanwhile, so the slower side counts.
    modelled = max(merge.wall, parse.wall / MODEL_WORKERS)
    parts = f"parse {_seconds(parse)}, merge {_seconds(merge)}"
    yield Line(
        f"{MODEL_WORKERS} workers, by a model", f"floor: {_seconds(floor)}", parts, modelled / floor.wall, at_most=2.5
    )
    if postgres := costs.get("postgres"):
        yield Line("PostgreSQL", *compare("SQLite", ours, postgres), at_most=1.5)
    yield Line(f"memory, {pages} pages", "", f"{pages / ours.wall:.0f} pages/s", ours.peak, at_most=150, unit="MB")


def single_lines(costs: dict[str, Cost], pages: int) -> Iterator[Line]:
    """Yield the rows for one page: against an idle Python, and in a large database against a small one."""
    python, large, small = costs["python"], costs["large"], costs["small"]
    yield Line(f"one page after {pages}", *compare("`python -c pass`", python, large), at_most=15)
    yield Line(f"one page after {pages}", *compare(f"after {SMALL_PAGES}", small, large), at_most=1.2)


def compare(name: str, other: Cost, ours: Cost, *, is_inverse: bool = False) -> tuple[str, str, float]:
    """Return what a `Line` says of two costs: what was compared with, what was measured, and the ratio."""
    ratio = other.wall / ours.wall if is_inverse else ours.wall / other.wall
    cpu_ratio = other.cpu / ours.cpu if is_inverse else ours.cpu / other.cpu
    return f"{name}: {_seconds(other)}", f"{_seconds(ours)}; CPU ratio {cpu_ratio:.2f}", ratio


def _seconds(cost: Cost) -> str:
    digits = 2 if cost.wall >= 1 else 3
    return f"{cost.wall:.{digits}f} s (CPU {cost.cpu:.{digits}f} s)"


def lines(bench: Bench, pages: int, rounds: int, *, has_large: bool) -> Iterator[Line]:
    """Measure everything and yield each row of the table as soon as it is known."""
    folder = bench.write("pages", pages)
    costs, database = bench.bulk(folder, rounds)
    yield from bulk_lines(costs, pages)
    small = bench.folder / "small.db"
    bench.ours(bench.write("small", SMALL_PAGES, SEED + 2), small)
    if has_large:
        shutil.rmtree(folder)
        remove(database)
        many = pages * LARGE_FACTOR
        large = bench.ours(bench.write("many", many), database)
        yield Line(f"memory, {many} pages", "", f"{many / large.wall:.0f} pages/s", large.peak, at_most=150, unit="MB")
        growth = compare(f"{pages} pages", costs["ours"], large)
        yield Line(f"growth to {many} pages", *growth, at_most=1.1 * LARGE_FACTOR)
        pages = many
    yield from single_lines(bench.singles(database, small), pages)


def main() -> None:
    """Read the options, measure and print the table."""
    parser = argparse.ArgumentParser(description="Print the ratios of the speed table.")
    parser.add_argument("--pages", type=int, default=10_000, help="pages of the bulk load (default 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each bulk load (default 3)")
    parser.add_argument("--large", action="store_true", help=f"also load {LARGE_FACTOR} times the pages")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="programme-benchmark-") as name:
        needed = options.pages * BYTES_PER_PAGE * (LARGE_FACTOR if options.large else 1)
        if shutil.disk_usage(name).free < needed:
            sys.exit(f"{name}: {needed / 1e9:.0f} GB of free disk are needed; point TMPDIR at a larger disk")
        print("| | floor or peer | measured | ratio | target | |\n|---|---|---|---|---|---|", flush=True)
        for line in lines(Bench(Path(name)), options.pages, options.rounds, has_large=options.large):
            print(line, flush=True)


if __name__ == "__main__":
    main()
