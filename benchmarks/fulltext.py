"""Measures the cost of full-text search in a bulk load. Run as `python -m benchmarks.fulltext FOLDER DB`.

Ingests as `loader ingest` does, times the statements that fill the search index, and prints seconds: wall and CPU.
"""

import sys
import time
from collections.abc import Sequence
from typing import Any

from programme.cli.app import main
from programme.loaders.store.connection import SqliteConnection

FILLS = "INSERT INTO papers_fts"


class Stopwatch:
    """Replaces `SqliteConnection.run` and adds up the time of statements that begin with `FILLS`."""

    def __init__(self) -> None:
        self.run = SqliteConnection.run
        self.wall = 0.0
        self.cpu = 0.0

    def __call__(self, connection: SqliteConnection, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement; time it if it fills the search index."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.run(connection, sql, parameters)
        if sql.startswith(FILLS):
            self.wall += time.perf_counter() - wall
            self.cpu += time.process_time() - cpu


def ingest(folder: str, database: str) -> Stopwatch:
    """Ingest `folder` into a new database; exits if no statement filled the search index."""
    watch = Stopwatch()
    SqliteConnection.run = lambda *arguments: watch(*arguments)  # type: ignore[method-assign]
    sys.argv = ["loader", "ingest", folder, "--database", database]
    try:
        main()
    except SystemExit as stop:
        if stop.code:
            raise
    if not watch.wall:
        sys.exit(f"no statement began with {FILLS!r}; does the store fill the search index in another way now?")
    return watch


if __name__ == "__main__":
    stopwatch = ingest(sys.argv[1], sys.argv[2])
    sys.stderr.flush()
    print(f"{stopwatch.wall} {stopwatch.cpu}")
