"""The values of corrections: each function checks one and returns it as JSON holds it, or raises `Misfit`."""

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any

from programme.loaders.text.editions import venue_slug
from programme.loaders.text.identifiers import acl, arxiv, doi, identifier_text, identifiers_from_url
from programme.loaders.text.iso_times import moments
from programme.loaders.text.kinds import KINDS
from programme.loaders.text.links import find_links
from programme.loaders.text.venues import known_venues
from programme.patterns import lazy_pattern

Check = Callable[[Any], Any]
"""Takes a value of a `YamlTree` and returns what the correction states; raises Misfit."""

ROLES = ("own", "other")
SCHEMES = ("acl", "arxiv", "doi", "openreview", "pmlr")

_CONTROL = lazy_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EDITION = lazy_pattern(r"(\S.*?)[\s-]*((?:19|20)\d\d)")
_OPENREVIEW = lazy_pattern(r"[\w-]{6,}", re.ASCII)
_PMLR = lazy_pattern(r"v\d+/[\w-]+", re.ASCII)
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


class Misfit(ValueError):  # noqa: N818 - it names the value, not an accident
    """A value that does not fit: what is wrong with it, and where in it, like `[1].edition`."""

    def __init__(self, problem: str, at: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return the nearest of the known words as a question, or all of them where none is near.

    >>> did_you_mean("titel", ("title", "room")), did_you_mean("mood", ("own", "other"))
    ('did you mean title?', 'choose own or other')
    """
    near = get_close_matches(word.lower(), known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    *first, last = known
    return f"choose {', '.join(first)} or {last}" if first else f"write {last}"


def type_name(value: Any) -> str:
    """Return what a value is, in plain words."""
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "text"


def text(value: Any) -> str:
    """Return a text without the spaces around it."""
    if isinstance(value, list | dict):
        raise Misfit(f"expected text, got {type_name(value)}")
    stripped = (value or "").strip()
    if not stripped:
        raise Misfit("empty; give a value, or leave the field out")
    if _CONTROL.search(stripped):
        raise Misfit("holds control characters; write plain text")
    return str(stripped)


def line(value: Any) -> str:
    r"""Return a text on one line.

    >>> line("Walks\n  at Dawn ")
    'Walks at Dawn'
    """
    return " ".join(text(value).split())


def instant(value: Any) -> str:
    """Return an instant in UTC.

    >>> instant("2022-07-20 10:30-04:00")
    '2022-07-20T14:30:00Z'
    """
    found = moments(line(value), None)
    if found is None:
        raise Misfit("expected a time with its offset from UTC, like 2022-07-20T10:30:00-04:00")
    return found.starts_at


def flag(value: Any) -> bool:
    """Return true or false."""
    word = line(value).lower()
    if word not in _FLAGS:
        raise Misfit("expected true or false")
    return _FLAGS[word]


def count(value: Any) -> int:
    """Return a number from 0 on."""
    digits = line(value)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Misfit("expected a number, like 42")
    return int(digits)


def kind(value: Any) -> str:
    """Return a kind of the closed vocabulary."""
    return _one_of(value, sorted(set(KINDS.values())), "a kind")


def role(value: Any) -> str:
    """Return whose a repository is."""
    return _one_of(value, ROLES, "a role")


def edition(value: Any) -> str:
    """Return the slug of an edition of a known venue.

    >>> edition("ICML 2022"), edition("nips-2017")
    ('icml-2022', 'neurips-2017')
    """
    written = line(value)
    found = _EDITION.fullmatch(written)
    if found is None:
        raise Misfit(f"{written!r} is no edition; write it like icml-2022")
    slug = venue_slug(found[1])
    if slug not in known_venues():
        near = get_close_matches(slug, known_venues(), n=1)
        raise Misfit(f"no venue is called {found[1]!r}" + (f"; did you mean {near[0]}-{found[2]}?" if near else ""))
    return f"{slug}-{found[2]}"


def identifier(value: Any) -> str:
    """Return an identifier as `scheme:value`, from one, or from the URL of a paper.

    >>> identifier("arXiv:2206.04417v2"), identifier("https://openreview.net/forum?id=Cr0ssV1ews")
    ('arxiv:2206.04417', 'openreview:Cr0ssV1ews')
    """
    written = line(value)
    scheme, _, rest = written.partition(":")
    scheme, rest = scheme.strip().lower(), rest.strip()
    found: Any = None
    if scheme in ("http", "https"):
        found = next(iter(identifiers_from_url(written)), None)
    elif scheme not in SCHEMES:
        near = did_you_mean(scheme, SCHEMES)
        raise Misfit(f"{written!r} is no identifier, which is written scheme:value; {near}")
    elif scheme == "doi":
        found = next(iter(doi(rest)), None)
    elif scheme in ("openreview", "pmlr"):
        pattern = _OPENREVIEW if scheme == "openreview" else _PMLR
        found = (scheme, rest) if pattern.fullmatch(rest) else None
    else:
        found = arxiv(rest) if scheme == "arxiv" else acl(rest)
    if found is None:
        raise Misfit(f"{written!r} is no identifier; write it like arxiv:2103.00020 or doi:10.1000/182")
    return identifier_text(*found)


def repository(value: Any) -> str:
    """Return the URL of a repository.

    >>> repository("github.com/rowswap/rowswap/tree/main")
    'https://github.com/rowswap/rowswap'
    """
    written = line(value)
    links = find_links(written)
    if len(links) != 1 or links[0].kind != "repository" or links[0].raw != written:
        raise Misfit(f"{written!r} is no URL of a repository; write it like https://github.com/owner/name")
    return links[0].url


def list_of(check: Check) -> Check:
    """Return a check of a list of distinct values, at least one."""

    def values(value: Any) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise Misfit(f"expected a list, got {'nothing' if not value else type_name(value)}")
        checked = [within(f"[{index}]", check, inner) for index, inner in enumerate(value)]
        seen: set[str] = set()
        for index, found in enumerate(checked):
            if repr(found) in seen:  # by their text, since objects cannot be in a set
                raise Misfit("is there twice; name each once", f"[{index}]")
            seen.add(repr(found))
        return checked

    return values


def roles(value: Any) -> dict[str, str]:
    """Return the role of each repository, by URL."""
    if not isinstance(value, dict) or not value:
        raise Misfit("expected a mapping, like {https://github.com/owner/name: other}")
    return {within(f".{url}", repository, url): within(f".{url}", role, of) for url, of in value.items()}


def within(at: str, check: Check, value: Any) -> Any:
    """Return what a check makes of a value; a Misfit says that it is at this place in the whole."""
    try:
        return check(value)
    except Misfit as misfit:
        raise Misfit(misfit.problem, f"{at}{misfit.at}") from None


def _one_of(value: Any, known: Collection[str], what: str) -> str:
    word = line(value).lower()
    if word not in known:
        raise Misfit(f"{word!r} is not {what}; {did_you_mean(word, known)}")
    return word
