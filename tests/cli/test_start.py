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
    print(*sys.modules, file=sys.stderr)
    print(len(searches), gc.get_freeze_count() > 10_000, file=sys.stderr)
    raise
"""

UNUSED = {
    *("alembic", "ftfy", "html", "importlib.metadata", "lxml", "msgspec", "rich", "sqlalchemy", "sqlmodel"),
    *(f"programme.cli.{name}" for name in ("app", "correcting", "exporting", "fetching", "publishing", "reading")),
    *(f"programme.loaders.readers.{name}" for name in ("editions", "fields", "json", "pages", "people", "xml", "yaml")),
}
"""Modules that one page of the usual kind has no use for."""

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


def test_one_page_imports_little_and_searches_for_no_cycles(samples: Path, tmp_path: Path) -> None:
    into = ("--database", tmp_path / "programme.db")
    errors("from programme.cli.start import main; main()", "ingest", samples / "mlsys2025_session.txt", *into)
    imported, searches = errors(INGEST, "ingest", samples / "icml2022_vision_and_language.txt", *into).splitlines()
    assert not UNUSED & set(imported.split())
    assert searches == "0 True"


def test_a_server_searches_for_them_as_often_as_usual(samples_database: Path) -> None:
    assert errors(SERVE, "serve", "--port", "0", "--database", samples_database) == "700\n"
