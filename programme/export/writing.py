"""`loader export`: which options go together, and which module writes which format."""

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from programme.editions import edition_slug, known_values
from programme.engines import find_query
from programme.exceptions import StoreError
from programme.export.files import refuse_database
from programme.loaders.text.suggestions import listed
from programme.messages import counted

FOLDERS = ("parquet", "csv", "jsonl")
"""Formats with one file per table, or one file for a query."""

ROWS = (*FOLDERS, "xlsx")
"""Formats of the rows of a query, whatever they are."""

REFERENCES = ("bibtex", "ris", "csl-json")
"""Formats of papers."""

TEXTS = (*REFERENCES, "ics", "atom")
"""Formats of papers and slots, also those that a query names."""

PARTITIONED = ("parquet", "ducklake")
"""Formats whose tables can be split into files by edition."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export, and where to.

    `format` is one of `programme.cli.exporting.ExportFormat`; `destination` a file or folder; `edition` an edition such
    as `icml-2022` or `ICML 2022`; `query` the name of a curated query and `parameters` its parameters; `listing` the
    key of a listing, for a feed of it; `as_of` the day or instant as of which to export; `partition` is `edition` where
    tables are split into files by edition; `site` is the address of the site that calendars and feeds link to;
    with `each`, every paper in a calendar is an event of its own.
    """

    format: str
    destination: str
    edition: str | None = None
    query: str | None = None
    parameters: Mapping[str, str] | None = None
    listing: str | None = None
    replace: bool = False
    as_of: date | str | None = None
    partition: str | None = None
    site: str | None = None
    each: bool = False


def write(database: str, options: ExportOptions) -> str:
    """Export, and return a line about what was written; raise StoreError for options that contradict each other."""
    _check(database, options)
    if options.as_of is None:
        return _write(database, options)
    from programme.loaders.store.database import open_database
    from programme.loaders.store.replay import as_of

    with closing(open_database(database)) as connection, as_of(connection, options.as_of) as past:
        return _write(str(past), options)


def _write(database: str, options: ExportOptions) -> str:
    if options.query:
        return _write_query(database, options.query, options)
    if options.edition is not None:
        options = replace(options, edition=edition_slug(database, options.edition))
    destination, edition = options.destination, options.edition
    if options.format in FOLDERS:
        from programme.export.duckdb_files import write_folder

        count = write_folder(
            database, destination, options.format, edition, partition=options.partition, replace=options.replace
        )
        return f"{destination}: {counted(count, 'row')}"
    if options.format == "ducklake":
        from programme.export.lake import write_lake

        count = write_lake(database, destination, edition, partition=options.partition)
        return f"{destination}: {counted(count, 'row')} written or removed"
    if options.format == "duckdb":
        from programme.export.duckdb_files import write_duckdb

        return f"{destination}: {counted(write_duckdb(database, destination, edition, replace=options.replace), 'row')}"
    if options.format == "sqlite":
        from programme.export.copying import write_sqlite

        return f"{destination}: {counted(write_sqlite(database, destination, edition, replace=options.replace), 'row')}"
    return _write_text(database, options)


def _write_query(database: str, query: str, options: ExportOptions) -> str:
    destination = options.destination
    parameters = known_values(database, find_query(query), _parameters(options))
    if options.format in TEXTS:
        from programme.export.query_files import write_text

        return f"{destination}: {write_text(database, query, parameters, options)}"
    if options.format == "xlsx":
        from programme.export.query_files import write_workbook

        count = write_workbook(database, query, parameters, destination, replace=options.replace)
    else:
        from programme.export.duckdb_files import write_query

        count = write_query(database, query, parameters, destination, options.format, replace=options.replace)
    return f"{destination}: {counted(count, 'row')} of {query}"


def _write_text(database: str, options: ExportOptions) -> str:
    from programme.export.text_files import write_calendar, write_feed, write_references

    destination, edition, site, replace = options.destination, options.edition, options.site, options.replace
    if options.format in REFERENCES:
        count = write_references(database, destination, options.format, edition, replace=replace)
        return f"{destination}: {counted(count, 'paper')}"
    if options.format == "ics":
        count = write_calendar(database, destination, edition, site=site, each=options.each, replace=replace)
        return f"{destination}: {counted(count, 'slot')}"
    count = write_feed(database, destination, edition, options.listing, site=site, replace=replace)
    return f"{destination}: {counted(count, 'paper')}"


def _check(database: str, options: ExportOptions) -> None:
    if options.query and options.format not in (*ROWS, *TEXTS):
        raise StoreError(f"a query is exported as {', '.join((*ROWS, *TEXTS))}, not as {options.format}")
    if options.format == "xlsx" and not options.query:
        raise StoreError("a workbook holds the rows of a query: `loader export xlsx DEST --query NAME`")
    if options.destination == "-" and options.format not in TEXTS:
        raise StoreError(
            f"- prints {listed(TEXTS)} only; name a file for {options.format}, "
            "or print the rows of a query with `loader query NAME --csv`"
        )
    if options.site and options.format not in ("ics", "atom"):
        raise StoreError("--site goes with ics and atom only, whose entries link to their pages")
    if options.site and not re.match(r"https?://[^\s/]", options.site):
        raise StoreError(f"{options.site}: is not an http(s) URL; say where readers find the site")
    if options.each and options.format != "ics":
        raise StoreError("--each goes with ics only, in which the posters of a session share one event")
    if options.parameters and not options.query:
        raise StoreError("-p sets a parameter of a query; name the query with --query")
    if options.listing and (options.format != "atom" or options.edition or options.query):
        raise StoreError(
            "--listing goes with atom only, without --edition and --query: `loader export atom DEST --listing KEY`"
        )
    if options.partition and (options.format not in PARTITIONED or options.query):
        raise StoreError("--partition goes with parquet and ducklake only, and with whole tables")
    refuse_database(database, options.destination)


def _parameters(options: ExportOptions) -> dict[str, str]:
    """Return the parameters of the query, with `--edition` as one of them."""
    parameters = dict(options.parameters or {})
    if options.edition:
        found = find_query(options.query or "")
        if not {"edition", "editions"} & {name.name for name in (found.columns if found.is_view else found.params)}:
            raise StoreError(f"the query {options.query} has no parameter edition; export it without --edition")
        parameters.setdefault("edition", options.edition)
    return parameters
