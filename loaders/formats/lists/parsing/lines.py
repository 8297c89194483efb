"""The lines of a list in Markdown: headings, entries and what belongs to them, links with their labels."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from programme.loaders.formats.lists.parsing.definitions import is_definition, with_addresses
from programme.patterns import lazy_pattern

MAX_LINE_CHARS = 5_000
"""A longer line is prose, whatever it holds."""

_HEADING = lazy_pattern(r"(#{1,6})\s+(.*?)\s*#*$")
_HTML_HEADING = lazy_pattern(r"<h([1-6])\b[^<>]{0,200}>(.*)</h\1>", re.IGNORECASE)
_CELL_END = lazy_pattern(r"(?<!\\)\|")
_ITEM = lazy_pattern(r"([-*+•]|\d{1,4}[.)、])\s+(?=\S)")
_CHECKBOX = lazy_pattern(r"\[[ xX]\]\s+")
_TAG_BEFORE = r"[*`]{0,2}(?:\[[^\[\]]{1,30}\]|\([^()\[\]]{1,30}\)|【[^【】]{1,30}】)[*`]{0,2}\s+"
_SIGN_BEFORE = r"`[^`]{1,30}`\s+|[^\w\s\[\]()*_`\"“<>!:：-]{1,4}\s+|(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}[,:]?\s+"
_TAGS = lazy_pattern(rf"(?:{_TAG_BEFORE}|{_SIGN_BEFORE}){{1,4}}(?=[\[*_\"“])")
_RULE = lazy_pattern(r"[-*_=]{3,}")
_IMAGE = lazy_pattern(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}(?:\s\"[^\"]{0,200}\")?\)")
_LINK = lazy_pattern(
    r"\[+([^\[\]]{0,500})\]{1,2}\(\s*<?(https?://[^()\s<>]{1,1000}(?:\([^()\s]{0,100}\)[^()\s<>]{0,500})?)>?[^()]{0,100}\)\]?"
)
_ANCHOR = lazy_pattern(
    r"<a\s[^<>]{0,200}?href=[\"'](https?://[^\"'<>\s]{1,1000})[\"'][^<>]{0,200}>(.{0,300}?)</a>", re.I
)
_TAG = lazy_pattern(r"</?[a-zA-Z][^<>]{0,300}>")
_BARE = lazy_pattern(r"(?<![(\[<\"'=\w])<?(https?://[^\s<>()\[\]|]{1,1000})>?")
_LABEL = lazy_pattern(r"(?:[-*+]\s+)?\**([^\W\d_][\w /&.-]{0,40}?)\**\s*[:：](?!//)\s*\**\s*(?=\S)")
_COMMENT = lazy_pattern(r"<!--.{0,20000}?-->", re.DOTALL)
_ESCAPED = lazy_pattern(r"\\([\\`*_{}\[\]()#+.!|<>-])")
_MARKS = lazy_pattern(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`|~~")


class Link(NamedTuple):
    """A link and its label: the text of the link, or the words before a bare address."""

    label: str
    url: str


class ListLine(NamedTuple):
    """A line of the list; `heading` is its level, 0 for other lines, and `is_item` says that it begins an item.

    `text` is what is printed, without links, images and the marks of the item; `bold` is the emphasised text with which
    it begins, and `first` the link with which it begins. `indent` counts blanks; `before` is what stands before the
    first link that has a label. `is_titled` says that `bold` is a title for certain, by the column of a table.
    """

    number: int
    text: str
    heading: int = 0
    is_item: bool = False
    indent: int = 0
    links: tuple[Link, ...] = ()
    bold: str | None = None
    italic: str | None = None
    first: Link | None = None
    cells: tuple[str, ...] = ()
    is_titled: bool = False
    before: str = ""


def list_lines(lines: list[str], defined: Mapping[str, str]) -> Iterator[ListLine]:
    """Yield the lines that hold anything, without comments; numbers count from 1.

    `defined` are the addresses that labels have anywhere in the list.
    """
    in_comment = in_code = False
    for number, raw in enumerate(lines, 1):
        if raw.lstrip().startswith("```"):
            in_code = not in_code
            continue
        if in_code or not raw.strip() or len(raw) > MAX_LINE_CHARS:
            continue
        line = raw
        if in_comment:
            _, end, line = line.partition("-->")
            if not end:
                continue
            in_comment = False
        if "<!--" in line:
            line = _COMMENT.sub("", line)
            line, begin, _ = line.partition("<!--")
            in_comment = bool(begin)
        if defined and "[" in line:
            line = "" if is_definition(line) else with_addresses(_IMAGE.sub("", line), defined)
        if line.strip() and not _RULE.fullmatch(line.strip()):
            yield _line(number, line)


def _line(number: int, raw: str) -> ListLine:
    indent = len(raw) - len(raw.lstrip())
    text = _IMAGE.sub("", raw.strip().rstrip("\\")).strip()
    if heading := _HEADING.fullmatch(text):
        return ListLine(number, plain(heading[2]), len(heading[1]), links=_links(heading[2]))
    if heading := _HTML_HEADING.fullmatch(text):
        return ListLine(number, plain(heading[2]), int(heading[1]), links=_links(heading[2]))
    item = _ITEM.match(text)
    if item:
        text = _CHECKBOX.sub("", text[item.end() :].strip(), count=1)
    cells = tuple(cell.strip() for cell in _CELL_END.split(text.strip("|"))) if text.startswith("|") else ()
    # `[ICML'23] **Slow Maps**`, `(2023) [Slow Maps](…)`: the title begins behind its tags.
    begin = text[tags.end() :] if item and (tags := _TAGS.match(text)) else text
    first = _LINK.match(begin.lstrip('*_ "“'))
    bold = _emphasised(begin, "**") or _emphasised(begin, "__")
    return ListLine(
        number,
        plain(text),
        is_item=item is not None,
        indent=indent,
        links=_links(text),
        bold=bold,
        italic=None if bold else _emphasised(text, "*") or _emphasised(text, "_"),
        first=Link(plain(first[1]), first[2]) if first else None,
        cells=cells,
        before=_before_links(text),
    )


def without_links(text: str, is_left_out: Callable[[str], bool]) -> str:
    """Return a text without the links whose labels are to be left out."""
    return _LINK.sub(lambda link: "" if is_left_out(plain(link[1])) else link[0], text)


def begins_with(text: str) -> str | None:
    """Return the bold or linked text with which a text begins."""
    link = _LINK.match(text)
    return _emphasised(text, "**") or _emphasised(text, "__") or (plain(link[1]) if link else None)


def _emphasised(text: str, mark: str) -> str | None:
    """Return the text between marks with which a line begins.

    >>> _emphasised("**Slow Maps.** ICML 2020.", "**"), _emphasised("Slow **Maps**", "**")
    ('Slow Maps.', None)
    """
    if not text.startswith(mark) or text[len(mark) : len(mark) + 1] in ("", " ", mark[0]):
        return None
    inner, end, _ = text[len(mark) :].partition(mark)
    return plain(inner) if end and inner.strip() else None


def _links(text: str) -> tuple[Link, ...]:
    """Return the links of a line with their labels, in order."""
    found = [(link.start(), Link(plain(link[1]), link[2].rstrip(".,;"))) for link in _LINK.finditer(text)]
    if "<a" in text:
        found += [(link.start(), Link(plain(link[2]), link[1])) for link in _ANCHOR.finditer(text)]
    rest = _ANCHOR.sub(lambda link: " " * len(link[0]), _LINK.sub(lambda link: " " * len(link[0]), text))
    label = _LABEL.match(text)
    found += [
        (bare.start(), Link(plain(label[1]) if label else "", bare[1].rstrip(".,;"))) for bare in _BARE.finditer(rest)
    ]
    if label and label.end() <= min((at for at, _ in found), default=0) + 2:
        # `- Code: [https://github.com/a/b](https://github.com/a/b)`: the label stands before the link.
        found = [
            (at, Link(plain(label[1]), link.url) if "://" in link.label or not link.label else link)
            for at, link in found
        ]
    return tuple(link for _, link in sorted(found, key=lambda pair: pair[0]))


def _before_links(text: str) -> str:
    """Return what stands before the first link that has a label, or else before the first address.

    >>> _before_links("Slow code for maps [[code](https://a.example/b)]"), _before_links("Maps: https://a.example/b")
    ('Slow code for maps', '')
    """
    labelled = [link.start() for link in _LINK.finditer(text) if link[1].strip()]
    if "<a" in text:
        labelled += [link.start() for link in _ANCHOR.finditer(text) if link[2].strip()]
    if labelled:
        return plain(text[: min(labelled)]).rstrip("*_ ")
    # What stands at the start of a line before a colon and an address is the label of it.
    return "" if _LABEL.match(text) else plain(text.partition("http")[0])


def plain(text: str) -> str:
    r"""Return a text without the marks of Markdown and HTML, and links as their texts.

    >>> plain(r"**[Slow *Maps*](https://a.example/b)** \[code\]"), plain("<b>Moss</b>")
    ('Slow Maps [code]', 'Moss')
    """
    text = _LINK.sub(lambda link: link[1], _IMAGE.sub("", text))
    text = _ESCAPED.sub(r"\1", _MARKS.sub("", _TAG.sub(" ", text) if "<" in text else text))
    return " ".join(text.split()).strip()
