"""`loader shell`: DuckDB's own program where it is installed, else a plain prompt over the same tables."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from programme import engines, messages
from programme.cli.output import print_table
from programme.database_url import parse_database_url
from programme.resources import shipped

if TYPE_CHECKING:
    import duckdb

MAX_ROWS = 200
"""Rows printed of one result on a terminal; a pipe gets them all."""
EXAMPLES = (
    "SELECT edition, count(*) AS slots, sum(has_code) AS with_code FROM programme GROUP BY edition ORDER BY edition;",
    "SELECT title, repository FROM papers_with_code WHERE role = 'own' ORDER BY year DESC, title LIMIT 10;",
    "SELECT name, papers FROM author_index ORDER BY papers DESC, name LIMIT 10;",
)
BANNER = """DuckDB over {database}, read-only. End a statement with a semicolon; .tables lists tables and views, \
.quit leaves.
Tables that you create last until you leave. For example:
"""
_QUIT = (".quit", ".exit")
_TRIAL = "SELECT 'ready' FROM (SELECT count(*) FROM programme)"


def run(database: str) -> None:
    """Read statements from standard input until its end or `.quit`, and print their results.

    On a terminal DuckDB's own program does so, where one is found that works. Raises SystemExit with its status, or
    with 1 at the end of a pipe if a statement failed.
    """
    is_terminal = sys.stdin.isatty()
    if is_terminal:
        print(BANNER.format(database=parse_database_url(database)) + "\n".join(f"  {example}" for example in EXAMPLES))
        with duckdb_program(database) as command:
            if command:
                raise SystemExit(subprocess.call(command))  # noqa: S603  the program that the user installed
        with suppress(ImportError):
            import readline  # noqa: F401  gives input() the arrow keys
    with engines.duckdb_connection(database) as connection:
        failures = 0
        for statement in _statements(is_terminal):
            failures += not _answer(connection, statement, is_terminal)
    if failures and not is_terminal:
        raise SystemExit(1)


@contextmanager
def duckdb_program(database: str) -> Iterator[list[str] | None]:
    """Give the command that opens DuckDB's own program over a database, read-only and offline.

    Gives None where there is none, or none that can load our extensions, which are built for one version of DuckDB. The
    extra `programme[shell]` installs one of that version beside Python; it is tried before one on the PATH.
    """
    folders = (str(Path(sys.executable).parent), None)
    paths = dict.fromkeys(path for folder in folders if (path := shutil.which("duckdb", path=folder)))
    if not paths:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="programme-") as folder:
        init = Path(folder) / "init.sql"
        init.write_text(";\n".join([*opening_statements(database), ""]), encoding="utf-8")
        commands = ([path, "-init", str(init)] for path in paths)
        yield next(filter(_works, commands), None)


def opening_statements(database: str) -> list[str]:
    """Return the statements after which every table and view of a database has its plain name."""
    import duckdb

    statements = ["SET autoinstall_known_extensions = false"]
    with duckdb.connect() as connection:
        for statement in engines.opening_statements(database, connection):
            connection.execute(statement)
            statements.append(statement)
    return statements


def _works(command: list[str]) -> bool:
    try:
        trial = subprocess.run(  # noqa: S603  the program that the user installed, and our own file
            [*command, "-c", _TRIAL], capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"ready" in trial.stdout


def is_complete(text: str) -> bool:
    """Return whether SQL ends with a semicolon that is neither in a string nor in a comment.

    >>> is_complete("SELECT 1;"), is_complete("SELECT 1; -- one"), is_complete("SELECT ';"), is_complete("-- ;")
    (True, True, False, False)
    """
    import duckdb

    tokens = duckdb.tokenize(text)
    # DuckDB counts the places of tokens in bytes.
    return bool(tokens) and text.encode()[tokens[-1][0] :][:1] == b";"


def _statements(is_terminal: bool) -> Iterator[str]:
    lines: list[str] = []
    while True:
        try:
            line = input(("... " if lines else "programme> ") if is_terminal else "")
        except KeyboardInterrupt:
            print()
            lines.clear()
            continue
        except EOFError:
            if is_terminal:
                print()
            break
        if not lines and line.strip() in _QUIT:
            return
        lines.append(line)
        text = "\n".join(lines)
        if not text.strip():
            lines.clear()
        elif text.startswith(".") or is_complete(text):
            lines.clear()
            yield text
    if "".join(lines).strip():
        yield "\n".join(lines)


def _answer(connection: duckdb.DuckDBPyConnection, statement: str, is_terminal: bool) -> bool:
    """Run a statement or command and print its result; return False, after one line about it, if it failed."""
    import duckdb

    try:
        if statement.strip() == ".tables":
            print_table(["name", "description"], _tables(connection))
        elif statement.startswith("."):
            print(f"unknown command {messages.message(statement.strip())}; use .tables or .quit", file=sys.stderr)
            return False
        else:
            _execute(connection, statement, MAX_ROWS if is_terminal else None)
    except duckdb.Error as error:
        print(_one_line(str(error)), file=sys.stderr)
        return False
    except (KeyboardInterrupt, RuntimeError):  # DuckDB turns Ctrl-C into a RuntimeError
        connection.interrupt()
        print("interrupted", file=sys.stderr)
        return False
    return True


def _execute(connection: duckdb.DuckDBPyConnection, text: str, limit: int | None) -> None:
    for statement in connection.extract_statements(text):
        cursor = connection.execute(statement)
        columns = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        rows = [engines.plain_row(row) for row in rows]
        print_table(columns, rows[:limit])
        if limit is not None and len(rows) > limit:
            print(f"more than {limit} rows; add LIMIT, or print all with `loader sql --csv`", file=sys.stderr)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return every table and view by name, with its description."""
    described = json.loads(shipped("datasette_metadata.json").read_text(encoding="utf-8"))["databases"]["programme"]
    found = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() ORDER BY table_name"
    ).fetchall()
    return [(name, described["tables"].get(name, {}).get("description", "")) for (name,) in found]


def _one_line(message: str) -> str:
    r"""Return an error of DuckDB without its drawing of where in the statement it is.

    >>> _one_line('Parser Error: syntax error at or near "FORM"\n\nLINE 1: SELECT 1 FORM x;\n                 ^')
    'Parser Error: syntax error at or near "FORM"'
    """
    return messages.message(" ".join(message.partition("\n\nLINE ")[0].split()))
