"""The registry of formats, which has no list: the folders below this one and the entry points of packages are it.

- `FAMILY/FORMAT.py`: each folder is a family, such as the files of one site, and each module in it a format.
- `FAMILY/parsing.py` or the package `FAMILY/parsing/`: what a format needs to parse. It is imported by `parse`, not by
  `sniff`, since it loads slow libraries and all formats look at every document. Families share nothing with each other;
  what several need is in `loaders.readers` or `loaders.text`.
- Entry points of the group `programme.formats` name the format modules of installed packages. They are asked only when
  no format here recognises a document, since looking them up is slow.

>>> document = Document.of("file:///moss.json", b'[{"paper_title": "Moss", "repo_url": "https://github.com/a/b"}]')
>>> recognise(document).NAME
'pwc-links'
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn, cast

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats.base import Format, Sniff
from programme.loaders.records import NO_HINTS, Hints

ENTRY_POINT_GROUP = "programme.formats"
"""The group of entry points under which an installed package offers formats: each names a module."""

FORMAT_NAMES = ("NAME", "DESCRIPTION", "YIELDS", "EXAMPLE", "VERSION", "sniff", "parse")
"""What a module must define to be a `Format`."""

MIN_CONFIDENCE = 0.5
"""A format that is less sure than this reads a document only when it is named."""

SURE = 0.9
"""A format this sure reads a document, and those after it in the order of asking are not asked."""

FIRST = f"{__name__.rpartition('.')[0]}.virtual_site.session"
"""The module asked first: people load its pages by the thousand, and to ask all formats costs as much as to parse."""

CLOSE = 0.2
"""A format that is less sure than this is not close either."""


class UnknownFormatError(ValueError):
    """There is no format of this name, or the package that brings it is not installed."""


def formats() -> list[Format]:
    """Return every format sorted by name: those in this folder and those of installed packages."""
    return sorted([*_built_in(), *_installed()], key=_name)


def recognise(document: Document, name: str | None = None) -> Format:
    """Return the format called `name`, or else the first that is `SURE` of the document, or the one most sure of it.

    Raises UnknownFormatError, and MalformedDocument with the closest formats when none is sure enough.
    """
    if name is not None:
        known = {candidate.NAME: candidate for candidate in _built_in()}
        if name not in known:
            known = {candidate.NAME: candidate for candidate in formats()}
        if name not in known:
            raise UnknownFormatError(f"no format is called {name!r}; choose one of: {', '.join(known)}")
        return known[name]
    return _surest(document, _in_turn()) or _surest(document, _installed()) or _not_recognised(document)


def describe(document: Document, name: str, hints: Hints = NO_HINTS) -> str | None:
    """Return what the format called `name` says of how it reads a document, where it has more to say than records."""
    describer = getattr(recognise(document, name), "described", None)
    return describer(document, hints) if describer else None


def column_roles() -> dict[str, tuple[str, ...]]:
    """Return what the curator may say of columns, for each format that reads tables with any columns (`COLUMNS`)."""
    return {one.NAME: one.COLUMNS for one in formats() if hasattr(one, "COLUMNS")}


@cache
def _built_in() -> tuple[Format, ...]:
    """Import every format of every family."""
    package = __name__.rpartition(".")[0]
    paths = sorted(Path(__file__).parent.glob("*/[!_]*.py"))
    names = [f"{package}.{path.parent.name}.{path.stem}" for path in paths if path.stem != "parsing"]
    return tuple(sorted((cast(Format, import_module(name)) for name in names), key=_name))


def _in_turn() -> Iterator[Format]:
    """Yield the formats in the order they are asked; the others are imported only when the first is not sure."""
    yield (first := cast(Format, import_module(FIRST)))
    yield from (one for one in _built_in() if one is not first)


def _name(candidate: Format) -> str:
    return candidate.NAME


@cache
def _installed() -> tuple[Format, ...]:
    """Import the formats of other packages; one that is broken is reported and left out."""
    # Here, since only documents that no built-in format recognises pay for it.
    import logging
    from importlib.metadata import entry_points

    logger = logging.getLogger(__name__)
    found = []
    for entry in sorted(entry_points(group=ENTRY_POINT_GROUP)):
        try:
            module = entry.load()
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            logger.warning(
                "the installed format %s (%s) cannot be imported and is left out: %s", entry.name, entry.value, reason
            )
            continue
        if missing := [name for name in FORMAT_NAMES if not hasattr(module, name)]:
            logger.warning(
                "the installed format %s (%s) is left out: it lacks %s", entry.name, entry.value, ", ".join(missing)
            )
        else:
            found.append(cast(Format, module))
    return tuple(found)


def _surest(document: Document, candidates: Iterable[Format]) -> Format | None:
    """Return the candidate most sure of the document, if any is sure enough."""
    best, confidence = None, 0.0
    for candidate in candidates:
        try:
            sniff = candidate.sniff(document)
        except MalformedDocument:  # not a text, or too large to be held as one; other formats may not mind
            continue
        if sniff.confidence >= MIN_CONFIDENCE and sniff.confidence > confidence:
            best, confidence = candidate, sniff.confidence
            if confidence >= SURE:
                break
    return best


def _not_recognised(document: Document) -> NoReturn:
    """Raise MalformedDocument: why it is not text, or what it is, the closest formats, and what would work."""
    from programme.loaders.readers.refusal import LFS, advice, kind_of  # only for the message

    if document.head.startswith(LFS):
        problem = "a Git LFS pointer, not the file itself; run `git lfs pull` where it was cloned, or download the file"
        raise MalformedDocument(document.uri, None, problem)
    if document.opener is None and not document.head.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        _ = document.lines  # raises the more telling error when the bytes are not text
    sniffs: list[tuple[str, Sniff]] = []
    for candidate in formats():
        with suppress(MalformedDocument):
            sniffs.append((candidate.NAME, candidate.sniff(document)))
    sniffs.sort(key=lambda named: -named[1].confidence)
    kind = kind_of(document)
    closest = ", ".join(f"{name} ({sniff.reason})" for name, sniff in sniffs[:2] if sniff.confidence >= CLOSE)
    hint = f"closest: {closest}; choose a format with --format" if closest else advice(kind)
    raise MalformedDocument(document.uri, None, f"not recognised: {kind}; {hint}")
