"""Datasette as `loader serve` runs it.

A module of its own: importing Datasette loads all plugins, and ours imports the modules beside this one.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import datasette.app

from programme.site.database import ServedDatabase


class Datasette(datasette.app.Datasette):  # type: ignore[misc]  # datasette has no types
    """Datasette over a `ServedDatabase`, which does not tell where on the machine its files are.

    `public_url` is the URL that visitors know it by; where it is empty, that of their request is taken.
    """

    def __init__(self, *, public_url: str = "", **named: Any) -> None:
        self.public_url = public_url
        self._plugin_configs: dict[tuple[str, str | None, str | None, bool], Any] = {}
        super().__init__(**named)

    def absolute_url(self, request: Any, path: str) -> str:
        """Return a URL with scheme and host."""
        return urljoin(self.public_url, path) if self.public_url else str(super().absolute_url(request, path))

    def plugin_config(
        self, plugin_name: str, database: str | None = None, table: str | None = None, fallback: bool = True
    ) -> Any:
        """Return the configuration of a plugin; for a database worked out once: one asks for every cell."""
        if database is None:
            # Its dashboards are changed by who asks.
            return super().plugin_config(plugin_name, fallback=fallback)
        key = (plugin_name, database, table, fallback)
        if key not in self._plugin_configs:
            self._plugin_configs[key] = super().plugin_config(plugin_name, database, table, fallback)
        return self._plugin_configs[key]

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
