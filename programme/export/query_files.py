"""The papers and slots that the rows of a curated query name as text files, and the rows themselves as a workbook."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from programme.engines import find_query, run_query
from programme.export.chosen import papers_of, places_of, title_of
from programme.messages import counted

if TYPE_CHECKING:
    from programme.export.writing import ExportOptions


def write_text(database: str, name: str, parameters: Mapping[str, str], options: "ExportOptions") -> str:
    """Write what the rows of a query name; return how many. Raises StoreError for a query that names none."""
    from programme.export import text_files

    columns, rows = run_query(database, name, parameters)
    destination, replace = options.destination, options.replace
    title = title_of(find_query(name).title, parameters.values())
    if options.format == "ics":
        places = places_of(columns, rows, name)
        count = text_files.write_chosen_calendar(
            database, destination, title, places, site=options.site, each=options.each, replace=replace
        )
        return counted(count, "slot")
    keys = papers_of(columns, rows, name)
    if options.format == "atom":
        asked = "&".join(f"{key}={value}" for key, value in sorted(parameters.items()) if value)
        count = text_files.write_chosen_feed(
            database, destination, title, f"query/{name}?{asked}", keys, site=options.site, replace=replace
        )
    else:
        count = text_files.write_references(database, destination, options.format, keys=keys, replace=replace)
    return counted(count, "paper")


def write_workbook(
    database: str, name: str, parameters: Mapping[str, str], destination: str, *, replace: bool = False
) -> int:
    """Write the rows of a query as an Excel workbook; return their number."""
    from programme.export.files import atomic_path
    from programme.export.workbooks import workbook

    columns, rows = run_query(database, name, parameters)
    with atomic_path(destination, replace=replace) as partial:
        workbook(partial, name, columns, rows)
    return len(rows)
