"""Which database is meant: a path or an SQLAlchemy URL, as `--database` takes it.

Written by hand because importing SQLAlchemy for its `make_url` takes longer than ingesting a page.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from programme.exceptions import StoreError
from programme.messages import without_passwords
from programme.patterns import lazy_pattern

_AMBIGUOUS = lazy_pattern(r"[^@/]*[@/].*@|\S*\s", re.DOTALL)


class DatabaseUrl(NamedTuple):
    """A database: `engine` is `sqlite` or `postgresql`, `location` the path of the file or a libpq URL.

    As text it is the location without the password, because messages end up in logs.

    >>> print(DatabaseUrl("postgresql", "postgresql://ada:secret@localhost/p?host=/run&password=secret"))
    postgresql://ada@localhost/p?host=/run&password=…
    """

    engine: str
    location: str

    def __str__(self) -> str:
        if self.engine == "sqlite":
            return self.location
        return without_passwords(self.location)

    @property
    def files(self) -> frozenset[str]:
        """The real paths of a SQLite database and its journals; none for PostgreSQL."""
        if self.engine != "sqlite":
            return frozenset()
        return frozenset(f"{os.path.realpath(self.location)}{suffix}" for suffix in ("", "-wal", "-shm", "-journal"))

    @property
    def url(self) -> str:
        """The SQLAlchemy URL."""
        if self.engine == "sqlite":
            # A question mark would begin the options of the URL, and a percent sign an escape.
            return f"sqlite:///{self.location.replace('%', '%25').replace('?', '%3F')}"
        return self.location.replace("postgresql://", "postgresql+psycopg://", 1)


def parse_database_url(database: str | Path) -> DatabaseUrl:
    """Parse a path or an SQLAlchemy URL. Raises StoreError for a database in memory or of another kind.

    Also for PostgreSQL where its driver is not installed: this is the one place that every way to a database passes.

    >>> parse_database_url("programme.db")
    DatabaseUrl(engine='sqlite', location='programme.db')
    >>> parse_database_url("sqlite:////data/my%20programme.db")
    DatabaseUrl(engine='sqlite', location='/data/my programme.db')
    >>> parse_database_url("postgresql+psycopg://localhost/p")
    DatabaseUrl(engine='postgresql', location='postgresql://localhost/p')
    >>> parse_database_url("postgresql+psycopg://localhost/p").url
    'postgresql+psycopg://localhost/p'
    """
    text = str(database)
    scheme, separator, rest = text.partition("://")
    dialect = scheme.partition("+")[0] if separator else "sqlite"
    if dialect in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise StoreError("PostgreSQL needs the extra: pip install 'programme[postgres]'")
        # The driver would take the end of such a password for a host, and show it in its errors.
        if _AMBIGUOUS.match(rest):
            raise StoreError(f"{scheme}://…: @, / or a space in a user, password or option is written %40, %2F or %20")
        return DatabaseUrl("postgresql", f"postgresql://{rest}")
    if dialect != "sqlite":
        # The rest may hold a password.
        raise StoreError(f"{scheme}://…: a database is a path, a sqlite:/// URL or a postgresql:// URL")
    path = unquote(rest.removeprefix("/")) if separator else text
    # Nothing else could open a database in memory again, and SQLite's own options would be lost on DuckDB.
    if path in ("", ":memory:") or path.startswith("file:") or (separator and "?" in rest):
        raise StoreError(f"{text}: a database is a file; name it by its path, without options")
    return DatabaseUrl("sqlite", path)
