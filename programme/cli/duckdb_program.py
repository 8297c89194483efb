"""DuckDB's own command line program, where it is installed: told about a database by a file that it runs first."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from programme.engines import attach_statements, duckdb_connection
from programme.queries.search import duckdb_functions

_TRIAL = "SELECT 'ready' FROM (SELECT count(*) FROM programme)"


@contextmanager
def program(database: str) -> Iterator[list[str] | None]:
    """Give the command that opens the program over a database, read-only and offline.

    None where it is not installed, or cannot load the extension that is here, which is made for one version.
    """
    path = shutil.which("duckdb")
    if path is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="programme-") as folder:
        init = Path(folder) / "init.sql"
        init.write_text(";\n".join([*opening(database), ""]), encoding="utf-8")
        command = [path, "-init", str(init)]
        yield command if _works(command) else None


def opening(database: str) -> list[str]:
    """The statements after which every table and view of a database goes by its plain name."""
    with duckdb_connection(database) as connection:
        views = connection.execute(
            "SELECT sql FROM duckdb_views() WHERE NOT internal AND database_name <> 'source' ORDER BY view_oid"
        ).fetchall()
    return [
        "SET autoinstall_known_extensions = false",
        *attach_statements(database),
        *duckdb_functions(),
        *(sql.rstrip(";\n") for (sql,) in views),
    ]


def _works(command: list[str]) -> bool:
    try:
        trial = [*command, "-c", _TRIAL]
        told = subprocess.run(  # noqa: S603  the program that the user installed, and our own file
            trial, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"ready" in told.stdout
