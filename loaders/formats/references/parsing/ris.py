"""The records of a RIS file: tags with their values, and the papers they become."""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.references.parsing.common import Reference, paper
from programme.loaders.readers import Located
from programme.loaders.records import PaperRecord, Problem
from programme.patterns import lazy_pattern

Fields = dict[str, list[str]]

NO_PAPERS = frozenset({"BOOK", "EBOOK", "EDBOOK", "DATA", "COMP", "THES", "ELEC", "BLOG", "WEB"})
"""Types of records that are no papers."""

_TAG = lazy_pattern(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")


def papers(document: Document) -> Iterator[PaperRecord | Problem]:
    """Yield the paper of each record, and a problem for each without a title, and for lines outside any."""
    for found in _records(document):
        if isinstance(found, Problem):
            yield found
        elif (found.value.get("TY") or [""])[0] not in NO_PAPERS:
            yield paper(_reference(found.value), found)


def _records(document: Document) -> Iterator[Located[Fields] | Problem]:
    fields: Fields | None = None
    start = count = 0
    last = ""
    for number, line in enumerate(document.lines, 1):
        found = _TAG.match(line)
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", line.strip())
        if tag == "TY" or (tag == "ER" and fields is not None):
            if fields is not None:
                yield Located(fields, f"[{count}]", start, number if tag == "ER" else number - 1)
                count += 1
            fields, start = ({"TY": [value]}, number) if tag == "TY" else (None, 0)
        elif fields is None:
            if value:
                yield Problem(number, value, "outside any record; expected 'TY  - …' above it")
        elif tag:
            last = tag
            fields.setdefault(tag, []).append(value)
        elif value and last in fields:  # a value that goes on in the next line
            fields[last][-1] = f"{fields[last][-1]}\n{value}"
    if fields is not None:
        yield Located(fields, f"[{count}]", start, len(document.lines))


def _reference(fields: Fields) -> Reference:
    def first(*tags: str) -> str | None:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), None)

    def every(*tags: str) -> list[str]:
        return [value for tag in tags for value in fields.get(tag, ()) if value]

    return Reference(
        title=first("TI", "T1"),
        authors=every("AU", "A1"),
        abstract=first("AB", "N2"),
        venue=first("T2", "BT", "C3", "JF", "JO", "JA"),
        year=first("PY", "Y1", "DA"),
        doi=first("DO"),
        # Some programs write several addresses on one line.
        urls=[
            url for value in every("UR", "L1", "L2", "L3", "LK") for url in re.split(r"[;,\s]\s*(?=https?://)", value)
        ],
        notes=every("N1", "M1"),
        is_journal=first("TY") in {"JOUR", "JFULL", "MGZN"},
    )
