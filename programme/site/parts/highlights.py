"""Text with highlights, as a list of pieces that templates show and `.json` returns."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from programme.patterns import lazy_pattern

Piece = dict[str, Any]
"""A piece of a text: `text`, and for a highlight `is_marked`, where it links to (`url`) and what that is (`note`)."""

MARK_START, MARK_END = "\x02", "\x03"
"""What SQL puts around a word that matches; no text in the database contains these characters."""

_SCHEME = lazy_pattern(r"^[a-z]+://(?:www\.)?", re.IGNORECASE)


class Link(NamedTuple):
    """A link that a text states."""

    raw_url: str
    url: str
    note: str
    start: int | None = None
    end: int | None = None


class Place(NamedTuple):
    """A part of a text to highlight."""

    start: int
    end: int
    url: str | None = None
    note: str | None = None


def web_url(url: str | None) -> str | None:
    """Return a URL that a page may link to; None for any other scheme, such as `javascript:`.

    >>> web_url("https://example.org/a"), web_url("javascript:alert(1)"), web_url(None)
    ('https://example.org/a', None, None)
    """
    return url if url and url.lower().startswith(("https://", "http://")) else None


def pieces(text: str, places: Iterable[Place]) -> list[Piece]:
    """Split a text into pieces at its highlights; of highlights that overlap, the first and longest stays.

    >>> [piece["text"] for piece in pieces("See a.org/x now", [Place(4, 11, "https://a.org/x")])]
    ['See ', 'a.org/x', ' now']
    """
    cut: list[Piece] = []
    at = 0
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if place.start < at or place.end > len(text) or place.start >= place.end:
            continue
        if place.start > at:
            cut.append({"text": text[at : place.start]})
        marked = {"text": text[place.start : place.end], "is_marked": True}
        known = {"url": web_url(place.url), "note": place.note}
        cut.append(marked | {name: value for name, value in known.items() if value})
        at = place.end
    return [*cut, {"text": text[at:]}] if at < len(text) or not cut else cut


def stated_places(text: str, links: Iterable[Link]) -> list[Place]:
    """Return the places of links in the text that they were read from."""
    return [
        Place(link.start, link.end, link.url, link.note)
        for link in links
        if link.start is not None and link.end is not None and text[link.start : link.end] == link.raw_url
    ]


def found_places(text: str, links: Iterable[Link]) -> list[Place]:
    """Return the places of links in a text that was cleaned since: as written, as URL, or as host and path.

    >>> [tuple(place)[:2] for place in found_places("At GitHub.com/a/B.", [Link("x", "https://github.com/a/b", "own")])]
    [(3, 17)]
    """
    folded = text.lower()
    # Lower case may be longer ("İ" becomes two characters); its places would then be wrong.
    if len(folded) != len(text):
        folded = text
    places = []
    for link in links:
        for spelling in _spellings(link):
            found = [match.start() for match in re.finditer(re.escape(spelling), folded)]
            if found:
                places += [Place(start, start + len(spelling), link.url, link.note) for start in found]
                break
    return places


def marked_pieces(text: str | None) -> list[Piece]:
    r"""Split a text in which SQL has marked the words that match.

    >>> marked_pieces("a \x02graph\x03 net")
    [{'text': 'a '}, {'text': 'graph', 'is_marked': True}, {'text': ' net'}]
    """
    places: list[Place] = []
    plain = ""
    for number, part in enumerate(re.split(f"[{MARK_START}{MARK_END}]", text or "")):
        if number % 2:
            places.append(Place(len(plain), len(plain) + len(part)))
        plain += part
    return pieces(plain, places)


def _spellings(link: Link) -> Sequence[str]:
    """Return the ways to write a link in a cleaned text, longest first, in lower case, without very short ones."""
    bare = (_SCHEME.sub("", url).rstrip("/") for url in (link.raw_url, link.url))
    spelt = {spelling.lower() for spelling in (link.raw_url, link.url, *bare) if spelling and len(spelling) > 5}
    return sorted(spelt, key=len, reverse=True)
