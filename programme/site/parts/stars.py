"""What a star names: a paper, a slot, or a session without slots. Browsers keep these names, addresses carry them.

A name outlives changes of the programme: that of a slot holds the keys of its session and of its paper, or else of its
title, and neither its position nor its time.

    0a1b2c3d4e5f6071                        a paper with all of its slots
    5e55a00000000001-0a1b2c3d4e5f6071       a slot: its session, and its paper or title
    5e55a00000000001-0a1b2c3d4e5f6071-2     the second slot of this title in the session
    5e55a00000000001-0                      a session without slots
"""

import re
from collections.abc import Iterable

from programme.loaders.store.keys import title_key
from programme.loaders.text.titles import title_form
from programme.patterns import lazy_pattern
from programme.site.parts.site import Row

SEPARATOR = "."
_STAR = lazy_pattern(r"[0-9a-f]{16}(?:-0|-[0-9a-f]{16}(?:-[1-9][0-9]{0,3})?)?")


def slot_star(row: Row) -> str:
    """Return the star of a slot by `session_key`, `position`, `paper_key`, `title` and the number `alike`.

    >>> row = {"session_key": "5e55a00000000001", "position": 3, "paper_key": None, "title": "Q&A", "alike": 1}
    >>> slot_star({**row, "paper_key": "0a1b2c3d4e5f6071", "alike": 0}), slot_star({**row, "position": None})
    ('5e55a00000000001-0a1b2c3d4e5f6071', '5e55a00000000001-0')
    >>> slot_star(row) == f"5e55a00000000001-{title_key(title_form('Q&A'))}-2"
    True
    """
    if row["position"] is None:
        return f"{row['session_key']}-0"
    number = f"-{row['alike'] + 1}" if row["alike"] else ""
    return f"{row['session_key']}-{row['paper_key'] or title_key(title_form(row['title']))}{number}"


def stars_of(text: str) -> list[str]:
    """Return the stars that an address carries, each once, in order; what is none is left out.

    >>> stars_of("0a1b2c3d4e5f6071.5e55a00000000001-0.nonsense.0a1b2c3d4e5f6071")
    ['0a1b2c3d4e5f6071', '5e55a00000000001-0']
    """
    return sorted({piece for piece in re.split(r"[.\s,]+", text) if _STAR.fullmatch(piece)})


def address_of(stars: Iterable[str]) -> str:
    """Return stars as an address carries them.

    >>> address_of(["b", "a"])
    'a.b'
    """
    return SEPARATOR.join(sorted(stars))
