"""What one ingest pays for besides its page."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import gc, sys
from programme.cli.start import main
searches = []
gc.callbacks.append(lambda phase, _: searches.append(phase))
try:
    main()
except SystemExit:
    print(len(searches), gc.get_freeze_count() > 10_000, file=sys.stderr)
    raise
"""


def ingested(program: str, page: Path, folder: Path) -> str:
    """Return what a program that starts the command on a page and a database prints to standard error."""
    words = ["ingest", str(page), "--database", str(folder / "programme.db"), "--workers", "1"]
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True).stderr


def test_no_cycles_are_searched_for(samples: Path, tmp_path: Path) -> None:
    assert ingested(PROGRAM, samples / "icml2021_graph_learning.txt", tmp_path) == "0 True\n"
