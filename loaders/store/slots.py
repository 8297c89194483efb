"""Slots of one session: one per distinct start, title and paper, in the order in which the documents print them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from programme.loaders.store.identity import display_title, resolve_value
from programme.loaders.store.rows import SlotRow, SlotSourceRow
from programme.loaders.text.instants import local_parts
from programme.loaders.text.titles import title_form


class SlotStatement(NamedTuple):
    """One document's statement of a slot, with its clean title and its paper. A new one has the slot id 0."""

    sha256: str
    title: str
    paper_id: int | None
    source: SlotSourceRow


def derive_slots(
    session_id: int, statements: Sequence[SlotStatement], edition_zone: str | None, next_id: Callable[[], int]
) -> Iterator[tuple[SlotRow, Sequence[SlotStatement]]]:
    """Yield the slots of a session in order, each with its statements.

    A slot keeps the lowest id that its statements have had, unless an earlier slot took it; others get `next_id()`.
    """
    if len({statement.sha256 for statement in statements}) == 1:
        # One document states each of its slots once; the rules below would find the same, slowly.
        groups = [[statement] for statement in statements]
    else:
        groups = list(_same_slots(statements).values())
    taken: set[int] = set()
    for position, group in enumerate(sorted(groups, key=_printed_order), 1):
        free = [id_ for statement in group if (id_ := statement.source.slot_id) and id_ not in taken]
        id_ = min(free) if free else next_id()
        taken.add(id_)
        yield _slot(id_, session_id, position, group, edition_zone), group


def _same_slots(statements: Sequence[SlotStatement]) -> dict[Any, list[SlotStatement]]:
    """Group statements by what makes a slot: start, title and paper. The second such slot of a document is another."""
    seen: Counter[Any] = Counter()
    groups: dict[Any, list[SlotStatement]] = {}
    for statement in sorted(statements, key=_place):
        identity = (statement.source.starts_at, title_form(statement.title), statement.paper_id)
        seen[statement.sha256, identity] += 1
        groups.setdefault((identity, seen[statement.sha256, identity]), []).append(statement)
    return groups


def _place(statement: SlotStatement) -> tuple[str, int, int]:
    return statement.sha256, statement.source.position, statement.source.line_start


def _printed_order(group: Sequence[SlotStatement]) -> tuple[Any, ...]:
    first = min(group, key=lambda one: (one.source.position, one.sha256)) if len(group) > 1 else group[0]
    source = first.source
    return source.position, source.starts_at or "", first.sha256, source.line_start


def _slot(
    id_: int, session_id: int, position: int, group: Sequence[SlotStatement], edition_zone: str | None
) -> SlotRow:
    """Merge the statements of one slot. Its place in a document is that of the statement with the lowest SHA-256."""
    first = min(group, key=lambda stated: (stated.sha256, stated.source.line_start)) if len(group) > 1 else group[0]
    source = first.source if len(group) == 1 else _merged(first.source, [stated.source for stated in group])
    zone = edition_zone or source.time_zone
    local_day, local_start, local_end = local_times(source.starts_at, source.ends_at, zone)
    if source.starts_at is None:
        local_day, local_start, local_end = source.local_day, source.local_start, source.local_end
    return SlotRow(
        id=id_,
        session_id=session_id,
        position=position,
        kind=source.kind,
        raw_kind=source.raw_kind,
        title=first.title if len(group) == 1 else display_title(stated.title for stated in group),
        starts_at=source.starts_at,
        ends_at=source.ends_at,
        time_zone=source.time_zone,
        local_day=local_day,
        local_start=local_start,
        local_end=local_end,
        room=source.room,
        poster_number=source.poster_number,
        award=source.award,
        paper_id=first.paper_id,
        is_cancelled=False,
        document_id=source.document_id,
        line_start=source.line_start,
        line_end=source.line_end,
        path=source.path,
    )


def _merged(first: SlotSourceRow, sources: Sequence[SlotSourceRow]) -> SlotSourceRow:
    """Return the first statement with the values that most statements give."""
    return first._replace(
        kind=resolve_value(source.kind for source in sources) or first.kind,
        raw_kind=resolve_value(source.raw_kind for source in sources),
        ends_at=resolve_value(source.ends_at for source in sources),
        time_zone=resolve_value(source.time_zone for source in sources),
        local_day=resolve_value(source.local_day for source in sources),
        local_start=resolve_value(source.local_start for source in sources),
        local_end=resolve_value(source.local_end for source in sources),
        room=resolve_value(source.room for source in sources),
        poster_number=resolve_value(source.poster_number for source in sources),
        award=resolve_value(source.award for source in sources),
    )


def local_times(
    starts_at: str | None, ends_at: str | None, zone: str | None
) -> tuple[str | None, str | None, str | None]:
    """Return day, start and end on the clocks of `zone`, an IANA name; None where unknown."""
    if not starts_at or not zone:
        return None, None, None
    day, start = local_parts(starts_at, zone)
    return day, start, local_parts(ends_at, zone)[1] if ends_at else None
