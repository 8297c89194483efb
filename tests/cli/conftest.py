"""The command in this process, and a database of the samples that is made once."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from programme.cli.loading import main
from programme.loaders.documents import documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest


class Loader(Protocol):
    """Runs `loader` with these words in a folder."""

    def __call__(
        self, *words: str | Path, cwd: Path, stdin: bytes = b"", **environment: str
    ) -> "subprocess.CompletedProcess[str]": ...


@pytest.fixture
def loader(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Loader:
    """Run `loader` in this process, which takes a tenth of the time of a process of its own."""

    def run(
        *words: str | Path, cwd: Path, stdin: bytes = b"", **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr("sys.argv", ["loader", *map(str, words)])
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            # The user's settings, and proxies, which would stand between the command and the test's own site.
            for name in [name for name in os.environ if name.startswith("LOADER_") or name.lower().endswith("_proxy")]:
                patch.delenv(name)
            # `--debug` sets it for the processes of this command, which here is the process of other tests.
            patch.setenv("LOADER_DEBUG", "")
            for name, value in environment.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(words, int(ended.value.code or 0), out, err)

    return run


@pytest.fixture(scope="session")
def samples_database(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A database of the samples, which no test may change."""
    path = tmp_path_factory.mktemp("samples") / "programme.db"
    connection = open_database(path, create=True)
    list(ingest(connection, documents_from([str(samples)])))
    connection.close()
    return path


@pytest.fixture
def loaded(tmp_path: Path, samples_database: Path) -> Path:
    """A folder with a `programme.db` of the samples."""
    shutil.copy(samples_database, tmp_path / "programme.db")
    return tmp_path


def process(*words: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """Run `loader` in a process of its own, for what only a process shows."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOADER_")}
    command = [sys.executable, "-m", "programme", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=clean, check=False)
