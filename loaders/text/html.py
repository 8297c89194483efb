"""Turns saved web pages into the lines a reader sees, with the URLs of links."""

import re
from typing import TYPE_CHECKING

from programme.loaders.text.html_limits import within_limits
from programme.patterns import lazy_pattern

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_DROPPED = _tags(
    "audio base canvas datalist dialog embed head iframe link map meta mjx-math nav noembed noframes noscript object"
    " select style svg template textarea video"
)
_BLOCKS = _tags(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu ol p pre section summary table tbody tfoot thead tr"
    " ul"
)
_CELLS = frozenset({"td", "th"})
_BLOCK_CLASSES = frozenset({"event-type-badge", "meta-pill"})
"""Classes of inline elements that the style sheets of the virtual sites display as blocks."""

_HIDDEN_CLASSES = frozenset({"d-none", "katex-html", "mathjax_preview", "modal"})
_RENDERED_CLASSES = frozenset({"mathjax", "mathjax_chtml", "mathjax_display", "mathjax_svg"})
"""Classes of a rendered formula; its TeX is in a script element beside it."""

_HIDDEN_STYLE = lazy_pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSAFE = lazy_pattern(r"[\s()]")
_OWN_SITE = lazy_pattern(
    r"https?://(?:www\.|virtual\.)?(?:icml|nips|neurips|iclr|mlsys|aistats|colmweb|(?:cvpr|iccv)\.thecvf|eccv\.ecva)"
    r"\.(?:cc|org|com|net)(?:[:/?#]|$)",
    re.IGNORECASE,
)


def html_to_text(html: str, site: str = "") -> str:
    r"""Return the text of a page: one line per block, blank lines between blocks, links as `display_link` writes them.

    Menus, scripts and hidden elements are left out. The cells of a table row share a line. A formula is given as TeX if
    the page has it. Links within a site lead somewhere only where `site` gives its URL.

    >>> html_to_text("<p>One <b>and</b><br>two</p><div><a href='https://example.org/a'>three</a></div>")
    'One and\ntwo\n\n[three](https://example.org/a)\n'
    """
    page = _Page(site, has_tex='"math/tex' in html or "'math/tex" in html)
    root = parse_html(html).root
    # An explicit stack, since pages nest deeper than Python's recursion limit; a string is an element to be left.
    stack: list[LexborNode | str] = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            page.leave(node)
        elif left := page.enter(node):
            stack.append(left)
            inner = node.last_child
            while inner is not None:
                stack.append(inner)
                inner = inner.prev
    return page.finish()


def parse_html(html: str) -> "LexborHTMLParser":
    """Return the tree of a page, without the markup that would make the parser slow."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(within_limits(html))


def display_link(text: str, url: str) -> str:
    """Return a link as the text of a page shows it: `[text](url)`.

    Only the text is given for a link within the site, and only the URL where the text is the same.

    >>> display_link("our code", "https://github.com/a/b"), display_link("Title", "/virtual/2022/poster/123")
    ('[our code](https://github.com/a/b)', 'Title')
    >>> display_link("github.com/a/b", "https://github.com/a/b/"), display_link("", "https://github.com/a/b")
    ('https://github.com/a/b/', '')
    """
    if not text or not url.lower().startswith(("http://", "https://")) or _OWN_SITE.match(url):
        return text
    if text.split("://")[-1].rstrip("/") == url.split("://")[-1].rstrip("/"):
        return url
    return f"[{text}]({url})"


def text_of(node: "LexborNode", separator: str = "") -> str:
    """Return the text of a node; empty where the parser has cut a character in two, as after `<frameset>`."""
    try:
        return node.text(separator=separator) or ""
    except UnicodeDecodeError:
        return ""


class _Page:
    """The blocks of text written so far, and the parts of the current line."""

    def __init__(self, site: str, *, has_tex: bool) -> None:
        self._site = site
        self._has_tex = has_tex
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._links: list[tuple[str, int, int]] = []
        self._pre = 0

    def enter(self, node: "LexborNode") -> str | None:
        """Write the start of a node; return its tag, to be passed to `leave`, if its children are to be visited."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(text_of(node))
        elif tag == "br":
            self._line.append("\n")
        elif tag in ("math", "script"):
            self._write(_formula(node))
        elif tag[:1] not in "-!" and tag not in _DROPPED:
            return self._enter_element(node, tag)
        return None

    def _enter_element(self, node: "LexborNode", tag: str) -> str | None:
        attributes = node.attributes
        classes = frozenset((attributes.get("class") or "").lower().split())
        drawn = tag == "nobr" and "aria-hidden" in attributes
        if drawn or _is_hidden(attributes, classes) or (self._has_tex and classes & _RENDERED_CLASSES):
            return None
        if tag in _BLOCKS or classes & _BLOCK_CLASSES:
            self._end_block()
            self._pre += tag == "pre"
            return tag if tag in _BLOCKS else "div"
        if tag in _CELLS and self._line:
            self._line.append("  ")
        elif tag == "a":
            url = (attributes.get("href") or "").strip()
            is_within = self._site and url.startswith("/") and not url.startswith("//")
            self._links.append(
                (self._site + _UNSAFE.sub("", url) if is_within else url, len(self._blocks), len(self._line))
            )
        return tag

    def leave(self, tag: str) -> None:
        """Write the end of an element."""
        if tag in _BLOCKS:
            self._end_block()
            self._pre -= tag == "pre"
        elif tag == "a":
            self._end_link(*self._links.pop())

    def finish(self) -> str:
        """Return the text of the page."""
        self._end_block()
        return "\n\n".join(self._blocks) + "\n"

    def _write(self, text: str) -> None:
        """Add running text with white space collapsed to single spaces, or preformatted text as it is."""
        if self._pre:
            self._line.append(text or " ")
            return
        if text[:1].isspace() and self._line and self._line[-1][-1] not in " \n":
            self._line.append(" ")
        words = " ".join(text.split())
        if words:
            self._line.append(words)
            if text[-1].isspace():
                self._line.append(" ")

    def _end_block(self) -> None:
        text = "\n".join(line.rstrip() if self._pre else line.strip() for line in "".join(self._line).split("\n"))
        if text.strip():
            self._blocks.append(text.strip("\n"))
        self._line.clear()

    def _end_link(self, url: str, blocks: int, begin: int) -> None:
        """Add the URL to the text of a link that is part of a line or one whole block, but not to several blocks."""
        if len(self._blocks) == blocks:
            text = "".join(self._line[begin:])
            if link := display_link(" ".join(text.split()), url):
                self._line[begin:] = [" "] * text[0].isspace() + [link] + [" "] * text[-1].isspace()
        elif len(self._blocks) == blocks + 1 and not "".join(self._line).strip() and "\n" not in self._blocks[-1]:
            self._blocks[-1] = display_link(self._blocks[-1], url)


def _is_hidden(attributes: dict[str, str | None], classes: frozenset[str]) -> bool:
    """Return whether an element is hidden from readers; a collapsed abstract counts as visible."""
    if classes & _HIDDEN_CLASSES:
        return True
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return "abstract" not in f"{attributes.get('class')} {attributes.get('id')}".lower()
    return False


def _formula(node: "LexborNode") -> str:
    """Return the TeX of a formula between dollar signs, or its text; an empty text for any other script."""
    if node.tag == "script":
        tex = text_of(node) if (node.attributes.get("type") or "").startswith("math/tex") else ""
        return f"${tex.strip()}$" if tex.strip() else ""
    for annotation in node.css("annotation"):
        if annotation.attributes.get("encoding") == "application/x-tex":
            return f"${text_of(annotation).strip()}$"
    alternative = node.attributes.get("alttext")
    return f"${alternative}$" if alternative else " ".join(text_of(node, " ").split())
