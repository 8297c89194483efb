"""Texts, names and identifiers in the fields of structured documents."""

import re
from collections.abc import Iterable
from typing import TypeVar

from programme.loaders.text.bylines import split_byline, without_roles_and_marks
from programme.loaders.text.identifiers import Identifier, arxiv, identifiers_from_url
from programme.patterns import lazy_pattern

T = TypeVar("T")

_LINE_END = lazy_pattern(r"(?<!\s)(?=[^\S\r\n]*[\r\n])\s++")
_PARAGRAPH = lazy_pattern(r"\n(?:[ \t]*\n\s*|[ \t]{2,})")
_NAMESAKE = lazy_pattern(r"(?<=\S)\s+\d{4}$")
_ANONYMOUS = lazy_pattern(r"anonymous(?: authors?)?", re.IGNORECASE)


def one_line(text: str | None) -> str:
    r"""Return a title on one line, otherwise as printed; empty when there is none.

    >>> one_line(" Walks at\n  Dawn "), one_line(None)
    ('Walks at Dawn', '')
    """
    stripped = (text or "").strip()
    return _LINE_END.sub(" ", stripped) if "\n" in stripped or "\r" in stripped else stripped


def text_or_none(text: str | None) -> str | None:
    """Return a text without the spaces around it, and None for an empty one.

    >>> text_or_none(" Poster "), text_or_none(" ")
    ('Poster', None)
    """
    return (text or "").strip() or None


def join_wrapped_lines(text: str | None) -> str | None:
    r"""Return a text with its wrapped lines joined; an empty line or an indented one begins a paragraph.

    >>> join_wrapped_lines("  One\ntwo.\n  Three\nfour.\n"), join_wrapped_lines(" ")
    ('One two.\n\nThree four.', None)
    """
    stripped = (text or "").strip()
    if "\n" in stripped:
        stripped = "\n\n".join(" ".join(part.split()) for part in _PARAGRAPH.split(stripped))
    return stripped or None


def named_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a list of authors, once where it is given twice, without empty ones and `Anonymous`.

    The number by which dblp tells namesakes apart is no part of a name.

    >>> named_authors(["Ada Quill ", ""]), named_authors(["Anonymous"]), named_authors(["Bo Marsh 0001"])
    (('Ada Quill',), (), ('Bo Marsh',))
    >>> named_authors(["Ada Quill", "Bo Marsh", "Ada Quill", "Bo Marsh"])
    ('Ada Quill', 'Bo Marsh')
    """
    stripped = [name.strip() for name in names]
    stripped = [_NAMESAKE.sub("", name) if name[-1:].isdigit() else name for name in stripped]
    return printed_once(tuple(name for name in stripped if name and not _ANONYMOUS.fullmatch(name)))


def printed_once(values: tuple[T, ...]) -> tuple[T, ...]:
    """Return the first half of values whose second half is the same, as in the bylines that IEEE's lists print twice.

    >>> printed_once(("Ada", "Bo", "Ada", "Bo")), printed_once(("Ada", "Bo", "Bo"))
    (('Ada', 'Bo'), ('Ada', 'Bo', 'Bo'))
    """
    half = len(values) // 2
    return values[:half] if half and values[:half] == values[half:] else values


def split_names(text: str | None) -> tuple[str, ...]:
    """Return the names in one text: split at semicolons if it has any, else as a byline.

    >>> split_names("Wei Wu;Ada Quill, Jr."), split_names("Wei Wu, Ada Quill"), split_names("Anonymous")
    (('Wei Wu', 'Ada Quill, Jr.'), ('Wei Wu', 'Ada Quill'), ())
    """
    if not text:
        return ()
    return named_authors(without_roles_and_marks(text).split(";") if ";" in text else split_byline(text))


def stated_identifiers(arxiv_id: str | None, *urls: str | None) -> tuple[Identifier, ...]:
    """Return the identifiers in a field for the arXiv identifier and in URLs, the first of each scheme.

    >>> stated_identifiers("2103.00020", "http://arxiv.org/abs/2103.00020v1", "https://aclanthology.org/P19-1001", None)
    (('arxiv', '2103.00020'), ('acl', 'p19-1001'))
    """
    own = arxiv(arxiv_id) if arxiv_id else None
    found = [own] if own else []
    for url in urls:
        # Parsing each URL of a dump of a million records takes long, and most only repeat the identifier.
        if url and not (own and own[1] in url):
            found += identifiers_from_url(url)
    return first_of_each_scheme(found)


def first_of_each_scheme(identifiers: Iterable[Identifier | None]) -> tuple[Identifier, ...]:
    """Return the first identifier of each scheme, since a record names one paper; None is skipped.

    >>> first_of_each_scheme([("arxiv", "2103.00020"), None, ("doi", "10.1/a"), ("arxiv", "2103.00021")])
    (('arxiv', '2103.00020'), ('doi', '10.1/a'))
    """
    first: dict[str, Identifier] = {}
    for identifier in identifiers:
        if identifier:
            first.setdefault(identifier[0], identifier)
    return tuple(first.values())
