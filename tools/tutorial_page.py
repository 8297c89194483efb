"""The tutorial, docs/tutorial.md: its commands are run, and what they print is put below them.

A block that starts with ```console holds commands after `$ ` and below each what it prints.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
HOME = "/home/ada/"
"""The folder of the reader, as the page prints it."""
BLOCK = re.compile(r"(```console\n)(.*?)(```\n)", re.DOTALL)


def page_as_run(text: str, run: Callable[[str], str]) -> str:
    """The page with what its commands print now."""

    def block(found: re.Match[str]) -> str:
        commands = [line for line in found[2].splitlines() if line.startswith("$ ")]
        return found[1] + "\n".join(f"{command}\n{run(command[2:])}" for command in commands) + found[3]

    return BLOCK.sub(block, text)


def runner(folder: Path) -> Callable[[str], str]:
    """Runs commands in a folder that holds nothing but the samples; one that fails fails all."""
    (folder / "samples").symlink_to(ROOT / "samples")
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
        return done.stdout.replace(f"{folder}/", HOME).replace(f"{ROOT}/", HOME)

    return run


def page() -> str:
    """The page as its commands, run now in an empty folder, make it."""
    with TemporaryDirectory() as name:
        return page_as_run(PAGE.read_text(encoding="utf-8"), runner(Path(name).resolve()))
