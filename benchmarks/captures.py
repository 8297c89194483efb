"""Prints what a newer capture and reading again cost. Run as `python -m benchmarks.captures [--pages 84000]`.

In a large database, adding a page takes turns with replacing one by a capture in which every talk starts a minute
later; beside it, a fresh load of a smaller folder takes turns with reading the same documents again.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import Cost, alternate, measure
from benchmarks.speed import SEED, SINGLES, Bench, Line, compare, remove

REREAD_PAGES = 10_000
_CLOCK = re.compile(r"(\d?\d):(\d\d)")


def lines(bench: Bench, pages: int, reread_pages: int, rounds: int) -> Iterator[Line]:
    """Measure everything and yield each row of the table as soon as it is known."""
    yield from _replacing(bench, pages)
    yield from _rereading(bench, reread_pages, rounds)


def _replacing(bench: Bench, pages: int) -> Iterator[Line]:
    folder, database = bench.write("pages", pages), bench.folder / "large.db"
    bench.ours(folder, database)
    fresh = sorted(bench.write("singles", SINGLES, SEED + 1).rglob("*.txt"))
    old = sorted(folder.rglob("*.txt"))[:: max(1, pages // SINGLES)]

    def replace() -> Cost:
        path = old.pop()
        path.write_text(_CLOCK.sub(_minute_later, path.read_text("utf-8")), "utf-8")
        return bench.ours(path, database)

    costs = alternate({"add": lambda: bench.ours(fresh.pop(), database), "replace": replace}, SINGLES)
    name = f"replacing one of {pages} pages"
    yield Line(name, *compare("adding one", costs["add"], costs["replace"]), at_most=1.3)
    remove(database)


def _rereading(bench: Bench, pages: int, rounds: int) -> Iterator[Line]:
    folder, loaded, fresh = bench.write("again", pages, SEED + 2), bench.folder / "loaded.db", bench.folder / "fresh.db"
    bench.ours(folder, loaded)

    def load() -> Cost:
        remove(fresh)
        return bench.ours(folder, fresh)

    def reread() -> Cost:
        return measure([bench.loader, "reread", "--all", "--database", str(loaded)])[0]

    costs = alternate({"load": load, "reread": reread}, rounds)
    yield Line(f"reading {pages} pages again", *compare("fresh load", costs["load"], costs["reread"]), at_most=1)


def _minute_later(clock: re.Match[str]) -> str:
    return f"{clock[1]}:{(int(clock[2]) + 1) % 60:02}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=84_000, help="pages of the large database, with 9.5 papers each")
    parser.add_argument("--reread-pages", type=int, default=REREAD_PAGES)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of loading and reading again")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        for line in lines(Bench(Path(folder)), arguments.pages, arguments.reread_pages, arguments.rounds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
