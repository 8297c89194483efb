"""A load on the machines of a Dask cluster: they read the documents into shards, this process merges them.

What they read and where they write has to be a place that all of them see: a shared folder, or URLs. Only outcomes come
back. Dask gives the documents of a machine that is lost to another, and a shard written twice is the same.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from programme.exceptions import ProgrammeError
from programme.loaders.documents import Limits, files_of
from programme.loaders.given import Given
from programme.loaders.manifest import documents_of
from programme.loaders.store.ingest import parse
from programme.loaders.store.outcome import Outcome

if TYPE_CHECKING:
    from distributed import Client

SCHEME = "dask://"
SOURCES_OF_TASK = 100
CONNECT_TIMEOUT_S = 10


class Task(NamedTuple):
    """Sources that one machine reads, what the curator says of them, and the folder for the shards."""

    sources: list[str]
    given: Given
    limits: Limits
    folder: Path


def parse_on(
    address: str, sources: Sequence[str], given: Given, limits: Limits, folder: Path, skipped: frozenset[str]
) -> Iterator[Outcome]:
    """Read sources on a cluster into shards in a folder, and yield the outcome of each document as it comes.

    Raises ProgrammeError where the scheduler cannot be reached, and for standard input and manifests, which stay here.
    """
    if "-" in sources or given.manifest is not None or given.uri is not None:
        raise ProgrammeError("standard input, --as and --manifest are read here; leave out --on")
    paths = list(files_of(sources, skipped))
    tasks = [
        Task(paths[start : start + SOURCES_OF_TASK], given, limits, folder)
        for start in range(0, len(paths), SOURCES_OF_TASK)
    ]
    with _client(address) as client, client.get_executor(retries=3) as executor:
        for future in as_completed([executor.submit(run_task, task) for task in tasks]):
            yield from future.result()


def run_task(task: Task) -> list[Outcome]:
    """Read sources into shards; what a machine of the cluster does."""
    documents = documents_of(task.sources, task.given, task.limits)
    return list(parse(documents, task.folder, task.given.format, task.given.hints))


@contextmanager
def _client(address: str) -> "Iterator[Client]":
    if not address.startswith(SCHEME):
        raise ProgrammeError(f"{address}: write --on dask://HOST:PORT, the address of a Dask scheduler")
    try:
        from distributed import Client
    except ImportError:
        raise ProgrammeError("--on needs Dask; install programme[cluster]") from None
    options: dict[str, Any] = {"timeout": CONNECT_TIMEOUT_S, "set_as_default": False}
    try:
        client = Client(f"tcp://{address.removeprefix(SCHEME)}", **options)
    except (OSError, ValueError) as error:  # what its many errors of connections and addresses have in common
        raise ProgrammeError(f"{address}: no Dask scheduler answers there: {error}") from error
    with client:
        yield client
