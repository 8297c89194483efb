"""What changed between two captures of a source, in a line: `14 slots kept, 1 moved, 1 room changed, 1 paper added`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from programme.loaders.store.changes import Change
from programme.loaders.store.contents import Contents
from programme.loaders.store.fact_types import DocumentFacts

_NOUNS = {
    "kind": "kind",
    "track": "track",
    "room": "room",
    "poster_number": "poster number",
    "award": "award",
    "title": "title",
    "byline": "byline",
    "affiliations": "affiliation",
    "abstract": "abstract",
    "presentation": "presentation",
    "edition": "edition",
    "moderators": "moderator",
}
"""Fields whose changes are counted, in this order; those that move a session or slot are not among them."""

_MOVES = frozenset({"session", "starts_at", "ends_at", "raw_time"})


def summary(before: DocumentFacts, after: DocumentFacts, changes: Sequence[Change]) -> str:
    """Return what a newer capture keeps and what it changes, in plain English and without zeros.

    What comes, goes or gets another title together counts once: a slot with its paper as a paper, a paper with its
    entry as an entry. Sessions that move with their slots are not counted, and their rooms are counted with those of
    slots.
    """
    contents = Contents(after)
    slots, entries, sessions, papers = (
        [row for row in changes if row.subject == subject] for subject in ("slot", "entry", "session", "paper")
    )
    own_papers = _apart_from(papers, entries)
    parts = [
        *_kept("slot", len(contents.slots), slots),
        *_moved(slots),
        *_fields(row for row in (*sessions, *slots) if row.field != "title" or row.title_key is None),
        *_came_and_went("slot", _apart_from(slots, own_papers)),
        *_tally("entry", len(contents.entries), entries),
        *_upvotes(entries),
        *(
            _came_and_went("session", sessions)
            if contents.slots
            else _tally("session", len(contents.sessions), sessions)
        ),
        *([] if slots else _moved(sessions, "session")),
        *(
            _tally("paper", len(contents.papers), papers)
            if contents.has_papers_alone
            else _came_and_went("paper", own_papers)
        ),
        *_fields(papers),
        *_names(papers),
        *_corrections(before, after),
    ]
    if all(part.endswith("kept") for part in parts):
        parts.append("nothing changed")
    return ", ".join(parts)


def _apart_from(rows: list[Change], others: list[Change]) -> list[Change]:
    """Return the rows without what was added or removed as part of something else that was."""
    counted = {(row.change, row.title_key) for row in others if row.change != "changed"}
    return [row for row in rows if row.title_key is None or (row.change, row.title_key) not in counted]


def _count(rows: list[Change], change: str) -> int:
    return sum(row.change == change for row in rows)


def _counted(count: int, noun: str, verb: str) -> Iterator[str]:
    """Yield a count in words, unless it is zero.

    >>> [*_counted(1, "repository", "added"), *_counted(2, "entry", "kept"), *_counted(0, "slot", "kept")]
    ['1 repository added', '2 entries kept']
    """
    if count:
        plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else noun + "s"
        yield " ".join(filter(None, (str(count), noun if count == 1 or not noun else plural, verb)))


def _kept(noun: str, count: int, rows: list[Change]) -> Iterator[str]:
    return _counted(count - _count(rows, "added"), noun, "kept")


def _tally(noun: str, count: int, rows: list[Change]) -> Iterator[str]:
    """Yield what was kept, added and removed, with the noun once."""
    kept = list(_kept(noun, count, rows))
    yield from kept
    yield from _came_and_went("" if kept else noun, rows)


def _came_and_went(noun: str, rows: list[Change]) -> Iterator[str]:
    for change in ("added", "removed"):
        yield from _counted(_count(rows, change), noun, change)


def _moved(rows: Iterable[Change], noun: str = "") -> Iterator[str]:
    """Yield how many have another time or session. A subject has one row per field, and its rows follow each other."""
    moved, subject, fields = 0, None, set[str]()
    for row in rows:
        if row.field in _MOVES:
            this = row._replace(field=None, before=None, after=None)
            if this != subject or row.field in fields:
                moved, subject, fields = moved + 1, this, set()
            fields.add(row.field)
    return _counted(moved, noun, "moved")


def _fields(rows: Iterable[Change]) -> Iterator[str]:
    counts = Counter(row.field for row in rows)
    for field, noun in _NOUNS.items():
        yield from _counted(counts[field], noun, "changed")


def _upvotes(rows: Iterable[Change]) -> Iterator[str]:
    count = sum(row.field == "upvotes" for row in rows)
    if count:
        yield f"upvotes of {count} changed"


def _names(rows: Iterable[Change]) -> Iterator[str]:
    """Yield how many identifiers and repositories of papers that were kept have come, gone or changed."""
    counts = Counter(
        (row.field, "added" if row.before is None else "removed" if row.after is None else "changed") for row in rows
    )
    for field in ("identifier", "repository"):
        for change in ("added", "removed", "changed"):
            yield from _counted(counts[field, change], field, change)


def _corrections(before: DocumentFacts, after: DocumentFacts) -> Iterator[str]:
    """Yield how many corrections a file of them has more and fewer than the one before."""
    old, new = ({row[:4] for row in facts.corrections} for facts in (before, after))
    yield from _counted(len(new - old), "correction", "added")
    yield from _counted(len(old - new), "correction", "removed")
