"""The words of a search, as the full-text index takes them."""

from programme.patterns import lazy_pattern
from programme.site.parts.site import AskForLessError

MAX_WORDS = 32
MAX_PREFIXES = 4
"""Words of a search, and those of them that end in `*`: each reads every word that begins so, and cannot be stopped."""

_PIECE = lazy_pattern(r'"[^"]*(?:"|$)|[^\s"]+')


def check_words(words: str) -> None:
    """Raise AskForLessError for more words than the index can look up in time.

    >>> check_words("transf* of graph*")
    """
    pieces = _PIECE.findall(words)
    if len(pieces) > MAX_WORDS:
        raise AskForLessError(f"A search takes at most {MAX_WORDS} words. Leave some out.")
    if sum(piece.endswith("*") for piece in pieces) > MAX_PREFIXES:
        raise AskForLessError(f"A search takes at most {MAX_PREFIXES} words with *. Write some of them out.")


def match_of(words: str) -> str:
    """Return an FTS5 query for papers with all of these words: `"…"` is a phrase, `…*` a prefix.

    >>> match_of('graph  "neural networks" trans* "open')
    '"graph" "neural networks" "trans"* "open"'
    >>> match_of("c++ OR (not)"), match_of('" "')
    ('"c++" "OR" "(not)"', '')
    """
    phrases = []
    for piece in _PIECE.findall(words.replace("\0", " ")):
        is_prefix = piece.endswith("*") and not piece.startswith('"')
        phrase = piece.strip('"').rstrip("*" if is_prefix else "").strip()
        if any(character.isalnum() for character in phrase):
            phrases.append(f'"{phrase}"{"*" if is_prefix else ""}')
    return " ".join(phrases)
