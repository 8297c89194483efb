"""The JSON export of a virtual conference site: ICML, NeurIPS, ICLR, MLSys, COLM, CVPR, ICCV and ECCV share it.

Reads:

- `…/static/virtual/data/icml-2024-orals-posters.json`, an object whose `results` are the events of a conference; also
  the bare list, a single event, and the list of the download page (`type`, `name`, `speakers/authors`).
- Papers: posters, orals and spotlights, and talks with people. `name`, `authors` with `institution`, `abstract`;
  identifiers from `paper_url`, `paper_pdf_url`, `url` and `eventmedia`; links from `url` and `eventmedia`.
- Sessions: events that are not papers (session, workshop, tutorial, break), and the sessions that `session` names. The
  slots of a session are the events that name it in `parent1`, `parent_id` or `session`, or that it names in `children`;
  `parent2` and `starttime2` make a second slot. A paper without a session is put into one named after its
  kind, at its start; without a start it is a paper on its own.
- The edition, from `sourceurl`, `virtualsite_url` and the URLs of people and parents.
- The second file, `…-abstracts.json`, an object from the number of an event to its abstract, which is that of its paper
  once the events are loaded too. The edition is that in the name of the file, or given.

Ignores: `topic`, `keywords`, `schedule_html`, coordinates, and the accounts and profiles of people.
"""

from collections.abc import Iterator
from typing import Any

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import first_record
from programme.loaders.records import Hints, Problem, Record
from programme.patterns import lazy_pattern

NAME = "virtual-export"
DESCRIPTION = "The JSON export of a virtual conference site (ICML, NeurIPS, ICLR, CVPR), with all its events."
YIELDS = "sessions with their slots and papers"
EXAMPLE = "virtual_export_icml2022.json"
VERSION = 2

MARKS = frozenset({"virtualsite_url", "eventtype", "event_type", "eventmedia", "speakers/authors", "poster_position"})
"""Fields that only such an export has; a document with `name` and two of them is one."""

_NUMBER = lazy_pattern(r"\d+|[0-9a-f]{32}")


def sniff(document: Document) -> Sniff:
    """Look at the fields of the first event."""
    first = first_record(document)
    if _is_abstracts(first):
        return Sniff(0.8, "an object from the numbers of events to their abstracts")
    marks = sorted(MARKS & first.keys())
    if "name" in first and len(marks) > 1:
        return Sniff(0.95, f"events with {' and '.join(marks[:2])}")
    return Sniff(0.1 if marks else 0.0, "no list of events with 'name', 'eventtype' and 'virtualsite_url'")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield the sessions with their slots, the papers without one, and a problem for each value not understood."""
    from programme.loaders.formats.virtual_site.parsing.export_events import (
        IGNORED_FIELDS,
        Event,
        common_edition,
        site_urls,
    )
    from programme.loaders.formats.virtual_site.parsing.export_sessions import ExportedProgramme
    from programme.loaders.readers import Located, read_records

    if _is_abstracts(first_record(document)):
        from programme.loaders.formats.virtual_site.parsing.export_abstracts import abstracts

        yield from abstracts(document)
        return
    events: list[Located[Event]] = []
    for found in read_records(document, Event, ignored=IGNORED_FIELDS):
        if isinstance(found, Problem):
            yield found
        elif not found.value.name.strip():
            path = f"{found.path}.name"
            yield Problem(found.line_start, "", f"{path}: empty; expected the title of the event", found.path, True)
        else:
            events.append(found)
    site = common_edition(url for found in events for url in site_urls(found.value))
    yield from ExportedProgramme(events, site).records()


def _is_abstracts(first: dict[str, Any]) -> bool:
    """Return whether a document is one object from numbers of events to texts."""
    return bool(first) and all(_NUMBER.fullmatch(key) and isinstance(text, str) for key, text in first.items())
