"""Keep a small SQLite database as compressed SQL: `python -m tools.revision_fixture programme.db 0004.sql.gz`.

Tests open databases that each revision of the schema left behind; `tests/fixtures/revisions/README.md` says how they
are made. The file is the same for the same database.
"""

import gzip
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path


def statements(path: Path) -> Iterator[str]:
    """Yield the statements that create the tables, rows, views and full-text search of a database."""
    with closing(sqlite3.connect(":memory:")) as copy:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as origin:
            origin.backup(copy)
        # The dump of sqlite3 holds the tables behind a virtual table, with which it cannot be created again.
        virtual = copy.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY rowid"
        ).fetchall()
        for name, _ in virtual:
            copy.execute(f"DROP TABLE {name}")
        copy.commit()
        yield from copy.iterdump()
    for name, sql in virtual:
        yield f"{sql};"
        if "fts5(" in sql:  # the list of its words holds nothing of its own
            yield f"INSERT INTO {name}({name}) VALUES ('rebuild');"


def main() -> None:
    """Write the file named by the second argument from the database named by the first."""
    origin, target = map(Path, sys.argv[1:])
    text = "\n".join(statements(origin)) + "\n"
    # Without the time in the header of gzip, which would be another each time.
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
