"""Institutions written after names without parentheses, and lists in which names cannot be told from other things."""

import re
from collections.abc import Sequence

from programme.patterns import lazy_pattern

Affiliated = list[tuple[str, str | None]]

_WORDS = """
    universit[a-zäéà]* college institut[a-zoé]* school department dept academy hospital laborator[a-z]*
    polytechnic[a-z]* hochschule [eé]cole facult[a-zéä]* politecnico akademie
"""
_NAMES = """
    labs? inc ltd llc gmbh corp research foundation cent(?:er|re) google deepmind microsoft nvidia amazon ibm openai
    huawei tencent alibaba baidu mit cmu nyu eth epfl iit ucla kaist inria
"""
_INSTITUTION = lazy_pattern(rf"\b(?:{'|'.join(_WORDS.split())})\b", re.IGNORECASE)
_PLACE = lazy_pattern(rf"\b(?:{'|'.join((*_WORDS.split(), *_NAMES.split()))})\b", re.IGNORECASE)
_SQUARE = lazy_pattern(r"(?<=[^\s,;|])\s*\[([^\[\]()]*[^\W\d_]{2}[^\[\]()]*)\]")
_AFTER_DASH = lazy_pattern(r"(.*\S)\s+[-–—]+\s+(\S.*)", re.DOTALL)
_AFTER_COMMA = lazy_pattern(r"([^,]*\S\s+[^,\s][^,]*),\s*(\S.*)", re.DOTALL)
_PARTICLES = lazy_pattern(r"^(?:(?:[a-zß-ÿ]{1,4}|[Vv]an|[Vv]on|[Dd]e)\s+)+")

MIXED = "may be family names alone or be followed by given names; write them like Ada Quill; Bo Marsh"
WITH_PLACES = "has institutions that cannot be told from names; write them like Ada Quill (Moss); Bo Marsh (Fen)"


def with_parentheses(text: str) -> str:
    """Return a byline with institutions in square brackets in parentheses, as others have them.

    >>> with_parentheses("Ada Quill [Moss]; Bo Marsh [2]")
    'Ada Quill (Moss); Bo Marsh [2]'
    """
    return _SQUARE.sub(r" (\1)", text) if "[" in text else text


def with_places(text: str) -> Affiliated | None:
    """Return names and the institutions after commas or dashes; None for a list that is not so throughout.

    >>> with_places("Ada Quill - Moss; Bo Marsh - Fen"), with_places("Bo Marsh, Fen College")
    ([('Ada Quill', 'Moss'), ('Bo Marsh', 'Fen')], [('Bo Marsh', 'Fen College')])
    >>> with_places("Ada Quill; Bo Marsh, University of Fen"), with_places("Quill, Ada; Marsh, Bo")
    ([('Ada Quill', None), ('Bo Marsh', 'University of Fen')], None)
    """
    parts = [part.strip() for part in re.split(r"[;|]" if re.search("[;|]", text) else ",", text) if part.strip()]
    dashed = [_AFTER_DASH.fullmatch(part) for part in parts]
    if parts and all(dashed):
        return [(found[1], found[2]) for found in dashed if found]
    if ";" not in text and "|" not in text:
        names, places = parts[::2], parts[1::2]
        is_paired = len(names) == len(places) and all(map(_PLACE.search, places)) and all(map(_is_whole, names))
        return list(zip(names, places, strict=True)) if is_paired else None
    found = [_affiliated(part) for part in parts]
    return found if any(place for _, place in found) else None


def doubt(text: str, names: Sequence[str]) -> str | None:
    """Return why the names of a byline cannot be told for certain; None where they can.

    >>> doubt("Quill, Ada, Marsh, Bo", ("Quill", "Ada", "Marsh", "Bo")) == MIXED
    True
    >>> doubt("Ada Quill, Fen College, Moor", ("Ada Quill", "Fen College", "Moor")) == WITH_PLACES
    True
    """
    if any(map(_INSTITUTION.search, names)) or any(map(_AFTER_DASH.fullmatch, names)):
        return WITH_PLACES
    if len(names) < 4 or len(names) % 2 or ";" in text or "|" in text or "\n" in text:
        return None
    is_family = [" " not in _PARTICLES.sub("", name) and name.upper() != name.lower() for name in names[::2]]
    return MIXED if all(is_family) else None


def _is_whole(name: str) -> bool:
    return " " in name and _PLACE.search(name) is None


def _affiliated(part: str) -> tuple[str, str | None]:
    for pattern in (_AFTER_DASH, _AFTER_COMMA):
        found = pattern.fullmatch(part)
        if found and _PLACE.search(found[2]) and not _PLACE.search(found[1]):
            return found[1], found[2]
    return part, None
