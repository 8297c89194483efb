"""A load on a Dask cluster of this machine: the dump is that of one process, also where a worker is killed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from programme.exceptions import ProgrammeError
from programme.loaders.documents import DEFAULT_LIMITS, documents_from
from programme.loaders.given import Given
from programme.loaders.store import cluster
from programme.loaders.store.cluster import parse_on
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest, merge
from programme.loaders.store.shards import shards_in
from tests.cli.conftest import Loader

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def local_cluster() -> "Iterator[LocalCluster]":
    from distributed import LocalCluster

    options: dict[str, Any] = {"dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **options) as found:
        yield found


def address(found: "LocalCluster") -> str:
    return str(found.scheduler_address).replace("tcp://", "dask://")


def test_samples_with_a_worker_killed_give_the_same_dump(
    local_cluster: "LocalCluster", tmp_path: Path, samples: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SOURCES_OF_TASK", 3)
    alone = open_database(tmp_path / "alone.db", create=True)
    list(ingest(alone, documents_from([samples])))
    found = parse_on(address(local_cluster), [str(samples)], Given(), DEFAULT_LIMITS, tmp_path / "shards", frozenset())
    assert next(found).status == "loaded"
    (victim, *_) = local_cluster.workers.values()
    psutil.Process(victim.pid).kill()
    assert {outcome.status for outcome in found} == {"loaded"}
    connection = open_database(database_url, create=True)
    list(merge(connection, shards_in(tmp_path / "shards")))
    assert list(dump(connection)) == list(dump(alone))
    connection.close()


def test_the_command_merges_what_the_cluster_has_read(
    local_cluster: "LocalCluster", tmp_path: Path, samples: Path, loader: Loader
) -> None:
    done = loader("ingest", samples, tmp_path / "missing.txt", "--on", address(local_cluster), cwd=tmp_path)
    assert done.returncode == 1
    count = sum(1 for path in samples.rglob("*") if path.is_file())
    assert f"{count} loaded" in done.stdout
    assert "1 refused" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["programme.db"]


def test_wrong_addresses_say_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_TIMEOUT_S", 1)
    for text, problem in (("dask://127.0.0.1:9", "no Dask scheduler answers there"), ("ray://x", "write --on dask://")):
        with pytest.raises(ProgrammeError, match=problem):
            list(parse_on(text, [str(tmp_path)], Given(), DEFAULT_LIMITS, tmp_path, frozenset()))
