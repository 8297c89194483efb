"""Corrections by a curator, each with its reason: they outrank what documents state. See [Corrections](corrections.md).

A YAML document with the key `corrections` at the top and a list under it. Each entry names one subject, what is right,
and why.

Reads:

- `paper` with `title`, `abstract`, `authors`, `edition`, `add_identifiers`, `deny_identifiers`, `add_repositories`,
  `deny_repositories` and `repository_roles`.
- `session` with `title`, `abstract`, `track`, `room`, `starts_at`, `ends_at`, `kind`, `edition` and `cancelled`.
- `slot` with `title`, `room`, `starts_at`, `ends_at`, `kind`, `award`, `poster_number` and `cancelled`.
- `entry` of a listing with `upvotes`, and `author` with `name`.
- `same_paper`, `different_papers`, `same_author`, and `different_authors` with `papers`.
- `because`, the reason, which no entry may lack.

Ignores: nothing. A field that is unknown, repeated or of the wrong type is a problem, and so is a statement that
contradicts one above it; the other corrections are loaded.
"""

import re
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.base import Sniff
from programme.loaders.readers import is_yaml
from programme.loaders.records import Hints, Record
from programme.patterns import lazy_pattern

NAME = "corrections"
DESCRIPTION = "Corrections of papers, sessions, slots, listings and authors by a curator, as YAML."
YIELDS = "corrections, one for each subject and field"
EXAMPLE = "corrections.yaml"
VERSION = 1

_TOP = lazy_pattern(r"^[\"']?corrections[\"']?\s*:(?:\s|$)", re.MULTILINE)


def sniff(document: Document) -> Sniff:
    """Look for the key `corrections` at the beginning of a line."""
    if is_yaml(document) and _TOP.search(document.head):
        return Sniff(1.0, "the key 'corrections' at the top")
    return Sniff(0.0, "no key 'corrections' at the top")


def parse(document: Document, hints: Hints) -> Iterator[Record]:  # noqa: ARG001 - every format takes hints
    """Yield a correction for each subject and field, and a problem for whatever does not fit."""
    from programme.loaders.formats.corrections.parsing import records

    return records(document)
