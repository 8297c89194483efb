"""What the description of an event says: text that every calendar program takes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programme.export.calendars import Slot

MAX_LENGTH = 8_192
"""Characters of a description as they are written, escaped; Google Calendar takes no more."""

MAX_LINE = 2_000
_ESCAPED = ",;\\"


def described(lines: Sequence[str], page: str | None) -> str:
    r"""Return lines as a description, the address of a page last; where they are too many, the rest is counted.

    >>> described(["ICML 2022", "• Nets"], "https://p.example/session/5e")
    'ICML 2022\n• Nets\nhttps://p.example/session/5e'
    >>> described([f"• {number:04}, and more" for number in range(1, 1000)], None)[-31:]
    '• 0430, and more\n… and 569 more'
    """
    ending = [page] if page else []
    lines = [line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in lines]
    if _length([*lines, *ending]) <= MAX_LENGTH:
        return "\n".join([*lines, *ending])
    room = MAX_LENGTH - _length([_rest(len(lines)), *ending])
    kept = 0
    while (room := room - _length(lines[kept : kept + 1])) >= 0:
        kept += 1
    return "\n".join([*lines[:kept], _rest(len(lines) - kept), *ending])


def listed(slot: "Slot") -> str:
    """Return the line about a slot in the event of its session.

    >>> from programme.export.calendars import Slot
    >>> slot = Slot("5e", "Posters", "poster", None, None, None, None, None, title="Nets", authors="Ann Lee")
    >>> listed(slot._replace(award="Best", poster_number="#12", code="https://github.com/a/b"))
    '• #12 Nets (Best) – Ann Lee – https://github.com/a/b'
    """
    number = f"#{slot.poster_number.lstrip('#')} " if slot.poster_number else ""
    award = f" ({slot.award})" if slot.award else ""
    return " – ".join(part for part in (f"• {number}{slot.title}{award}", slot.authors, slot.code) if part)


def _rest(count: int) -> str:
    return f"… and {count:,} more"


def _length(lines: Iterable[str]) -> int:
    """Return the characters of lines with what escapes them and the breaks between them."""
    return sum(len(line) + sum(map(line.count, _ESCAPED)) + len("\\n") for line in lines)
