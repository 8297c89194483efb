"""The texts, people and identifiers in the cells of a table."""

import ast
import re
from collections.abc import Sequence
from typing import Any

from programme.loaders.formats.tables.parsing.names import plain_name
from programme.loaders.formats.tables.parsing.places import doubt, with_parentheses, with_places
from programme.loaders.readers import named_authors, printed_once, split_names, text_or_none
from programme.loaders.text.bylines import split_byline, without_roles_and_marks
from programme.loaders.text.identifiers import Identifier, acl, arxiv, doi, identifiers_from_url
from programme.patterns import lazy_pattern

MAX_LIST_CHARS = 100_000
"""A longer text is not parsed as a list."""

_EMPTY = frozenset({"nan", "none", "null", "n/a", "[]", "-", "tba", "tbd"})
_SEMICOLON = lazy_pattern(r";(?![^()]{0,300}\))")
_AFTER_AFFILIATION = lazy_pattern(r"(?<=\))\s*[,;]\s*(?:and\s+)?|(?<=\))\s+(?:and|&)\s+")
_AFFILIATED = lazy_pattern(r"([^()]*[^()\s])\s*\((.*)\)", re.DOTALL)
_NUMBERED = lazy_pattern(r"(?<!\s)\s*+\(\d+\)")
_BRACKETED = lazy_pattern(r"\[([^\[\]]+)\]\s*([^\[]+)")
_AFTER_NAME = lazy_pattern(r"[^,]+,\s*(?:(?:[^\W\d_]\.[\s-]?)+,\s*)?(.*)", re.DOTALL)
_MARKS = lazy_pattern(r"(?<=[\w.)])\s?[*†‡§¶]{1,3}\d?")
_BARE_ID = lazy_pattern(r"[\w-]{9,11}")

People = tuple[tuple[str, ...], tuple[str | None, ...]]
"""Names, and the affiliation of each; the second is empty where none is stated."""


def text(value: Any) -> str:
    """Return a cell as text: the texts of a list with commas between them, whole numbers without a fraction.

    >>> text([" a ", 2]), text(2019.0), text(None), text(True), text("NaN")
    ('a, 2', '2019', '', 'true', '')
    """
    if isinstance(value, str):
        stripped = value.strip()
        return "" if len(stripped) < 5 and stripped.lower() in _EMPTY else stripped
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        # Tables without a type for missing numbers write them as NaN.
        return "" if value != value else str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(text, value)))
    if isinstance(value, dict):
        return text(next((value[key] for key in ("name", "title", "value", "url", "href") if value.get(key)), None))
    return "" if value is None else str(value)


def listed(value: Any) -> Any:
    """Return a cell, or the list where its text is one in Python's notation, as exports write them.

    >>> listed("['Ada Quill', 'Bo Marsh']"), listed("[Moss"), listed("[1, 2")
    (['Ada Quill', 'Bo Marsh'], '[Moss', '[1, 2')
    """
    if isinstance(value, str) and value[:1] == "[" and value[-1:] == "]" and len(value) <= MAX_LIST_CHARS:
        try:
            found = ast.literal_eval(value)  # only builds literals: nothing of the text is run
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return value
        return found if isinstance(found, list) else value
    return value


def people(value: Any) -> People:
    """Return the names in a cell and the institutions after them, in the notation of any system for reviewing.

    >>> people("Ada Quill (Moss, Fen)*; Bo Marsh (Dune (West))"), people("A. Quill, B. Marsh and C. Vane")[0]
    ((('Ada Quill', 'Bo Marsh'), ('Moss, Fen', 'Dune (West)')), ('A. Quill', 'B. Marsh', 'C. Vane'))
    >>> people("Ada Quill|Bo Marsh")[0], people(["Marsh, Bo", "Ada"])[0], people("Ada Quill*, Bo Marsh <b@a.org>")[0]
    (('Ada Quill', 'Bo Marsh'), ('Marsh, Bo', 'Ada'), ('Ada Quill', 'Bo Marsh'))
    >>> people([{"name": "Ada Quill", "affiliation": "Moss"}]), people("Ada Quill (Moss), Bo Marsh and Cy Vane (Fen)")
    ((('Ada Quill',), ('Moss',)), (('Ada Quill', 'Bo Marsh', 'Cy Vane'), ('Moss', 'Fen', 'Fen')))
    """
    value = listed(value)
    if isinstance(value, dict):
        value = [value] if _person(value)[0] else [{"name": name, "aff": place} for name, place in value.items()]
    if isinstance(value, list):
        return _checked([_person(one) for one in value])
    # `Quill, Ada (57200000000)`: the number that a database has for her.
    plain = with_parentheses(without_roles_and_marks(_NUMBERED.sub("", text(value))))
    if "(" not in plain:
        if found := with_places(plain):
            return _checked(found)
        plain = _MARKS.sub("", plain) if any(mark in plain for mark in "*†‡§¶") else plain
        lines = plain.splitlines()
        if len(lines) > 1 and not any(mark in plain for mark in ",;|"):
            return named_authors(lines), ()
        return _checked([(name, None) for name in (plain.split("|") if "|" in plain else split_names(plain))])
    is_separate = ";" in plain or "|" in plain
    parts = _SEMICOLON.split(plain.replace("|", ";")) if is_separate else _AFTER_AFFILIATION.split(plain)
    found = []
    for part in parts:
        affiliated = _AFFILIATED.fullmatch(part.strip())
        names, affiliation = (affiliated[1], affiliated[2]) if affiliated else (part.strip(), None)
        # Several names may share one: `Ada Quill, Bo Marsh (Moss); Cy Vane (Fen)`. `Marsh, Bo (Fen)` is one name.
        single = split_byline(_MARKS.sub("", names))
        found += [(name, (affiliation or "").strip("\"' ") or None) for name in single]
    return _checked(found)


def doubt_of(value: Any, names: tuple[str, ...]) -> str | None:
    """Return why the names that `people` found in a cell are not certain; those of a list are."""
    return None if isinstance(listed(value), list | dict) else doubt(text(value), names)


def affiliations(value: Any, names: Sequence[str]) -> tuple[str | None, ...] | None:
    """Return the affiliation of each of the authors; None where there are more or fewer, or those of others.

    >>> affiliations("Moss; Fen", "AB"), affiliations("Moss, Fen", "A"), affiliations("M|F", "ABC")
    (('Moss', 'Fen'), ('Moss, Fen',), None)
    >>> affiliations({"B": "Fen", "A": "Moss"}, "AB"), affiliations("", "A")
    (('Moss', 'Fen'), ())
    """
    count = len(names)
    if isinstance(value, dict):
        return tuple(text_or_none(text(value.get(name))) for name in names) if value.keys() <= set(names) else None
    value = listed(value)
    if isinstance(value, list):
        stated = tuple(text_or_none(text(one)) for one in value)
    else:
        plain = text(value)
        separator = next((mark for mark in "|;" if mark in plain), None)
        stated = tuple(map(text_or_none, plain.split(separator) if separator else [plain])) if plain else ()
    if not any(stated):
        return ()
    if len(stated) == 2 * count:
        stated = printed_once(stated)
    return stated if len(stated) == count else None


def affiliations_by_name(value: str, names: Sequence[str]) -> tuple[str | None, ...] | None:
    """Return the affiliation of each of the authors, where a cell says whose each is; None where it does not.

    >>> affiliations_by_name("[Quill, A.; Marsh, B.] Moss, Fen; [Marsh, B.] Dune", ("Quill, A.", "Marsh, B."))
    ('Moss, Fen', 'Moss, Fen; Dune')
    >>> affiliations_by_name("Quill A., Moss, Fen; Marsh B., Dune", ("Quill, Ada", "Marsh, Bo"))
    ('Moss, Fen', 'Dune')
    """
    if value.startswith("["):
        found: dict[str, list[str]] = {name: [] for name in names}
        for people_of, place in _BRACKETED.findall(value):
            for name in people_of.split(";"):
                found.setdefault(name.strip(), []).append(place.strip(" ;"))
        return tuple("; ".join(found[name]) or None for name in names)
    parts = value.split(";")
    if len(parts) != len(names) or not names:
        return None
    family = [name.split(",")[0].split()[-1].casefold() for name in names]
    if not all(one in part.partition(",")[0].casefold() for one, part in zip(family, parts, strict=True)):
        return None
    places = [_AFTER_NAME.fullmatch(part.strip()) for part in parts]
    return tuple(place[1].strip() or None if place else None for place in places)


def identifiers(column: str, value: str) -> tuple[Identifier, ...]:
    """Return the identifiers in a cell, which may hold the bare identifier of the scheme its column is named after.

    >>> identifiers("arXiv ID", "2103.00020v1"), identifiers("forum", "aBcDeFgHiJ"), identifiers("Link", "aBcDeFgHiJ")
    ((('arxiv', '2103.00020'),), (('openreview', 'aBcDeFgHiJ'),), ())
    """
    if "://" in value:
        return identifiers_from_url(value)
    name = plain_name(column)
    if "arxiv" in name:
        own = arxiv(value)
        return (own,) if own else ()
    if name.startswith("doi") or name == "di":
        return doi(value)
    if name.startswith(("acl", "anthology")):
        own = acl(value)
        return (own,) if own else ()
    if name in ("forum", "forumid", "openreview", "openreviewid", "noteid") and _BARE_ID.fullmatch(value):
        return (("openreview", value),)
    return identifiers_from_url(value)


def _person(value: Any) -> tuple[str, str | None]:
    """Return a name in a list, which may be an object with its parts, and the affiliation."""
    if not isinstance(value, dict):
        found = _AFFILIATED.fullmatch(text(value))
        return (found[1], found[2].strip() or None) if found else (text(value), None)
    plain = {plain_name(str(key)): inner for key, inner in value.items()}
    parts = (
        ("first", "firstname", "given", "givenname"),
        ("middlename",),
        ("last", "lastname", "family", "familyname"),
    )
    name = " ".join(filter(None, (_first_of(plain, *part) for part in parts)))
    # Parts say more than `fullName`, which may begin with the family name.
    whole = _first_of(plain, "name", "publicname", "author") or (name if plain.get("lastname") else "")
    return whole or _first_of(plain, "fullname", "displayname") or name, text_or_none(
        _first_of(plain, "affiliation", "institution", "aff", "organization", "affiliations", "institutions")
    )


def _first_of(person: dict[Any, Any], *keys: str) -> str:
    return next((found for key in keys if (found := text(person.get(key)))), "")


def _checked(found: list[tuple[str, str | None]]) -> People:
    """Return names and affiliations without the names that are none, once where all are given twice."""
    plain = ((named_authors((name.strip(" ,;"),)), place) for name, place in found)
    kept = printed_once(tuple((names[0], place) for names, place in plain if names))
    places = tuple(place for _, place in kept)
    return tuple(name for name, _ in kept), places if any(places) else ()
