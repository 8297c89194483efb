"""The title of an item that begins with neither bold nor linked text: what is printed before its links, or cited."""

import re
from typing import NamedTuple

from programme.loaders.formats.lists.parsing.labels import is_label, leads_to_paper
from programme.loaders.formats.lists.parsing.lines import Link, ListLine
from programme.loaders.text.bylines import looks_like_byline, split_byline
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

_QUOTED = lazy_pattern(r"[\"“]([^\"“”]{8,300})[\"”]")
_BEFORE = lazy_pattern(r"^\W*(?:\[[^\[\]]{1,30}\]|\([^()]{1,30}\)|【[^【】]{1,30}】)\s*")
_PARTS = lazy_pattern(r"(?<![\s,.][A-Z])\.\s|\s[-–—|]\s|\[|\(|\)")
_SEPARATORS = (". ", " - ", " – ", " | ", " — ")
_OTHERS = lazy_pattern(r"\bet\s+al\b", re.IGNORECASE)
_INITIALS = lazy_pattern(r",\s+(?:[A-Z]\.?[ -]?){1,3}(?:,|;|\band\b|&|$)")
_LAST_INITIAL = lazy_pattern(r"[\s,.][A-Z]$")
_CITED = lazy_pattern(r"(?P<names>.{3,400}?)[\s.,]*\((?:19|20)\d\d[a-z]?\)[\s.,:]*(?P<rest>.*)", re.DOTALL)
_FAMILY_NAMES = lazy_pattern(r"[^\W\d_a-z][\w'’-]*(?:(?:,| and| &) [^\W\d_a-z][\w'’-]*){0,2}")


class PlainTitle(NamedTuple):
    """A title, the link that it is, if it is one, and the text around it."""

    title: str
    link: Link | None
    rest: str


def plain_title(line: ListLine) -> PlainTitle | None:
    """Return the title of an item; None where what stands before its links may be something else, such as names."""
    link = next((link for link in line.links if link.label), None)
    before = line.before
    if quoted := _QUOTED.search(line.text):
        return PlainTitle(quoted[1], None, before.replace(quoted[1], "", 1))
    cited = _CITED.fullmatch(before.strip())
    if link and not is_label(link.label):
        # `Quist et al. (2023). [Slow Rivers](…)`
        is_cited = cited is not None and are_cited_names(cited["names"]) and not cited["rest"]
        after = line.text.partition(link.label)[2]
        return PlainTitle(link.label, link, f"{before}. {after}") if is_cited and leads_to_paper(link) else None
    if cited and _is_citation(cited["names"]):
        title = _first_part(cited["rest"])
        return PlainTitle(title, None, before.replace(title, "", 1))
    if cited and cited["rest"] and are_cited_names(cited["names"]) and not first_names(cited["rest"]):
        return None  # `Quist and Tallow (2023). Slow Rivers.`, or `Rivers and Lanterns (2023). Ada Quill.`
    title = _BEFORE.sub("", before)
    title = _first_part(title) or _before_names(title)
    rest = before.replace(title, "", 1)
    return None if _is_citation(title) or _are_authors(title, rest) else PlainTitle(title, None, rest)


def _are_authors(text: str, rest: str) -> bool:
    """Return whether a text may be authors before a title: names, with no other names but something else behind them.

    >>> _are_authors("Ada Quill, Bo Marsh", ". Slow Rivers."), _are_authors("Calm Snow, Slow Maps", ". ICLR 2023.")
    (True, False)
    """
    if not names_in(text) or first_names(rest):
        return False
    return any(len(part.split()) > 1 and not find_edition_named(part) for part in _PARTS.split(rest))


def _first_part(text: str) -> str:
    for separator in _SEPARATORS:
        if separator in text.strip(" .-|"):
            return text.partition(separator)[0]
    return ""


def are_cited_names(text: str) -> bool:
    """Return whether a text is the authors of a citation.

    >>> are_cited_names("Quist et al."), are_cited_names("Quist, O., & Tallow, W."), are_cited_names("Quist and Tallow")
    (True, True, True)
    >>> are_cited_names("Slow Rivers"), are_cited_names("Oriel Quist, Wen Tallow")
    (False, True)
    """
    names = _OTHERS.split(text)[0].strip(" ,;.")
    return _is_citation(text) or _FAMILY_NAMES.fullmatch(names) is not None or bool(names_in(names))


def _is_citation(text: str) -> bool:
    return _OTHERS.search(text) is not None or len(_INITIALS.findall(text)) > 1


def _before_names(text: str) -> str:
    """Return the title of `Title, Ada Quill, Bo Marsh, ICML 2021`; the whole text where no names follow."""
    parts = text.split(", ")
    for end in range(1, len(parts)):
        if names_in(", ".join(parts[end:])):
            return ", ".join(parts[:end])
    return text


def first_names(text: str) -> tuple[str, ...]:
    """Return the names in the first part of a text that is a byline."""
    return next(filter(None, map(names_in, _PARTS.split(text))), ())


def is_byline(text: str) -> bool:
    """Return whether a text is a byline, also one of many names, which looks like prose by its length."""
    names = split_byline(text)
    tens = (names[at : at + 10] for at in range(0, len(names), 10))
    return looks_like_byline(text) or (len(names) > 10 and all(looks_like_byline(", ".join(ten)) for ten in tens))


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a part of a line, without the venue and year behind them.

    >>> names_in("Ada Quill and Bo Marsh, ICML 2021"), names_in("fast and slow")
    (('Ada Quill', 'Bo Marsh'), ())
    """
    parts = [part for part in text.strip(' .,;:-–—|*"”').split(", ") if not any(map(str.isdigit, part))]
    names = ", ".join(parts)
    if _LAST_INITIAL.search(names) and f"{names}." in text:
        names += "."
    is_list = len(parts) > 1 or " and " in names
    return split_byline(names) if is_list and looks_like_byline(names) else ()
