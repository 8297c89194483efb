"""Readers of structured text for authors of formats: JSON, CSV, XML and YAML record by record, and their fields.

A reader yields values with their path and lines (`Located`), and a `Problem` for what is damaged or does not fit; the
values around it are still read. Importing this package loads none of the slow libraries (msgspec, lxml, PyYAML), so
that `sniff` may use it. A module here is imported when one of its names is first used: a page needs two of the nine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from programme.loaders.readers.csv import (
        column_name,
        csv_header,
        delimiter_of,
        first_rows,
        header_cells,
        next_row,
        read_rows,
    )
    from programme.loaders.readers.editions import (
        edition_of_bibtex,
        edition_of_source,
        edition_of_url,
        is_group,
        is_outside_edition,
        page_year,
        site_venue,
    )
    from programme.loaders.readers.fields import (
        first_of_each_scheme,
        join_wrapped_lines,
        named_authors,
        one_line,
        printed_once,
        split_names,
        stated_identifiers,
        text_or_none,
    )
    from programme.loaders.readers.json import (
        by_key,
        fields_before_records,
        first_record,
        first_value,
        is_json,
        read_records,
    )
    from programme.loaders.readers.pages import PageLine, page_lines
    from programme.loaders.readers.people import names_and_affiliations, split_texts
    from programme.loaders.readers.shapes import EXCERPT_CHARS, Located, UnknownFields, check_depth, format_error
    from programme.loaders.readers.xml import XmlDamage, XmlEvent, element_text, read_elements
    from programme.loaders.readers.yaml import YamlTree, is_yaml, yaml_keys

__all__ = [
    "EXCERPT_CHARS",
    "Located",
    "PageLine",
    "UnknownFields",
    "XmlDamage",
    "XmlEvent",
    "YamlTree",
    "by_key",
    "check_depth",
    "column_name",
    "csv_header",
    "delimiter_of",
    "edition_of_bibtex",
    "edition_of_source",
    "edition_of_url",
    "element_text",
    "fields_before_records",
    "first_of_each_scheme",
    "first_record",
    "first_rows",
    "first_value",
    "header_cells",
    "format_error",
    "is_group",
    "is_json",
    "is_outside_edition",
    "is_yaml",
    "join_wrapped_lines",
    "named_authors",
    "next_row",
    "names_and_affiliations",
    "one_line",
    "read_elements",
    "read_records",
    "read_rows",
    "page_lines",
    "page_year",
    "printed_once",
    "site_venue",
    "split_names",
    "split_texts",
    "stated_identifiers",
    "text_or_none",
    "yaml_keys",
]

_NAMES = {
    "csv": ("column_name", "csv_header", "delimiter_of", "first_rows", "header_cells", "next_row", "read_rows"),
    "editions": (
        "edition_of_bibtex",
        "edition_of_source",
        "edition_of_url",
        "is_group",
        "is_outside_edition",
        "page_year",
        "site_venue",
    ),
    "fields": (
        "first_of_each_scheme",
        "join_wrapped_lines",
        "named_authors",
        "one_line",
        "printed_once",
        "split_names",
        "stated_identifiers",
        "text_or_none",
    ),
    "json": ("by_key", "fields_before_records", "first_record", "first_value", "is_json", "read_records"),
    "pages": ("PageLine", "page_lines"),
    "people": ("names_and_affiliations", "split_texts"),
    "shapes": ("EXCERPT_CHARS", "Located", "UnknownFields", "check_depth", "format_error"),
    "xml": ("XmlDamage", "XmlEvent", "element_text", "read_elements"),
    "yaml": ("YamlTree", "is_yaml", "yaml_keys"),
}
"""The names that each module defines."""


def __getattr__(name: str) -> Any:
    """Import a name when it is first used (PEP 562)."""
    home = next((module for module, names in _NAMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value
