"""The likely fix for a misspelt name."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question about the nearest names, to put behind a message; empty where none is near.

    >>> did_you_mean("icmll", ["icml", "iclr", "neurips"]), did_you_mean("gardening", ["icml"])
    ('; did you mean icml?', '')
    """
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return the likely fix for a misspelt word, or the list of all where none is near.

    >>> suggestion("jason", ["csv", "json"]), suggestion("xls", ["csv", "json"])
    ('did you mean json?', 'choose csv or json')
    """
    near = did_you_mean(word, known)
    return near.removeprefix("; ") if near else f"choose {', '.join(known[:-1])} or {known[-1]}"
