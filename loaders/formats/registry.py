"""The registry of formats: the folders below this one are, and so is every entry point of `programme.formats`.

A folder is a family; each module in it is a format. What the formats of a family share lies in its folder `parsing`,
which is imported only when a document of the family is read: recognising is cheap, and parsers load slow libraries.
"""

from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Format, Sniff

ENTRY_POINTS = "programme.formats"
"""Group under which an installed package offers more formats: each entry point names a module."""

RECOGNISED = 0.5
"""A format with less confidence than this does not read a document unless it is named."""


def formats() -> list[Format]:
    """List every format by name: those of this folder and those of installed packages."""
    return sorted([*_built_in(), *_installed()], key=lambda found: found.NAME)


def recognise(document: Document, name: str | None = None) -> Format:
    """Choose the format called `name`, else the one most sure of the document; of equals the first by name.

    Raises ValueError for an unknown name and MalformedDocument, which tells the closest formats, when none is sure.
    """
    if name is not None:
        known = {found.NAME: found for found in (_built_in() if name in _built_in_names() else formats())}
        if name not in known:
            raise ValueError(f"no format is called {name!r}; there are: {', '.join(known)}")
        return known[name]
    return _surest(document, _built_in()) or _surest(document, _installed()) or _not_recognised(document)


@cache
def _built_in() -> tuple[Format, ...]:
    """Import every module of every family: `FAMILY/FORMAT.py`."""
    package = __name__.rpartition(".")[0]
    paths = sorted(Path(__file__).parent.glob("*/[!_]*.py"))
    return tuple(cast(Format, import_module(f"{package}.{path.parent.name}.{path.stem}")) for path in paths)


def _built_in_names() -> set[str]:
    return {found.NAME for found in _built_in()}


@cache
def _installed() -> tuple[Format, ...]:
    """Import the formats of other packages, on demand, for that is slow; one that fails is named and left out."""
    import logging
    from importlib.metadata import entry_points

    found = []
    for entry in sorted(entry_points(group=ENTRY_POINTS)):
        try:
            found.append(cast(Format, entry.load()))
        except Exception as error:
            logging.getLogger(__name__).warning(
                "the installed format %s (%s) is left out, for it cannot be imported: %s: %s",
                *(entry.name, entry.value, type(error).__name__, error),
            )
    return tuple(found)


def _surest(document: Document, candidates: tuple[Format, ...]) -> Format | None:
    """The candidate most sure of the document, if any is sure enough."""
    best, confidence = None, 0.0
    for candidate in candidates:
        try:
            found = candidate.sniff(document).confidence
        except MalformedDocument:  # not a text, or too large for one, which other formats may not mind
            continue
        if found >= RECOGNISED and found > confidence:
            best, confidence = candidate, found
    return best


def _not_recognised(document: Document) -> Format:
    """Raise MalformedDocument: why it is no text, or the two formats that came closest and what each missed."""
    if document.opener is None and not document.head.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        _ = document.lines
    sniffs: list[tuple[str, Sniff]] = []
    for candidate in formats():
        with suppress(MalformedDocument):
            sniffs.append((candidate.NAME, candidate.sniff(document)))
    sniffs.sort(key=lambda named: -named[1].confidence)
    closest = ", ".join(f"{name} ({sniff.reason})" for name, sniff in sniffs[:2])
    raise MalformedDocument(document.uri, None, f"not recognised; closest were {closest}; name one with --format")
