"""The package as a wheel lays it out, away from the checkout: what comes with it is found, and the demo runs."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
    "wheel"
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with exactly the files that pyproject.toml puts into the wheel."""
    folder = tmp_path_factory.mktemp("site-packages")
    for package in WHEEL["packages"]:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for source, target in WHEEL["force-include"].items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, folder / target)
    return folder


def python(installed: Path, code: str, *arguments: str, folder: Path) -> str:
    """What Python prints that imports the installed copy and starts in another folder."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["samples", "datasette_metadata.json"])
def test_shipped_files_are_found_in_the_installed_package(installed: Path, tmp_path: Path, name: str) -> None:
    code = "import sys; from programme.resources import shipped; print(shipped(sys.argv[1]))"
    assert Path(python(installed, code, name, folder=tmp_path)) == installed / "programme" / "shipped" / name


def test_the_demo_takes_every_sample_in(installed: Path, tmp_path: Path) -> None:
    loader = "from programme.cli.app import main; main()"
    python(installed, loader, "demo", "--no-serve", "--database", "demo.db", folder=tmp_path)
    count = python(
        installed,
        loader,
        "sql",
        "SELECT count(*) AS n FROM documents",
        "--csv",
        "--database",
        "demo.db",
        folder=tmp_path,
    )
    assert count.split() == ["n", str(len(list((ROOT / "samples").glob("[!.]*"))))]


def test_the_installed_site_has_its_titles_and_its_style(installed: Path, tmp_path: Path) -> None:
    loader = "from programme.cli.app import main; main()"
    python(installed, loader, "demo", "--no-serve", "--database", "demo.db", folder=tmp_path)
    code = (
        "import asyncio; from programme.site import build_site; client = build_site('demo.db').client\n"
        "page = asyncio.run(client.get('/demo/papers_with_code'))\n"
        "style = asyncio.run(client.get('/-/static-plugins/programme/site.css'))\n"
        "print('Papers with code (view)' in page.text, style.status_code)"
    )
    assert python(installed, code, folder=tmp_path) == "True 200"
