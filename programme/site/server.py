"""Datasette as `loader serve` runs it.

A module of its own: importing Datasette loads all plugins, and ours imports the modules beside this one.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import datasette.app

from programme.site.database import ServedDatabase


class Datasette(datasette.app.Datasette):  # type: ignore[misc]  # datasette has no types
    """Datasette over a `ServedDatabase`, which does not tell where on the machine its files are."""

    def add_database(self, db: Any, name: str | None = None, route: str | None = None) -> Any:
        """Add a database; one in a file is served as ours."""
        if db.path:
            db = ServedDatabase(self, db.path, db.is_mutable)
        return super().add_database(db, name=name, route=route)

    def _connected_databases(self) -> list[dict[str, Any]]:
        shown = super()._connected_databases()
        return [{**one, "path": Path(one["path"]).name if one["path"] else None} for one in shown]

    def _threads(self) -> dict[str, Any]:
        return {"num_threads": threading.active_count()}
