"""Where documents came from, without the folders of the machine that ingested them.

A local file is shown by its path from the folder that holds all local files of the database: of
`file:///home/ada/pages/a.txt` and `file:///home/ada/pages/b/c.txt`, `pages/a.txt` and `pages/b/c.txt`. This keeps pages
and answers clean and hides nothing from those who may run SQL; `loader publish` writes a database without the folders.
"""

from typing import Any

from datasette.utils import sqlite3

from programme.patterns import lazy_pattern

_LOCAL = "FROM sources WHERE uri >= 'file:/' AND uri < 'file:0'"
_LOCAL_URIS = f"SELECT (SELECT min(uri) {_LOCAL}) AS first, (SELECT max(uri) {_LOCAL}) AS last"
"""The first and the last URI of a local file in alphabetical order: what they begin with, all between them do.

Two selects, as SQLite finds only one end of an index in each; this is asked before every answer.
"""

_ROOT = "file:///"
_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]*:")


def hidden_part(connection: Any) -> str:
    """Return what is not shown of the URIs of local files; a database of another program has no documents."""
    try:
        cursor = connection.cursor()
        cursor.row_factory = None  # not the one that asks for this
        return _shared_part(*cursor.execute(_LOCAL_URIS).fetchone())
    except sqlite3.DatabaseError:
        return ""


def _shared_part(first: str | None, last: str | None) -> str:
    """Return what is not shown of the URIs of local files, which lie between these two; empty where there are none.

    >>> _shared_part("file:///home/ada/pages/a.txt", "file:///home/ada/pages/b/c.txt"), _shared_part(None, None)
    ('file:///home/ada/', '')
    """
    if not (first and last):
        return ""
    shared = next((at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    folder = first[:shared].rpartition("/")[0]
    return max(_ROOT, f"{folder.rpartition('/')[0]}/", key=len)


def place(uri: str, hidden: str) -> str:
    """Return a URI as it is shown.

    >>> place("file:///home/ada/pages/a.txt", "file:///home/ada/"), place("https://example.org/a", "file:///home/")
    ('pages/a.txt', 'https://example.org/a')
    """
    return uri.removeprefix(hidden) if hidden else uri


def uri_of(shown: str, hidden: str) -> str:
    """Return the URI of a place that was shown; a whole URI stays.

    >>> uri_of("pages/a.txt", "file:///home/ada/"), uri_of("file:///srv/a.txt", "file:///home/ada/")
    ('file:///home/ada/pages/a.txt', 'file:///srv/a.txt')
    """
    return shown if _SCHEME.match(shown) else hidden + shown
