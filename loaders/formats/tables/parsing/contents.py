"""What the texts of a column are, whatever it is called: titles, bylines, days, clocks, addresses."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from programme.loaders.text.bylines import looks_like_byline
from programme.loaders.text.kinds import is_kind
from programme.patterns import lazy_pattern

PAPER_URL = lazy_pattern(
    r"openreview\.net/|arxiv\.org/(?:abs|pdf)|aclanthology\.|aclweb\.org/anthology|proceedings\.mlr\.press|"
    r"(?:papers|proceedings)\.n(?:eur)?ips\.cc|openaccess\.thecvf\.com|ecva\.net/papers|doi\.org/10\.|dl\.acm\.org/|"
    r"ieeexplore\.|ojs\.aaai\.org|isca-speech\.org|jmlr\.org/papers|\.pdf\b|/virtual/20\d\d/",
    re.IGNORECASE,
)
REPOSITORY = lazy_pattern(r"\b(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)/[\w.-]+/[\w.-]+/?$", re.IGNORECASE)
_URL = lazy_pattern(r"https?://|\bwww\.|\b\w+\.(?:com|org|net|io|edu)/|^[\w-]+/[\w.-]+$", re.IGNORECASE)
_CLOCK = lazy_pattern(r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|T\d\d:\d\d|^\d{4}(?:\s*-|$)", re.IGNORECASE)
_DURATION = lazy_pattern(r"\d{1,3}(?::\d\d){0,2}(?:\s?min\w*\.?)?|PT\w{2,12}", re.IGNORECASE)
_DAY = lazy_pattern(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
ROOM = lazy_pattern(
    r"room|hall|theat|auditorium|foyer|lobby|floor|level|building|centre|center|online|zoom|\bsa[al]|^[A-Z]?\d{1,4}\w?$",
    re.I,
)
_YEAR = lazy_pattern(r"(?:19|20)\d\d(?:\.0)?")
_LINKED = lazy_pattern(r"https?://|\barxiv['\"]?:|\bdoi['\"]?:", re.IGNORECASE)
_NUMBER = lazy_pattern(r"[\d.,\s]+")
SEVERAL_NAMES = lazy_pattern(r"[,;|·]| and ")
_DECIDED = lazy_pattern(
    r"\b(?:accept|reject|oral|poster|spotlight|withdr|talk|keynote|long|short|full|demo)", re.IGNORECASE
)
_NOT_IN_TITLES = lazy_pattern(r"[;|]|->|\d:\d\d")

_SENTENCE = lazy_pattern(r"\w \w.*[.!?]$", re.DOTALL)


def share(test: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return how many of some texts pass a test, from 0 to 1."""
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0


def _are_words(texts: Sequence[str]) -> bool:
    """Return whether texts may be titles or venues: mostly neither numbers nor URLs."""
    return share(_NUMBER.fullmatch, texts) < 0.5 and share(_URL.match, texts) < 0.5


def are_titles(texts: Sequence[str]) -> bool:
    """Return whether texts look like titles, whatever their column is called: distinct, of several words, no names."""
    plain = [text for text in texts if 3 <= text.count(" ") + 1 <= 30 and not _NOT_IN_TITLES.search(text)]
    return (
        len(plain) >= 0.8 * len(texts)
        and len(set(texts)) >= 0.95 * len(texts)
        and sum(text.count(" ") + 1 for text in texts) >= 4 * len(texts)
        and share(looks_like_byline, texts[:50]) < 0.2
    )


def are_bylines(texts: Sequence[str]) -> bool:
    """Return whether texts look like the authors of papers: mostly several names."""
    return share(SEVERAL_NAMES.search, texts) > 0.5 and share(looks_like_byline, texts[:50]) > 0.8


def _are_people(texts: Sequence[str]) -> bool:
    return share(lambda text: _NUMBER.fullmatch(text) or _URL.match(text), texts) < 0.5


@lru_cache(maxsize=1024)
def _is_printed_kind(text: str) -> bool:
    return len(text) <= 80 and (is_kind(text) or _DECIDED.search(text) is not None)


def _are_clocks(texts: Sequence[str]) -> bool:
    return share(_CLOCK.search, texts) > 0.5


FITS: dict[str, Callable[[Sequence[str]], bool]] = {
    "title": _are_words,
    "authors": _are_people,
    "abstract": lambda texts: sum(map(len, texts)) >= 20 * len(texts) or share(_SENTENCE.search, texts) > 0.8,
    "code": lambda texts: any(map(_URL.search, texts)),
    "project": lambda texts: any(map(_URL.search, texts)),
    "paper": lambda texts: any(map(_URL.search, texts)) or share(lambda text: " " not in text, texts) > 0.8,
    "notes": lambda texts: any(map(_LINKED.search, texts)),
    "venue": _are_words,
    "year": lambda texts: share(_YEAR.fullmatch, texts) > 0.8,
    "kind": lambda texts: share(_is_printed_kind, texts) > 0.5,
    "duration": lambda texts: share(_DURATION.fullmatch, texts) > 0.8,
    "date": lambda texts: share(_DAY.search, texts) > 0.5,
    "start": _are_clocks,
    "end": _are_clocks,
    "time": _are_clocks,
    "room": lambda texts: share(_URL.match, texts) < 0.5,
    "board": lambda texts: share(lambda text: len(text) <= 12 and re.search(r"\d", text), texts) > 0.8,
    "chair": _are_people,
    "upvotes": lambda texts: share(str.isdecimal, texts) > 0.8,
}
"""Tests of what a column with a name of a role holds; any text fits the others."""
