"""What `loader shell` opens: DuckDB's own program where it is installed, else a prompt of ours over the same tables."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from programme.cli.duckdb_program import program
from programme.cli.line_editing import line_editing
from programme.cli.tables import print_table
from programme.engines import duckdb_connection
from programme.resources import shipped

if TYPE_CHECKING:
    import duckdb

MAX_ROWS = 200
"""Rows shown of one result on a terminal; a pipe gets them all."""
EXAMPLES = (
    "SELECT edition, count(*) AS slots, sum(has_code) AS with_code FROM programme GROUP BY edition ORDER BY edition;",
    "SELECT title, repository FROM papers_with_code WHERE role = 'own' ORDER BY year DESC, title LIMIT 10;",
    "SELECT name, papers FROM author_index ORDER BY papers DESC, name LIMIT 10;",
)
COMMANDS = (".tables", ".quit", ".exit")
BANNER = """DuckDB over {database}, read-only. A statement ends with a semicolon; .tables lists tables and views, \
.quit leaves.
Tables you create live until you leave. For example:
"""


def run(database: str) -> None:
    """Read statements from standard input until its end or `.quit`, and print their results.

    On a terminal DuckDB's own program does so, if it is on the PATH and can. Raises SystemExit with its status, or with
    1 at the end of a pipe if a statement failed.
    """
    is_terminal = sys.stdin.isatty()
    if is_terminal:
        print(BANNER.format(database=database) + "\n".join(f"  {example}" for example in EXAMPLES))
        with program(database) as command:
            if command:
                raise SystemExit(subprocess.call(command))  # noqa: S603  the program that the user installed
    with duckdb_connection(database) as connection, line_editing(_words(connection)) if is_terminal else nullcontext():
        failures = 0
        for statement in _statements(is_terminal):
            failures += not _answer(connection, statement, is_terminal)
    if failures and not is_terminal:
        raise SystemExit(1)


def is_complete(text: str) -> bool:
    """Whether SQL ends with a semicolon that is neither in a string nor in a comment.

    >>> is_complete("SELECT 1;"), is_complete("SELECT 1; -- one"), is_complete("SELECT ';"), is_complete("-- ;")
    (True, True, False, False)
    """
    import duckdb

    tokens = duckdb.tokenize(text)
    return bool(tokens) and text.encode()[tokens[-1][0] :][:1] == b";"


def _words(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What a person may begin to type: names of tables, views and columns, and the words of SQL."""
    rows = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name <> 'source' "
        "UNION SELECT column_name FROM duckdb_columns() WHERE NOT internal AND database_name <> 'source' "
        "UNION SELECT upper(keyword_name) FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    ).fetchall()
    return [*(name for (name,) in rows), *COMMANDS]


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
        if not lines and line.strip() in COMMANDS[1:]:
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
    """Run and print; False when it failed, which is told in one line."""
    import duckdb

    try:
        if statement.strip() == ".tables":
            print_table(["name", "what it holds"], _tables(connection))
        elif statement.startswith("."):
            print(f"no such command: {statement.strip()}; there are .tables and .quit", file=sys.stderr)
            return False
        else:
            _run(connection, statement, MAX_ROWS if is_terminal else None)
    except duckdb.Error as error:
        print(_one_line(str(error)), file=sys.stderr)
        return False
    except (KeyboardInterrupt, RuntimeError):  # DuckDB turns Ctrl-C into a RuntimeError
        connection.interrupt()
        print("stopped", file=sys.stderr)
        return False
    return True


def _run(connection: duckdb.DuckDBPyConnection, statement: str, most: int | None) -> None:
    for part in connection.extract_statements(statement):
        cursor = connection.execute(part)
        columns = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall() if most is None else cursor.fetchmany(most + 1)
        print_table(columns, rows[:most])
        if most is not None and len(rows) > most:
            print(f"more than {most} rows; add LIMIT, or see all with `loader sql --csv`", file=sys.stderr)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every table and view by name, with what a row of it is."""
    described = json.loads(shipped("datasette_metadata.json").read_text(encoding="utf-8"))["databases"]["programme"]
    found = connection.execute(
        "SELECT DISTINCT view_name FROM duckdb_views() WHERE NOT internal AND database_name <> 'source' ORDER BY 1"
    ).fetchall()
    return [(name, described["tables"].get(name, {}).get("description", "")) for (name,) in found]


def _one_line(message: str) -> str:
    r"""What is wrong, without the picture of where.

    >>> _one_line('Parser Error: syntax error at or near "FORM"\n\nLINE 1: SELECT 1 FORM x;\n                 ^')
    'Parser Error: syntax error at or near "FORM"'
    """
    return " ".join(message.partition("\n\nLINE ")[0].split())
