"""Pages with commands, such as README.md: the commands are run, and what they print is put below them.

A block that starts with ```console holds commands after `$ ` and below each what it prints.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "docs" / "corrections.md")
HOME = "/home/ada/"
"""The folder of the reader, as the pages print it."""

_BLOCK = re.compile(r"(```console\n)(.*?)(```\n)", re.DOTALL)


def fresh(page: Path) -> str:
    """Return the page as its commands, run now in a folder that holds nothing but the samples, make it.

    Raises RuntimeError for a command that fails.
    """
    with TemporaryDirectory() as name:
        return _page_as_run(page.read_text(encoding="utf-8"), _runner(Path(name).resolve()))


def _page_as_run(text: str, run: Callable[[str], str]) -> str:
    def block(found: re.Match[str]) -> str:
        commands = [line for line in found[2].splitlines() if line.startswith("$ ")]
        return found[1] + "\n".join(f"{command}\n{run(command[2:])}" for command in commands) + found[3]

    return _BLOCK.sub(block, text)


def _runner(folder: Path) -> Callable[[str], str]:
    shutil.copytree(ROOT / "samples", folder / "samples")
    environment = {name: value for name, value in os.environ.items() if name != "LOADER_DATABASE"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"

    def run(command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", f"{{ {command}\n}} 2>&1"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command}: exit status {done.returncode}\n{done.stdout}")
        return done.stdout.replace(f"{folder}/", HOME)

    return run
