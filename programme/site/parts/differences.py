"""Two texts side by side: lines that differ are paired and marked, and long stretches of equal lines folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from programme.site.parts.highlights import Piece

CONTEXT = 3
"""Number of equal lines shown before and after lines that differ."""
MIN_FOLD = 4
"""Number of equal lines between those that are shown anyhow, rather than a fold of so few."""
MAX_COMPARED = 3_000
"""Number of lines of each text that are compared, from the first that differs: the time grows with their square."""
MAX_CHARS = 1_200
"""Number of characters shown of a line."""

Row = dict[str, Any]


class Differences(NamedTuple):
    """The rows to show, the numbers of lines that only one of the texts has, and whether the texts go on after them."""

    rows: list[Row]
    removed: int
    added: int
    is_cut: bool


def differences(before: Sequence[str], after: Sequence[str]) -> Differences:
    """Compare two texts by their lines.

    >>> found = differences(["Deep One", "Hall A"], ["Deep One", "Hall B", "Bring tea"])
    >>> [(row["kind"], row["after"]["pieces"][0]["text"]) for row in found.rows]
    [('same', 'Deep One'), ('changed', 'Hall '), ('added', 'Bring tea')]
    >>> found.removed, found.added
    (1, 2)
    """
    first = _equal_at_start(before, after)
    old, new = before[first : first + MAX_COMPARED], after[first : first + MAX_COMPARED]
    is_cut = first + MAX_COMPARED < max(len(before), len(after))
    # SequenceMatcher passes over lines that are frequent, such as blank ones, which keeps it fast.
    codes = SequenceMatcher(None, old, new).get_opcodes()
    if is_cut and len(codes) > 1 and codes[-1][0] != "equal":
        # Where both texts were cut off, what is left at the ends may well be equal to lines further down.
        codes.pop()
    rows: list[Row] = [_row("same", before, after, place, place) for place in range(max(0, first - CONTEXT), first)]
    rows = [*_fold(first - len(rows)), *rows]
    for place, (kind, i1, i2, j1, j2) in enumerate(codes):
        spans = range(first + i1, first + i2), range(first + j1, first + j2)
        if kind == "equal":
            rows += _equal(before, after, *spans, is_last=place == len(codes) - 1 and not is_cut)
        else:
            rows += _unequal(before, after, *spans)
    removed = sum(row["kind"] in ("removed", "changed") for row in rows)
    added = sum(row["kind"] in ("added", "changed") for row in rows)
    return Differences(rows, removed, added, is_cut)


def marked_difference(before: str, after: str, margin: int | None = None) -> tuple[list[Piece], list[Piece]]:
    """Return two texts with the part marked in which they differ, and at most `margin` characters around it.

    >>> before, after = marked_difference("Room: Hall A, left", "Room: Hall B, left")
    >>> [piece["text"] for piece in before if piece.get("is_marked")], "".join(piece["text"] for piece in after)
    (['A,'], 'Room: Hall B, left')
    """
    start = _equal_at_start(before, after)
    start = before.rfind(" ", 0, start) + 1 if before[start - 1 : start] != " " else start
    end = _equal_at_start(before[start:][::-1], after[start:][::-1])
    if not all(text[len(text) - end - 1 : len(text) - end] in ("", " ") for text in (before[start:], after[start:])):
        space = before.find(" ", len(before) - end)
        end = len(before) - space if space >= 0 else 0
    return _pieces(before, start, len(before) - end, margin), _pieces(after, start, len(after) - end, margin)


def _equal_at_start(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items two sequences have in common at their beginnings."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _pieces(text: str, start: int, end: int, margin: int | None) -> list[Piece]:
    head, middle, tail = text[:start], text[start:end], text[end:]
    if margin is not None:
        head = f"… {head[-margin:].partition(' ')[2]}" if len(head) > margin else head
        middle = f"{middle[: 2 * margin]} …" if len(middle) > 2 * margin else middle
        tail = f"{tail[:margin].rpartition(' ')[0]} …" if len(tail) > margin else tail
    cut: list[Piece] = [{"text": head}, {"text": middle, "is_marked": True}, {"text": tail}]
    return [piece for piece in cut if piece["text"]]


def _equal(before: Sequence[str], after: Sequence[str], old: range, new: range, *, is_last: bool) -> Iterator[Row]:
    """Yield equal lines; of many the first and last ones, with a fold between."""
    places = list(zip(old, new, strict=True))
    # Before the first difference there are no such lines: they were counted off.
    tail = 0 if is_last else CONTEXT
    if len(places) <= CONTEXT + tail + MIN_FOLD:
        yield from (_row("same", before, after, *place) for place in places)
        return
    yield from (_row("same", before, after, *place) for place in places[:CONTEXT])
    yield from _fold(len(places) - CONTEXT - tail)
    yield from (_row("same", before, after, *place) for place in places[len(places) - tail :])


def _unequal(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Row]:
    """Yield lines that differ, those at the same places of both stretches as pairs."""
    for i, j in zip_longest(old, new):
        kind = "added" if i is None else "removed" if j is None else "changed"
        yield _row(kind, before, after, i, j)


def _row(kind: str, before: Sequence[str], after: Sequence[str], i: int | None, j: int | None) -> Row:
    one = None if i is None else before[i]
    other = None if j is None else after[j]
    if kind == "changed" and one is not None and other is not None:
        is_long = max(len(one), len(other)) > MAX_CHARS
        left, right = marked_difference(one, other, MAX_CHARS // 4 if is_long else None)
    else:
        left, right = _whole(one), _whole(other)
    return {"kind": kind, "before": _line(i, left), "after": _line(j, right), "lines": 1}


def _whole(text: str | None) -> list[Piece]:
    return [{"text": text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]} …"}] if text else []


def _line(place: int | None, pieces: list[Piece]) -> Row | None:
    return None if place is None else {"number": place + 1, "pieces": pieces}


def _fold(lines: int) -> list[Row]:
    return [{"kind": "fold", "before": None, "after": None, "lines": lines}] if lines > 0 else []
