"""Runs the simulation by hand: `python -m tests.simulation [SECONDS] [--seed N] [--steps N] [--postgresql]`."""

import argparse
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg

from programme.loaders.documents import web
from programme.loaders.store.database import open_database
from tests.documents.sites import running_site
from tests.postgres import Server, running_server
from tests.simulation.life import Life

STEPS = 25
"""Steps of one life: a short history is easy to read where it ends badly."""


def in_files(folder: Path) -> Iterator[str]:
    """Yield URLs of new SQLite databases."""
    for number in count():
        url = f"sqlite:///{folder / f'{number}.db'}"
        open_database(url, create=True).close()
        yield url


def on_server(server: Server) -> Iterator[str]:
    """Yield URLs of new databases on a server of PostgreSQL."""
    address = f"postgresql://{server.user}@/{{}}?host={server.host}&port={server.port}"
    for number in count():
        name = f"life{os.getpid()}_{number}"
        with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        open_database(address.format(name), create=True).close()
        yield address.format(name)


def run(seconds: float, seed: int, databases: Iterator[str], steps: int = STEPS) -> str:
    """Let lives pass for so many seconds, with seeds from this one on; return how far it came.

    Prints the history of a life that ends badly, and how to see it again.
    """
    taken = faults = 0
    ends = time.monotonic() + seconds
    web.FIRST_WAIT_S = 0.0
    for number in count(seed):
        with tempfile.TemporaryDirectory(prefix="life") as folder, running_site() as site:
            life = Life(number, Path(folder), site, lambda: next(databases))
            try:
                for _ in range(steps):
                    life.step()
                    taken += 1
                    if time.monotonic() > ends:
                        return f"{taken:,} steps, {faults + life.fault_count:,} faults, no difference"
            except BaseException:
                print("\n".join(life.history))
                print(f"again with: python -m tests.simulation --seed {number}", flush=True)
                raise
            faults += life.fault_count
    raise AssertionError


def main() -> None:
    """Read the options, run, and print how far it came."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=3600.0)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="sim") as folder:
        servers = running_server(Path(folder)) if options.postgresql else iter(())
        databases = on_server(next(servers)) if options.postgresql else in_files(Path(folder))
        print(run(options.seconds, options.seed, databases, options.steps))
        list(servers)


if __name__ == "__main__":
    main()
