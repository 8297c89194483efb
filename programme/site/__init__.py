"""The site: Datasette over one SQLite file, read-only."""

from __future__ import annotations

import gc
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from programme.database_url import parse_database_url
from programme.exceptions import StoreError
from programme.messages import message
from programme.patterns import lazy_pattern

SETTINGS = {
    "suggest_facets": False,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 1000,
    "default_facet_size": 8,
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "num_sql_threads": 6,
}
"""Datasette's settings: queries stop after two seconds; pages show only the facets of the metadata, 8 values each."""

_URL = lazy_pattern(r"https?://[^\s/?#@]+(/[^\s?#]*)?")

MAX_SQLITE_BYTES = 512 * 1024 * 1024
"""Memory of SQLite while it serves: the pages of a database of a million papers need a tenth of it."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """How a site is published.

    `immutable` promises that the file does not change while it is served, which makes pages faster; `cors` lets
    scripts on other sites read the data; `robots` lets search engines in; without `sql`, visitors cannot run SQL.
    `url` is the URL that visitors know the site by: feeds name it, and other hosts are refused.
    """

    immutable: bool = False
    cors: bool = False
    robots: bool = False
    sql: bool = True
    url: str = ""


def build_site(database: str | Path, publishing: Publishing = Publishing()) -> Any:
    """Return Datasette over a database; raises StoreError when it is not a SQLite file that can be served."""
    from programme.site.metadata import shipped_metadata
    from programme.site.pages import page_names
    from programme.site.server import Datasette

    url = parse_database_url(database)
    if url.engine != "sqlite":
        raise StoreError(
            "a site is served from a SQLite file, and this database is PostgreSQL; "
            "ingest the documents into a file with `--database programme.db` and serve that"
        )
    if publishing.url and not _URL.fullmatch(publishing.url):
        raise StoreError(f"{publishing.url}: is not the URL of a site; write it like https://example.org/")
    path = Path(url.location).absolute()
    if not path.is_file():
        raise StoreError(f"{path}: no such database; `loader ingest` creates one")
    if set("?#%") & set(str(path)):
        raise StoreError(f"{path}: Datasette cannot open a path with ?, # or % in it; move or rename the file")
    if path.stem in page_names():
        raise StoreError(f"{path}: the site has a page with this name; rename the file")
    metadata = shipped_metadata(path.stem)
    if publishing.robots:
        metadata["plugins"]["programme"] = {"robots": True}
    base = {"base_url": f"{urlsplit(publishing.url).path.rstrip('/')}/"} if publishing.url else {}
    return Datasette(
        public_url=publishing.url,
        files=[] if publishing.immutable else [str(path)],
        immutables=[str(path)] if publishing.immutable else [],
        cors=publishing.cors,
        metadata=metadata,
        settings=SETTINGS | {"default_allow_sql": publishing.sql} | base,
    )


def serve(database: str, host: str, port: int, publishing: Publishing = Publishing()) -> None:
    """Serve a database at `http://host:port/` until Ctrl-C; port 0 picks a free one."""
    import uvicorn

    from programme.site.time_limits import switch_often

    site = build_site(database, publishing)
    app = site.app()
    _bound_memory()
    switch_often()
    with _listening(host, port) as listener:
        print(f"Serving {message(database)} on {_url(host, listener.getsockname()[1])} (Ctrl-C stops it)", flush=True)
        for served in site.databases.values():
            if served.path:
                served.work_ahead()
        config = uvicorn.Config(app, log_level="warning", lifespan="on", server_header=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _bound_memory() -> None:
    """Bound the memory of SQLite in this process: a row of many large values is in memory before it can be measured.

    Requests leave cycles of references, which the command at its start has asked Python to search for less often.
    """
    from contextlib import closing

    from datasette.utils import sqlite3

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA hard_heap_limit = {MAX_SQLITE_BYTES}")
    gc.set_threshold(700)


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises StoreError when host or port cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise StoreError(f"cannot listen on {host}, port {port} ({reason}); choose another with --port") from error


def _url(host: str, port: int) -> str:
    """Return the URL to open in a browser.

    >>> _url("127.0.0.1", 8001), _url("::1", 8001)
    ('http://127.0.0.1:8001/', 'http://[::1]:8001/')
    """
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
