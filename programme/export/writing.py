"""What `loader export` does: which options go together, and who writes which format."""

from collections.abc import Mapping
from dataclasses import dataclass

from programme.engines import find_query
from programme.exceptions import StoreError
from programme.export.files import refuse_database

FOLDERS = ("parquet", "csv", "jsonl")
"""Formats with one file per table, or one for a query."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is to be exported, and where to."""

    format: str
    destination: str
    edition: str | None = None
    query: str | None = None
    parameters: Mapping[str, str] | None = None
    listing: str | None = None
    replace: bool = False


def write(database: str, options: ExportOptions) -> str:
    """Export, and say in a line what was written; raises StoreError for options that do not go together."""
    _check(database, options)
    place, edition = options.destination, options.edition
    if options.query:
        from programme.export.duckdb_files import write_query

        parameters = _parameters(options)
        count = write_query(database, options.query, parameters, place, options.format, replace=options.replace)
        return f"{place}: {count:,} rows of {options.query}"
    if options.format in FOLDERS:
        from programme.export.duckdb_files import write_folder

        count = write_folder(database, place, options.format, edition, replace=options.replace)
        return f"{place}: {count:,} rows"
    if options.format == "duckdb":
        from programme.export.duckdb_files import write_duckdb

        return f"{place}: {write_duckdb(database, place, edition, replace=options.replace):,} rows"
    if options.format == "sqlite":
        from programme.export.copying import write_sqlite

        return f"{place}: {write_sqlite(database, place, edition, replace=options.replace):,} rows"
    return _write_text(database, options)


def _write_text(database: str, options: ExportOptions) -> str:
    from programme.export.text_files import write_bibtex, write_calendar, write_feed

    place, edition, replace = options.destination, options.edition, options.replace
    if options.format == "bibtex":
        return f"{place}: {write_bibtex(database, place, edition, replace=replace):,} papers"
    if options.format == "ics":
        return f"{place}: {write_calendar(database, place, edition, replace=replace):,} slots"
    return f"{place}: {write_feed(database, place, edition, options.listing, replace=replace):,} papers"


def _check(database: str, options: ExportOptions) -> None:
    if options.query and options.format not in FOLDERS:
        raise StoreError(f"a query is exported as {', '.join(FOLDERS)}, not as {options.format}")
    if options.parameters and not options.query:
        raise StoreError("-p gives a parameter to a query; name it with --query")
    if options.listing and (options.format != "atom" or options.edition):
        raise StoreError("--listing makes a feed of one listing: `loader export atom DEST --listing KEY`, no --edition")
    refuse_database(database, options.destination)


def _parameters(options: ExportOptions) -> dict[str, str]:
    """The parameters of the query, `--edition` among them where it takes one."""
    parameters = dict(options.parameters or {})
    if options.edition:
        if "edition" not in {param.name for param in find_query(options.query or "").params}:
            raise StoreError(f"the query {options.query} takes no edition; export it without --edition")
        parameters.setdefault("edition", options.edition)
    return parameters
