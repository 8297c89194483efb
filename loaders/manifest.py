"""The documents of a run: those of the sources named, and those that a manifest lists.

A manifest is a CSV file with a header: `source`, and any of `venue`, `year`, `date`, `captured` and `format`, which say
of one source what the options of the same names say of all. Paths are relative to the folder of the manifest.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import cast

from programme.loaders.documents import (
    DEFAULT_LIMITS,
    Document,
    Limits,
    MalformedDocument,
    ReadResult,
    Refused,
    Validators,
    described,
    documents_from,
)
from programme.loaders.documents.files import describe_error, path_to_uri
from programme.loaders.given import Given, GivenError, checked
from programme.loaders.site_folders import with_site_editions
from programme.loaders.text.suggestions import suggestion
from programme.loaders.text.venues import unknown_venue

COLUMNS = ("source", "venue", "year", "date", "captured", "format")

Known = Callable[[str], Validators | None]


def documents_of(
    sources: Iterable[str | Path | Document],
    given: Given,
    limits: Limits = DEFAULT_LIMITS,
    validators: Known | None = None,
    skipped: frozenset[str] = frozenset(),
) -> Iterator[ReadResult]:
    """Yield the documents of sources, in order, then those of the manifest, each as the curator describes it.

    `skipped` are real paths of files that no folder or pattern yields: those of the database that is written.
    """

    def found() -> Iterator[ReadResult]:
        for is_read, group in groupby(sources, lambda source: isinstance(source, Document)):
            if is_read:
                yield from cast("Iterator[Document]", group)
            else:
                named = cast("Iterator[str | Path]", group)
                yield from documents_from(named, limits=limits, validators=validators, skipped=skipped)

    named = described(with_site_editions(found(), given.hints), captured=given.captured)
    listed = _listed(given, limits, validators) if given.manifest is not None else ()
    return described(chain(named, listed), uri=given.uri, keep=given.is_kept)


def _listed(given: Given, limits: Limits, validators: Known | None) -> Iterator[ReadResult]:
    """Yield the documents that a manifest lists, and a Refused for each row that cannot be used."""
    path = str(given.manifest)
    uri = path_to_uri(path)
    try:
        rows = _rows(path)
        header = [name.strip().lower() for name in next(rows, (1, []))[1]]
        if problem := _header_problem(header):
            yield Refused(uri, f"line 1{problem}")
            return
        for line, cells in rows:
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
            try:
                if any(cell.strip() for cell in cells[len(header) :]):
                    raise GivenError("", f"{len(cells)} cells, but the header names {len(header)} columns")
                for found in _of_row(values, given, Path(path).parent, limits, validators) if values else ():
                    if isinstance(found, Refused):
                        raise GivenError("source", str(found))
                    yield found
            except GivenError as error:
                yield Refused(uri, f"line {line}{error.name and ', column '}{error.name}: {error.problem}")
    except (csv.Error, MalformedDocument, OSError) as error:
        problem = describe_error(error) if isinstance(error, OSError) else getattr(error, "problem", str(error))
        yield Refused(uri, f"cannot be read as a manifest: {problem}")


def _rows(path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a manifest, each with the line on which it ends."""
    text = Document.of(path_to_uri(path), Path(path).read_bytes()).text
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        yield reader.line_num, cells


def _header_problem(header: list[str]) -> str:
    for name in header:
        if name not in COLUMNS:
            return f": no column is called {name!r}; {suggestion(name, COLUMNS)}"
        if header.count(name) > 1:
            return f", column {name}: named twice"
    return "" if "source" in header else f": the column source is missing; a manifest has {', '.join(COLUMNS)}"


def _of_row(
    values: dict[str, str], given: Given, folder: Path, limits: Limits, validators: Known | None
) -> Iterator[ReadResult]:
    """Yield the documents of a row; what it leaves empty is as given for all. Raises GivenError."""
    source = values.pop("source", "")
    if not source:
        raise GivenError("source", "empty; name a file or a URL")
    own = checked(**values)  # type: ignore[arg-type] # the names are those of COLUMNS
    hints, format_name = own.hints, own.format or given.format
    if hints.venue and (problem := unknown_venue(hints.venue)):
        raise GivenError("venue", problem)
    merged = given.hints._replace(**{name: value for name, value in hints._asdict().items() if value is not None})
    place = source if "://" in source else str(folder / source)
    found = documents_from([place], limits=limits, validators=validators, captured=own.captured or given.captured)
    for each in found:
        yield replace(each, hints=merged, given_format=format_name) if isinstance(each, Document) else each
