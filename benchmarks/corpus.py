"""Loads real documents into both databases in several orders. Run as `python -m benchmarks.corpus [FOLDER]`.

Each load is one `loader ingest` into an empty database; all dumps must be byte-identical.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.processes import Cost, measure
from tests.postgres import Server, running_server

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
LOADER = [sys.executable, "-m", "programme"]


@contextmanager
def postgres() -> Iterator[Server]:
    """Run a PostgreSQL server in a folder with a short name, as the path of a socket is limited to some 100 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o700)
    server = running_server(folder)
    try:
        yield next(server)
    finally:
        next(server, None)
        shutil.rmtree(folder, ignore_errors=True)


def new_postgres_url(server: Server, number: int) -> str:
    """Create an empty database on the server and return its URL."""
    import psycopg

    name = f"corpus_{number}"
    with psycopg.connect(host=server.host, port=server.port, user=server.user, dbname="postgres") as connection:
        connection.autocommit = True
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://{server.user}@/{name}?host={server.host}&port={server.port}"


def orders(folder: Path, shuffles: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the sources of each order: the folder itself, its files reversed, and shuffled."""
    files = sorted(str(path) for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    yield "the folder", [str(folder)]
    yield "reversed", files[::-1]
    for number in range(shuffles):
        yield f"shuffled {number + 1}", Random(number).sample(files, len(files))


def load(sources: list[str], url: str) -> tuple[Cost, dict[str, int], str]:
    """Ingest the sources in one command; return its cost, the stated rows per table, and the digest of the dump.

    Exits if a document is refused.
    """
    cost, report = measure([*LOADER, "ingest", *sources, "--json", "--database", url])
    totals = json.loads(report)["totals"]
    counts = {"documents": totals["documents"], "problems": totals["problems"], **totals["records"]}
    return cost, counts, digest_of_dump(url)


def digest_of_dump(url: str) -> str:
    """Return the SHA-256 of a dump, streamed: memory of this process would count as that of its next child."""
    digest = hashlib.sha256()
    with subprocess.Popen([*LOADER, "dump", "--database", url], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while block := process.stdout.read(1024 * 1024):
            digest.update(block)
    assert process.returncode == 0, f"loader dump: exit status {process.returncode}"
    return digest.hexdigest()


def main() -> None:
    """Read the options, load, compare and print the table."""
    parser = argparse.ArgumentParser(description="Load a folder of documents in several orders and compare the dumps.")
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS, help="default ../shared/corpus")
    parser.add_argument("--shuffles", type=int, default=3, help="random orders besides the two fixed ones (default 3)")
    options = parser.parse_args()
    dumps: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="programme-corpus-") as name, postgres() as server:
        print("| database | order | documents | rows stated | problems | s | rows/s | peak MB | dump |")
        print("|---|---|---|---|---|---|---|---|---|")
        for number, (order, sources) in enumerate(orders(options.folder, options.shuffles)):
            for engine, url in (
                ("SQLite", f"{name}/{number}.db"),
                ("PostgreSQL", new_postgres_url(server, number)),
            ):
                cost, counts, dump = load(sources, url)
                dumps.add(dump)
                rows = sum(counts.values()) - counts["documents"] - counts["problems"]
                cells = [engine, order, f"{counts['documents']:,}", f"{rows:,}", f"{counts['problems']:,}"]
                cells += [f"{cost.wall:.1f}", f"{rows / cost.wall:,.0f}", f"{cost.peak:.0f}", dump[:12]]
                print(f"| {' | '.join(cells)} |", flush=True)
    if len(dumps) > 1:
        sys.exit(f"{len(dumps)} different dumps of the same documents")


if __name__ == "__main__":
    main()
