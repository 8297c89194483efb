"""Lists of deadlines of conferences in YAML, as ai-deadlines and ccf-deadlines keep them: a source of editions.

Reads: `title` (or `full_name`) and `year` as the edition, its days from `start` and `end` or from `date` as printed
(`November 12-16, 2024`), its city from `city` or `place`, and `link`. An entry may hold its editions in `confs`. The
shipped table of editions counts before any list.

Ignores: the deadlines, their time zone, which is not that of the place, and ranks, notes and subjects.
"""

from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import yaml_keys
from programme.loaders.records import Hints, Record

NAME = "deadlines"
DESCRIPTION = "A list of deadlines of conferences, as YAML."
YIELDS = "editions with their days and cities"
EXAMPLE = "deadlines.yml"
VERSION = 1


def sniff(document: Document) -> Sniff:
    """Look for entries with a title, a year and a deadline."""
    keys = yaml_keys(document)
    if {"title", "year"} <= keys and {"deadline", "deadlines"} & keys:
        return Sniff(0.9, "entries with title, year and deadline")
    return Sniff(0.0, "no YAML with title, year and deadline")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the edition of each entry, and a problem for each that names none or states days that cannot be."""
    from programme.loaders.formats.deadlines.parsing import editions

    return editions(document)
