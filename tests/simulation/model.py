"""The model that a database is compared with: a set of captures, and what a fresh load of them gives."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest

State = frozenset[Document]


class Model:
    """Gives the facts of a set of captures, and remembers those of the last ones asked for."""

    def __init__(self, folder: Path) -> None:
        self._empty, self._fresh = folder / "empty.db", folder / "fresh.db"
        open_database(self._empty, create=True).close()
        self._known: dict[State, list[str]] = {}

    def facts(self, state: State) -> list[str]:
        """Return the dump of a database into which these captures were loaded at once."""
        if state not in self._known:
            shutil.copy(self._empty, self._fresh)
            with closing(open_database(self._fresh)) as connection:
                captures = sorted(state, key=lambda one: (one.uri, str(one.captured_at), one.sha256, one.is_kept))
                list(ingest(connection, captures, batch_threshold=0))
                self._known[state] = list(dump(connection))
            self._known = dict(list(self._known.items())[-200:])
        return self._known[state]


def after_each(state: State, captures: Iterable[Document]) -> list[State]:
    """Return the states through which captures lead that come one by one, the first included."""
    states = [state]
    for capture in captures:
        states.append(states[-1] | {capture})
    return states
