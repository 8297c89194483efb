"""Decides whether a repository that an abstract names is the paper's own or someone else's."""

import re

_SENTENCE_START = re.compile(r"[.!?][\"')\]]*\s+(?=[A-Z\[(])|\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z]|\s*$)|\n\s*\n")
_OFFERS = re.compile(
    r"\b(?:code|codes|codebase|available|release[sd]?|releasing|open[- ]?sourc\w*|publish\w*|public\w*|implement\w*"
    r"|repositor\w*|github|data|dataset\w*|benchmark|checkpoints?|weights|found|access\w*|pages?|demo|website|project"
    r"|scripts?|clone|software|toolbox|package|library|url|link|see|visit|here|source|resources?|our|we)\b|:\s*\W*$",
    re.IGNORECASE,
)
_BORROWS = re.compile(
    r"\b(?:(?:based|built|builds?|building|relies|relying) (?:up)?on(?: top of)?|adapted from|forked from|fork of"
    r"|modified from|derived from|extends?|extending|compared (?:to|with)|such as|like|unlike|baselines?)"
    r"\s+(?:(?:the|an?|original|official|existing|public)\s+)*[\w+.-]*\s*[({\[\\]?\s*(?:\\?(?:url|footnote)\{?)*$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?:based|built|building|builds) (?:up)?on(?: top of)?|adapted from|modified from|derived from"
    r"|(?:compared?|comparing|comparison) (?:to|with))"
    r"(?:\s+(?!(?:is|are|was|can|will|we|our|and|which|that|code|available|released?)\b)[\w+.-]+){1,6}"
    r"\s*(?:[(\[]\s*|\\?footnote\{\s*)(?:\\?url\{)?$",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\bet al\b\.?,?\s*(?:[(\[]?\d{1,4}[)\]]?)?,?\s*[(\[]?\s*(?:\\?(?:url|footnote)\{)*$", re.IGNORECASE
)


def role_of(text: str, start: int, end: int) -> str:
    """Return `other` for a repository that its sentence only builds on or names in passing, else `own`.

    >>> text = "It is built on https://github.com/x/y by others. Our code: https://github.com/a/b."
    >>> role_of(text, 15, 37), role_of(text, 59, 81)
    ('other', 'own')
    """
    before = text[max(0, start - 240) : start]
    if before.rstrip(" :\n").endswith((" at", "\nat", " at \\url{", " at \\href{")):
        return "own"
    sentence = _SENTENCE_START.split(before)[-1]
    if _BORROWS.search(sentence[-80:]) or _NAMED.search(sentence[-120:]) or _CITED.search(before[-40:]):
        return "other"
    if _OFFERS.search(sentence):
        return "own"
    following = text[end : end + 200]
    stop = _SENTENCE_END.search(following)
    rest = following[: stop.start()] if stop else following
    if _OFFERS.search(rest.partition(",")[0]) or not re.match(r"\s*\w", rest):
        return "own"
    return "other"
