"""What callers of the library say of documents: their sources, options and limits, as the commands take them."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from programme.exceptions import ProgrammeError
from programme.loaders.documents import Document, Limits
from programme.loaders.given import Given, checked
from programme.loaders.manifest import documents_of
from programme.loaders.store import ingest

if TYPE_CHECKING:
    from programme.loaders.documents import ReadResult
    from programme.loaders.store.connection import Connection

Source = str | os.PathLike[str] | Document
"""What can be ingested: a path, folder, glob pattern, archive or URL, or a Document made of bytes."""


def described_documents(
    sources: tuple[Source, ...], options: Mapping[str, Any], connection: Connection | None = None
) -> tuple[Iterator[ReadResult], Given]:
    """Return the documents of sources and what is said of them; raises ProgrammeError for an option that cannot be."""
    names = set(inspect.signature(checked).parameters)
    given = checked(**{name: value for name, value in options.items() if name in names})
    limits = limits_of({name: value for name, value in options.items() if name not in names})
    known = ingest.known_validators(connection) if connection else None
    named = [source if isinstance(source, Document) else os.fspath(source) for source in sources]
    own = connection.database.files if connection else frozenset()
    return documents_of(named, given, limits, known, own), given


def limits_of(bounds: Mapping[str, Any]) -> Limits:
    """Return limits by their names; raises ProgrammeError for a name that is none."""
    try:
        return Limits(**bounds)
    except TypeError:
        fields = ", ".join(Limits._fields)
        raise ProgrammeError(f"no option or limit is called {' or '.join(bounds)}; limits are {fields}") from None
