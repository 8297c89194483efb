"""Finds the venue, and its edition, that a proceedings title, bibliography or export names.

The table `venues.csv` maps spellings, compared without case and punctuation, to slugs: those of `editions.csv` where
that table has the venue. It also lists series whose names resemble a better known one (`International Conference on
Theory of Information Retrieval` and SIGIR), so that the two are not confused.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from programme.loaders.records import StatedEdition
from programme.loaders.text.editions import editions
from programme.loaders.text.suggestions import did_you_mean
from programme.patterns import lazy_pattern

_NOT_A_NAME = lazy_pattern(
    r"(?<!\w)\w++://\S+|\bwww\.\S+|\barxiv:\S+|\b10\.\d{4,}/\S+|\bpp?\.\s*\d+(?:\s*[-–]+\s*\d+)?", re.IGNORECASE
)
_SHORT_YEAR = lazy_pattern(r"(?:['’‘`]\s*|(?<=[A-Za-z])-)(\d\d)(?!\d)")
# Series that publish the proceedings of many venues, and so name none.
_SERIES = lazy_pattern(
    r"proceedings of machine learning research|(?:jmlr|journal of machine learning research) workshop and conference "
    r"proceedings|jmlr (?:w and cp|wcp|org)|aaai press|sigir forum|student research workshop"
)
# Words by which a text names something beside the main edition.
_ELSEWHERE = lazy_pattern(
    r"\b(?:workshops?|companion|symposium|symposia|tiny ?papers|explorations|co ?located|collocated|in "
    r"conjunction|submitted|submissions?|withdrawn|reject(?:ed)?|under review|rolling review|arr)\b|@"
)
# The Findings of the ACL belong to the conference that is named after it: `Findings of the ACL: EMNLP 2020`.
_FINDINGS = lazy_pattern(r"\bfindings of (?:the )?(?:association for computational linguistics|acl)\b")
# What makes a whole name only the beginning of another: `International Conference on Machine Learning and Music`.
_LONGER_NAME = (
    r"(?! (?:and (?!the |\d)|for |theory|tools|optimization|techni|technolog|application|methods|in (?!\w+ \d)))"
)
_YEAR = lazy_pattern(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")


@lru_cache(maxsize=4096)
def find_venue(text: str) -> str | None:
    """Return the slug of the venue whose main edition a proceedings title, journal or venue string names; or None.

    The first of several names counts: `EMNLP-IJCNLP` is EMNLP; the Findings of the ACL are of the conference they name.
    None for workshops, companion volumes, symposia, and papers that were only submitted.

    >>> find_venue("Proceedings of the 36th International Conference on Machine Learning"), find_venue("NIPS 2017")
    ('icml', 'neurips')
    >>> find_venue("ICML 2020 Workshop on Graphs"), find_venue("International Conference on Machine Learning and Music")
    (None, None)
    """
    found = _named(text)
    return found[1] if found else None


def find_edition_named(text: str, year: int | None = None) -> StatedEdition | None:
    """Return the edition that a text names; a year right after the name of the venue outranks any other in the text.

    `year` is what the document states elsewhere; it counts if the text has no year of its own, or several.

    >>> find_edition_named("EMNLP/IJCNLP (1) 2019"), find_edition_named("{AAAI}-22", 2021).year
    (StatedEdition(venue='emnlp', year=2019), 2022)
    >>> find_edition_named("Conference on Language Modeling"), find_edition_named("Findings of the ACL: EMNLP 2021")
    (None, StatedEdition(venue='emnlp', year=2021))
    """
    found = _named(text)
    if found is None:
        return None
    normal, slug, end = found
    after = _YEAR.match(normal, end + (normal[end : end + 1] == " "))
    years = {int(after[0])} if after else {int(printed) for printed in _YEAR.findall(normal)}
    if len(years) != 1:
        return StatedEdition(slug, year) if year is not None else None
    return StatedEdition(slug, years.pop())


@lru_cache(maxsize=1024)
def unknown_venue(slug: str) -> str | None:
    """Return a sentence about a slug that neither table of venues has; None for one that is known.

    >>> unknown_venue("icmll"), unknown_venue("icml")
    ("no venue that is known is called 'icmll'; did you mean icml?", None)
    """
    known = {*_slugs().values(), *(edition.venue for edition in editions())}
    return None if slug in known else f"no venue that is known is called {slug!r}{did_you_mean(slug, sorted(known))}"


def _named(text: str) -> tuple[str, str, int] | None:
    """Return the text as spellings are compared, the slug that it names, and where the name ends in it."""
    normal = _SERIES.sub(" ", _normal(text))
    if _ELSEWHERE.search(normal):
        return None
    after = _FINDINGS.search(normal) if "findings of" in normal else None
    found = (_pattern().search(normal, after.end()) if after else None) or _pattern().search(normal)
    return (normal, _slugs()[found[0]], found.end()) if found else None


def _normal(text: str) -> str:
    """Return the lower-case words of a text; `@` is kept, `&` is `and`, and years have four digits.

    >>> _normal("{KDD} '20: Knowledge Discovery & Data-Mining")
    'kdd 2020 knowledge discovery and data mining'
    """
    text = _NOT_A_NAME.sub(" ", text).replace("{", "").replace("}", "")
    text = _SHORT_YEAR.sub(_whole_year, text).replace("&", " and ")
    return " ".join(re.sub(r"[^\w@]|_", " ", text).casefold().split())


def _whole_year(found: re.Match[str]) -> str:
    return (" 19" if found[1] >= "70" else " 20") + found[1]


@cache
def _slugs() -> dict[str, str]:
    """Return the slug of every spelling."""
    with Path(__file__).with_name("venues.csv").open(encoding="utf-8", newline="") as table:
        return {_normal(row["spelling"]): row["slug"] for row in csv.DictReader(table)}


@cache
def known_venues() -> frozenset[str]:
    """Return the slugs of all venues that the table spells.

    >>> sorted({"icml", "icmlx"} & known_venues())
    ['icml']
    """
    return frozenset(_slugs().values())


@cache
def _pattern() -> re.Pattern[str]:
    """Return a pattern that finds the first spelling in a text, and the longest of those that begin there."""
    spellings = sorted(_slugs(), key=len, reverse=True)
    parts = [spelling + (_LONGER_NAME if " " in spelling else "") for spelling in spellings]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(parts) + r")(?![^\W\d])")
