"""Which papers and slots rows name by their keys, so that the rows of a query can be taken along.

A row with `paper_key` names a paper. A slot is named by `session_key` with `position`, or with the paper presented
there; `session_key` alone names all slots of a session, and `paper_key` alone every slot of a paper.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from programme.exceptions import StoreError
from programme.export.calendars import Slot
from programme.patterns import lazy_pattern

_PAPER = lazy_pattern(r"(?:\w+_)?paper_key")
_SESSION = lazy_pattern(r"(?:\w+_)?session_key")


class Places(NamedTuple):
    """Chosen slots, by the keys that name them."""

    sessions: frozenset[str] = frozenset()
    """Sessions with all of their slots."""
    papers: frozenset[str] = frozenset()
    """Papers with all of their slots."""
    slots: frozenset[tuple[str, int | str | None]] = frozenset()
    """Sessions, each with the position of a slot or the key of a paper that is presented there."""

    def holds(self, slot: Slot) -> bool:
        """Return whether a slot is chosen."""
        session, paper = slot.session_key, slot.paper_key
        if session in self.sessions or (paper and paper in self.papers):
            return True
        return (session, slot.position) in self.slots or bool(paper and (session, paper) in self.slots)

    @property
    def session_keys(self) -> list[str]:
        """The sessions that are named, not those of papers that are named alone."""
        return sorted(self.sessions | {session for session, _ in self.slots})


def papers_of(columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> list[str]:
    """Return the keys of the papers that rows name, in order and each once; raise StoreError where none can be.

    >>> papers_of(["title", "paper_key"], [["Nets", "b2"], ["Q&A", None], ["Nets", "b2"], ["Trees", "a1"]], "papers")
    ['b2', 'a1']
    """
    at = [number for number, column in enumerate(columns) if _PAPER.fullmatch(column)]
    if not at:
        raise StoreError(f"the rows of {name} name no papers: it has no column paper_key")
    return list(dict.fromkeys(str(row[number]) for row in rows for number in at if row[number]))


def places_of(columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Places:
    """Return the slots that rows name; raise StoreError where none can be.

    >>> places_of(["session_key", "position"], [["5e", 2]], "programme").slots
    frozenset({('5e', 2)})
    """
    papers = [number for number, column in enumerate(columns) if _PAPER.fullmatch(column)]
    sessions = [number for number, column in enumerate(columns) if _SESSION.fullmatch(column)]
    if not papers and not sessions:
        raise StoreError(f"the rows of {name} name no slots: it has no column session_key or paper_key")
    if not sessions:
        return Places(papers=frozenset(str(row[number]) for row in rows for number in papers if row[number]))
    position = columns.index("position") if "position" in columns else None
    whole: set[str] = set()
    slots: set[tuple[str, int | str | None]] = set()
    for row in rows:
        found = list(_slots(row, papers, position))
        for session in (str(row[number]) for number in sessions if row[number]):
            if found:
                slots.update((session, one) for one in found)
            else:
                whole.add(session)
    return Places(sessions=frozenset(whole), slots=frozenset(slots))


def title_of(title: str, values: Iterable[str]) -> str:
    r"""Return the title of a selection, on one line: that of its query, and the values of its parameters.

    >>> title_of("Papers of an edition", ["icml-2022", "", "graphs\nor trees"]), title_of("Coauthors", [])
    ('Papers of an edition: icml-2022, graphs or trees', 'Coauthors')
    """
    given = ", ".join(" ".join(value.split()) for value in values if value)
    return f"{title}: {given}" if given else title


def _slots(row: Sequence[Any], papers: Sequence[int], position: int | None) -> Iterator[int | str]:
    if position is not None and row[position] is not None:
        yield int(row[position])
    else:
        yield from (str(row[number]) for number in papers if row[number])
