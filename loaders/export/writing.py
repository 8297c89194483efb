"""What `loader export` does: which options go together, and who writes which format."""

from collections.abc import Mapping
from dataclasses import dataclass

from loaders.engines import find_query
from loaders.export.files import refuse_database
from loaders.store.connection import StoreError

FOLDERS = ("parquet", "csv", "jsonl")
"""Formats with one file per table, or one for a query."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported, and where to."""

    format: str
    destination: str
    edition: str | None = None
    query: str | None = None
    parameters: Mapping[str, str] | None = None
    listing: str | None = None
    replace: bool = False


def write(database: str, wish: Wish) -> str:
    """Export, and say in a line what was written; raises StoreError for options that do not go together."""
    _check(database, wish)
    place, edition = wish.destination, wish.edition
    if wish.query:
        from loaders.export.lake import write_query

        parameters = _parameters(wish)
        count = write_query(database, wish.query, parameters, place, wish.format, replace=wish.replace)
        return f"{place}: {count:,} rows of {wish.query}"
    if wish.format in FOLDERS:
        from loaders.export.lake import write_folder

        count = write_folder(database, place, wish.format, edition, replace=wish.replace)
        return f"{place}: {count:,} rows"
    if wish.format == "duckdb":
        from loaders.export.lake import write_duckdb

        return f"{place}: {write_duckdb(database, place, edition, replace=wish.replace):,} rows"
    if wish.format == "sqlite":
        from loaders.export.copying import write_sqlite

        return f"{place}: {write_sqlite(database, place, edition, replace=wish.replace):,} rows"
    return _write_text(database, wish)


def _write_text(database: str, wish: Wish) -> str:
    from loaders.export.texts import write_bibtex, write_calendar, write_feed

    place, edition, replace = wish.destination, wish.edition, wish.replace
    if wish.format == "bibtex":
        return f"{place}: {write_bibtex(database, place, edition, replace=replace):,} papers"
    if wish.format == "ics":
        return f"{place}: {write_calendar(database, place, edition, replace=replace):,} slots"
    return f"{place}: {write_feed(database, place, edition, wish.listing, replace=replace):,} papers"


def _check(database: str, wish: Wish) -> None:
    if wish.query and wish.format not in FOLDERS:
        raise StoreError(f"a query is exported as {', '.join(FOLDERS)}, not as {wish.format}")
    if wish.parameters and not wish.query:
        raise StoreError("-p gives a parameter to a query; name it with --query")
    if wish.listing and (wish.format != "atom" or wish.edition):
        raise StoreError("--listing makes a feed of one listing: `loader export atom DEST --listing KEY`, no --edition")
    refuse_database(database, wish.destination)


def _parameters(wish: Wish) -> dict[str, str]:
    """The parameters of the query, `--edition` among them where it takes one."""
    parameters = dict(wish.parameters or {})
    if wish.edition:
        if "edition" not in {param.name for param in find_query(wish.query or "").params}:
            raise StoreError(f"the query {wish.query} takes no edition; export it without --edition")
        parameters.setdefault("edition", wish.edition)
    return parameters
