"""The house rules that can be checked automatically."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from programme.cli.app import app

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for folder in ("programme", "schema", "loaders", "queries", "migrations", "tools")
    for path in (ROOT / folder).rglob("*.py")
    if not path.is_symlink() and path.name != "rows.py"  # generated
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
        ["vulture"],
    ],
    ids=" ".join,
)
def test_checker_passes(command: list[str]) -> None:
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_under_300_lines_and_functions_under_40(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 300
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 40] == []


def test_the_lock_names_only_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_changelog_is_kept_and_the_version_has_its_heading_or_is_to_come() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{version}]" in changelog or "## [Unreleased]" in changelog


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    commands += [str(group.name) for group in app.registered_groups]
    assert {"ingest", "correct"} <= set(commands)
    assert [name for name in commands if f"loader {name}" not in readme] == []
