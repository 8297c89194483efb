"""The likely fix for a misspelt name."""

from collections.abc import Iterable, Sequence


def did_you_mean(word: str, known: Iterable[str], most: int = 1) -> str:
    """Return a question about the nearest names, at most so many, to put behind a message; empty without any.

    >>> did_you_mean("icmll", ["icml", "iclr", "neurips"]), did_you_mean("gardening", ["icml"])
    ('; did you mean icml?', '')
    >>> did_you_mean("icmll", ["icml", "iclr", "neurips"], most=3)
    '; did you mean icml or iclr?'
    >>> did_you_mean("icml-2o22", ["icml-2022", "icml-2021", "icml-2020"], most=3)
    '; did you mean icml-2022, icml-2021 or icml-2020?'
    """
    # Only needed for errors, and slow to import.
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=most)
    return f"; did you mean {listed(near)}?" if near else ""


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return the likely fix for a misspelt word, or the list of all where none is near.

    >>> suggestion("jason", ["csv", "json"]), suggestion("xls", ["csv", "json"])
    ('did you mean json?', 'choose csv or json')
    """
    near = did_you_mean(word, known)
    return near.removeprefix("; ") if near else f"choose {listed(known)}"


def listed(words: Sequence[str], last: str = "or") -> str:
    """Return words as a sentence lists them.

    >>> listed(["oral"]), listed(["oral", "poster"]), listed(["oral", "poster", "qa"], "and")
    ('oral', 'oral or poster', 'oral, poster and qa')
    """
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
