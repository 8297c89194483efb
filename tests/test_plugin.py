"""What docs/writing-a-format.md shows works: the package, installed from a wheel, the toolkit and the example."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "writing-a-format.md").read_text(encoding="utf-8")
TOOLKIT = re.findall(r"^\| `([\w.]+)` \| (.*) \|$", PAGE, re.MULTILINE)
"""The public modules that the page lists, with what it says about each."""

FILES = dict(re.findall(r"^`([\w./-]+)`\n```\w*\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
"""The files that the page shows, by name."""

ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel that pyproject.toml describes; without a build backend, which would need the network."""
    settings = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
    project = settings["project"]
    stem = f"{project['name'].replace('-', '_')}-{project['version']}"
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    entry_points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["include"]:
            archive.write(source / name, name)
        archive.writestr(f"{stem}.dist-info/METADATA", metadata)
        archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{stem}.dist-info/entry_points.txt", entry_points)
    return wheel


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of the package, as the page shows it."""
    folder = tmp_path_factory.mktemp("source") / "programme-enw"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def installed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package installed: a wheel of pure Python is installed by unpacking it."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(build_wheel(package, tmp_path_factory.mktemp("dist"))) as wheel:
        wheel.extractall(folder)
    return folder


def run(arguments: list[str], *folders: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with the modules of the folders and of the project."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, (*folders, ROOT)))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_toolkit_is_there() -> None:
    assert len(TOOLKIT) > 5
    for module, names in TOOLKIT:
        found = import_module(module)
        for name in re.findall(r"`(\w+)`", names.replace("`head`, `text`, `lines`, ", "")):
            assert hasattr(found, name), f"{module}.{name}"


def test_the_json_example_runs() -> None:
    (example,) = re.findall(r"^```python\n(import msgspec\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(example, "docs/writing-a-format.md", "exec"), {"__name__": "example"})  # noqa: S102 - our own page


def test_the_page_shows_every_file_of_the_package() -> None:
    assert sorted(FILES) == ["programme_enw.py", "pyproject.toml", "samples/garden.enw", "tests/test_programme_enw.py"]


def test_a_document_is_ingested_with_the_installed_format(package: Path, installed: Path, tmp_path: Path) -> None:
    ingest = ["-m", "programme", "ingest", str(package / "samples" / "garden.enw"), "--json", "--database", "garden.db"]
    done = run(ingest, installed, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (document,) = json.loads(done.stdout)["documents"]
    assert (document["status"], document["format"], document["coverage"]) == ("loaded", "enw", 1.0)
    titles = ["-m", "programme", "sql", "SELECT title FROM papers ORDER BY title", "--json", "--database", "garden.db"]
    assert json.loads(run(titles, installed, cwd=tmp_path).stdout) == [
        {"title": "Moss"},
        {"title": "Walks in a Garden of Forking Graphs"},
    ]


def test_the_installed_format_is_listed(installed: Path, tmp_path: Path) -> None:
    listed = run(["-m", "programme", "formats"], installed, cwd=tmp_path).stdout
    assert "ris\n" in listed
    assert "References in the form that EndNote exports." in listed


def test_without_the_package_the_document_is_refused(package: Path, tmp_path: Path) -> None:
    done = run(["-m", "programme", "check", str(package / "samples" / "garden.enw")], cwd=tmp_path)
    assert done.returncode == 1
    assert "not recognised" in done.stdout + done.stderr


def test_the_tests_of_the_package_pass(package: Path, installed: Path) -> None:
    done = run(["-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", "tests"], installed, cwd=package)
    assert done.returncode == 0, done.stdout
