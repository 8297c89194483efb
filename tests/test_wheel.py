"""The wheel, as people install it: beside packages of PyPI called like our folders, in either order, and without them.

This is the one test that needs a package index: it installs other people's packages, as a user would.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OTHERS = ("schema==0.7.8", "queries==2.1.1", "migrations==0.1.1")
"""Packages of PyPI whose import names are those of our folders. `queries` is installed without the driver it needs."""

PARTS = {
    "programme/__init__.py",
    "programme/cli/app.py",
    "programme/export/sql/slots.sql",
    "programme/loaders/formats/virtual_site/session.py",
    "programme/loaders/text/editions.csv",
    "programme/migrations/head.sql",
    "programme/py.typed",
    "programme/queries/papers_with_code.sql",
    "programme/schema/papers.py",
    "programme/shipped/datasette_metadata.json",
    "programme/shipped/samples/bibtex.bib",
}
"""One file of each kind that has to come along."""

pytestmark = pytest.mark.slow


def uv(*words: str | Path) -> str:
    """Run uv and return what it prints; skip where it is missing or no index answers, fail there in CI."""
    program = os.environ.get("UV") or shutil.which("uv")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("uv builds and installs the wheel; `pip install uv`")
    done = subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode and "Failed to fetch" in done.stderr and not os.environ.get("CI"):
        pytest.skip(f"no package index answers: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    uv("build", "-q", "-o", folder)
    return folder


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The versions in the lock file, as constraints: what `uv sync` has fetched need not be fetched again."""
    path = tmp_path_factory.mktemp("locked") / "constraints.txt"
    uv("export", "-q", "--locked", "--no-emit-project", "--no-hashes", "-o", path)
    return path


class Environment:
    """A virtual environment of its own."""

    def __init__(self, folder: Path, locked: Path) -> None:
        self.folder = folder
        self.locked = locked
        uv("venv", "-q", "--python", sys.executable, folder / "venv")

    def install(self, *words: str | Path) -> None:
        """Install packages."""
        uv("pip", "install", "-q", "--python", self.folder / "venv", "-c", self.locked, *words)

    def uninstall(self, *names: str) -> None:
        """Uninstall packages."""
        uv("pip", "uninstall", "-q", "--python", self.folder / "venv", *names)

    def run(self, program: str, *words: str) -> str:
        """Run a program of the environment in its folder and return what it prints."""
        command = [str(self.folder / "venv" / "bin" / program), *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.variables, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables, without those that point to the checkout."""
        ours = ("PYTHON", "LOADER_", "VIRTUAL_ENV")
        return {name: value for name, value in os.environ.items() if not name.startswith(ours)}

    def use(self) -> None:
        """Ingest, upgrade, query, export and serve, as a user does."""
        (self.folder / "programme.db").unlink(missing_ok=True)
        shutil.rmtree(self.folder / "tables", ignore_errors=True)
        self.run("loader", "ingest", str(ROOT / "samples" / "icml2022_contrastive_learning.txt"))
        self.run("loader", "upgrade")
        assert "Contrastive Learning with Crossed Views" in self.run("loader", "query", "papers_with_code", "--csv")
        self.run("loader", "export", "parquet", "tables")
        assert (self.folder / "tables" / "papers.parquet").is_file()
        with served(self) as url, urllib.request.urlopen(f"{url}papers_with_code.json") as answer:  # noqa: S310
            assert answer.status == 200


@contextmanager
def served(environment: Environment) -> Iterator[str]:
    """Run `loader serve` on a free port and give the URL of the database's pages."""
    command = [str(environment.folder / "venv" / "bin" / "loader"), "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=environment.folder, env=environment.variables, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        printed = (re.search(r"http://127\.0\.0\.1:\d+/", line) for line in process.stdout)
        try:
            yield f"{next(found[0] for found in printed if found)}programme/"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, locked: Path) -> Environment:
    """An environment for all tests: in each new one, the first command compiles every package that it imports."""
    return Environment(tmp_path_factory.mktemp("environment"), locked)


def wheel_of(distributions: Path) -> Path:
    """The path of the wheel."""
    (wheel,) = distributions.glob("*.whl")
    return wheel


def test_wheel_and_source_hold_one_top_level_package(distributions: Path) -> None:
    with zipfile.ZipFile(wheel_of(distributions)) as wheel:
        names = set(wheel.namelist())
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"programme"}
    assert names >= PARTS
    (source,) = distributions.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        members = archive.getmembers()
    assert not any(member.issym() for member in members)
    packages = {member.name.split("/")[1] for member in members if member.name.endswith("/__init__.py")}
    assert packages == {"programme"}


def test_beside_packages_called_like_our_folders(
    distributions: Path, environment: Environment, subtests: pytest.Subtests
) -> None:
    """Neither overwrites the other, whichever comes first, and each survives the other's end."""
    wheel = wheel_of(distributions)
    environment.install(wheel)
    environment.install("--no-deps", *OTHERS)
    with subtests.test("ours first"):
        environment.use()
        assert environment.run("python", "-c", "from schema import Schema; print(Schema(int).validate(7))") == "7\n"
    environment.uninstall("programme")
    environment.install("--no-deps", wheel)
    with subtests.test("ours last"):
        environment.use()
        assert environment.run("python", "-c", "from schema import Schema; print(Schema(int).validate(7))") == "7\n"
    environment.uninstall("schema", "queries", "migrations")
    with subtests.test("without the others"):
        environment.use()


def test_the_demo_ingests_every_sample(distributions: Path, environment: Environment) -> None:
    environment.install(wheel_of(distributions))
    environment.run("loader", "demo", "--no-serve")
    count = environment.run("loader", "sql", "SELECT count(*) AS n FROM documents", "--csv", "--database", "demo.db")
    assert count.split() == ["n", str(len(list((ROOT / "samples").glob("[!.]*"))))]
    code = (
        "import asyncio; from programme.site import build_site; client = build_site('demo.db').client\n"
        "page = asyncio.run(client.get('/demo/papers_with_code'))\n"
        "style = asyncio.run(client.get('/-/static-plugins/programme/site.css'))\n"
        "print('Papers with code (view)' in page.text, style.status_code)"
    )
    assert environment.run("python", "-c", code) == "True 200\n"
