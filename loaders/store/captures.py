"""Which capture of a source replaces which, and which are current: a pure function of the captures of that source."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from programme.loaders.store.fact_types import DocumentFacts, ListingFacts
from programme.loaders.store.rows import CaptureRow

WHOLE = "*"
"""Stands for all that a document states, where it shows no moving window of days."""
KEPT = "kept:"
"""How the scope of a document kept with --keep begins: it is a source of its own, which nothing replaces."""
MAX_LINES = 8
"""A capture is compared with the latest of at most so many lines at its source, so that a thousand pages that were all
saved as `page.html` are not each compared with all others."""

Related = Callable[[int, int], bool]
"""Whether the document of the second id can be a newer capture of the first."""


def succession(captures: Iterable[CaptureRow], digests: Mapping[int, str], related: Related) -> list[CaptureRow]:
    """Return the captures of one source by time, each with the one it replaces and whether it is current.

    A capture replaces the latest one before it that it is related to. One that is related to none is another thing
    under an old name: both stay current, and each may have successors. `digests` are the SHA-256 of documents by id,
    which order captures of the same instant.
    """
    heads: list[CaptureRow] = []
    ordered = []
    for capture in sorted(captures, key=lambda one: (one.captured_at, digests[one.document_id])):
        before = _predecessor(heads, capture, related)
        if before is not None:
            heads.remove(before)
        heads.append(capture)
        ordered.append(capture._replace(replaces_id=before.id if before else None))
    current = {head.id for head in heads}
    return [capture._replace(is_current=capture.id in current) for capture in ordered]


def _predecessor(heads: Sequence[CaptureRow], capture: CaptureRow, related: Related) -> CaptureRow | None:
    for head in reversed(heads[-MAX_LINES:]):
        if head.document_id == capture.document_id or related(head.document_id, capture.document_id):
            return head
    return None


def scope_of(listing: ListingFacts) -> str:
    """Return the day that a listing is of, as far as it is known: `2025-03-11`, `--03-11` or nothing."""
    record = listing.record
    if record.listed_on:
        return record.listed_on.isoformat()
    return f"--{record.month:02}-{record.day:02}" if record.month and record.day else ""


def scopes_of(facts: DocumentFacts) -> list[str]:
    """Return the scopes of the sources that a document is a capture of: the days it lists, in a moving window."""
    if not facts.parsed.is_window:
        return [""]
    return sorted({scope_of(listing) for listing in facts.listings}) or [""]


def part(scope: str) -> str:
    """Return which part of a document the scope of a source stands for: a day, or the whole."""
    return WHOLE if scope == "" or scope.startswith(KEPT) else scope


def within(facts: DocumentFacts, parts: frozenset[str]) -> DocumentFacts:
    """Return the facts in these parts of a document: those of listings of other days are left out."""
    if WHOLE in parts:
        return facts
    return facts._replace(listings=[listing for listing in facts.listings if scope_of(listing) in parts])
