"""What one ingest pays for besides its page."""

import subprocess
import sys
from pathlib import Path

INGEST = """
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

SERVE = """
import gc, sys, uvicorn
from programme.cli.start import main
uvicorn.Server.run = lambda *_, **__: print(gc.get_threshold()[0], file=sys.stderr)
main()
"""


def errors(program: str, *words: str | Path) -> str:
    """Return what a program that starts the command prints to standard error."""
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def test_one_page_searches_for_no_cycles(samples: Path, tmp_path: Path) -> None:
    page = samples / "icml2021_graph_learning.txt"
    assert errors(INGEST, "ingest", page, "--database", tmp_path / "programme.db") == "0 True\n"


def test_a_server_searches_for_them_as_often_as_usual(samples_database: Path) -> None:
    assert errors(SERVE, "serve", "--port", "0", "--database", samples_database) == "700\n"
