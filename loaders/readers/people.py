"""Names and institutions in the cells of tables, and in the fields of lists."""

from typing import Any

from programme.loaders.text.bylines import split_byline, without_roles_and_marks
from programme.patterns import lazy_pattern

_AFFILIATED = lazy_pattern(r"(.*\S)\s*\(([^()]*)\)")
_AFTER_AFFILIATION = lazy_pattern(r"(?<=\))\s*[,;]\s*(?:and\s+)?|(?<=\))\s+and\s+")


def split_texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or of one text with bars between them.

    >>> split_texts("Mon Session 1| Tues Session 2"), split_texts(["A", None, 2]), split_texts(None)
    (('Mon Session 1', 'Tues Session 2'), ('A', '2'), ())
    """
    parts = value if isinstance(value, list) else [] if value is None else str(value).split("|")
    texts = [str(part).strip() for part in parts if isinstance(part, str | int)]
    return tuple(text for text in texts if text)


def names_and_affiliations(value: Any) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Return names and the institutions in parentheses after a name or a group of names.

    Without any institution, the second tuple is empty; else it is as long as the first.

    >>> names_and_affiliations("Ada Quill|Bo Marsh"), names_and_affiliations(["Ada Quill", "Bo Marsh, Jr."])[0]
    ((('Ada Quill', 'Bo Marsh'), ()), ('Ada Quill', 'Bo Marsh, Jr.'))
    >>> names_and_affiliations("Ada Quill and Bo Marsh (Moss) | Cy Vane")
    (('Ada Quill', 'Bo Marsh', 'Cy Vane'), ('Moss', 'Moss', None))
    >>> names_and_affiliations("Host: Ada Quill (Moss)*; Bo Marsh (Fen)")
    (('Ada Quill', 'Bo Marsh'), ('Moss', 'Fen'))
    """
    if isinstance(value, dict):
        value = value.get("members")
    if isinstance(value, str) and "|" not in value:
        value = without_roles_and_marks(value)
        groups = tuple(_AFTER_AFFILIATION.split(value)) if ")" in value else split_byline(value)
    else:
        groups = split_texts(value)
    names: list[str] = []
    affiliations: list[str | None] = []
    for group in groups:
        found = _AFFILIATED.fullmatch(group.strip())
        members = split_byline(found[1]) if found else (group.strip(),)
        names += members
        affiliations += [found[2].strip() or None if found else None] * len(members)
    return tuple(names), tuple(affiliations) if any(affiliations) else ()
