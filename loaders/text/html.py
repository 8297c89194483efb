"""Saved web pages: the lines a reader sees, with the addresses their links lead to."""

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


MAX_DEPTH = 256
"""Tags that stand deeper are taken out of the markup, their text stays: the parser's time grows with the depth."""

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
"""Classes of inline elements that the virtual sites show as blocks."""

_HIDDEN_CLASSES = frozenset({"d-none", "katex-html", "mathjax_preview", "modal"})
_RENDERED_CLASSES = frozenset({"mathjax", "mathjax_chtml", "mathjax_display", "mathjax_svg"})
"""Classes of a formula as drawn, of which the TeX stands in a script beside it."""

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WITHOUT_CONTENT = _tags("area base br col embed hr img input link meta param source track wbr")
_ENDING_THEMSELVES = _tags("dd dt li option p tbody td th thead tr")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_OWN_SITE = re.compile(
    r"https?://(?:www\.|virtual\.)?(?:icml|nips|neurips|iclr|mlsys|aistats|colmweb|(?:cvpr|iccv)\.thecvf|eccv\.ecva)"
    r"\.(?:cc|org|com|net)(?:[:/?#]|$)",
    re.IGNORECASE,
)


def html_to_text(html: str) -> str:
    r"""Return the text of a page: one line per block, empty lines between blocks, links as `display_link` writes them.

    Menus, scripts and what is hidden are left out; the cells of a row stand in one line; of a formula its TeX is kept
    where the page has it.

    >>> html_to_text("<p>One <b>and</b><br>two</p><div><a href='https://example.org/a'>three</a></div>")
    'One and\ntwo\n\n[three](https://example.org/a)\n'
    """
    from selectolax.lexbor import LexborHTMLParser

    page = _Page(has_tex='"math/tex' in html or "'math/tex" in html)
    root = LexborHTMLParser(_flattened(html)).root
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


def display_link(text: str, address: str) -> str:
    """Return a link as it stands in a line: `[text](address)`, or only what is not told twice or leads within the site.

    >>> display_link("our code", "https://github.com/a/b"), display_link("Title", "/virtual/2022/poster/123")
    ('[our code](https://github.com/a/b)', 'Title')
    >>> display_link("github.com/a/b", "https://github.com/a/b/"), display_link("", "https://github.com/a/b")
    ('https://github.com/a/b/', '')
    """
    if not text or not address.lower().startswith(("http://", "https://")) or _OWN_SITE.match(address):
        return text
    if text.split("://")[-1].rstrip("/") == address.split("://")[-1].rstrip("/"):
        return address
    return f"[{text}]({address})"


class _Page:
    """The blocks of text written so far, and the pieces of the line that is being written."""

    def __init__(self, has_tex: bool) -> None:
        self._has_tex = has_tex
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._links: list[tuple[str, int, int]] = []
        self._pre = 0

    def enter(self, node: "LexborNode") -> str | None:
        """Write what a node begins with; return its tag for `leave` if its children are to be written, else None."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
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
            self._links.append(((attributes.get("href") or "").strip(), len(self._blocks), len(self._line)))
        return tag

    def leave(self, tag: str) -> None:
        """Write what an element ends with."""
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
        """Add running text, in which any white space is one blank, or preformatted text as it is."""
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

    def _end_link(self, address: str, blocks: int, begin: int) -> None:
        """Write a link's text with its address; a link around one block has it too, around several its text alone."""
        if len(self._blocks) == blocks:
            text = "".join(self._line[begin:])
            if shown := display_link(" ".join(text.split()), address):
                self._line[begin:] = [" "] * text[0].isspace() + [shown] + [" "] * text[-1].isspace()
        elif len(self._blocks) == blocks + 1 and not "".join(self._line).strip() and "\n" not in self._blocks[-1]:
            self._blocks[-1] = display_link(self._blocks[-1], address)


def _is_hidden(attributes: dict[str, str | None], classes: frozenset[str]) -> bool:
    """Whether a reader sees nothing of an element; an abstract that is folded in is seen with a click."""
    if classes & _HIDDEN_CLASSES:
        return True
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return "abstract" not in f"{attributes.get('class')} {attributes.get('id')}".lower()
    return False


def _formula(node: "LexborNode") -> str:
    """The TeX of a formula between dollar signs, else its text; nothing of any other script."""
    if node.tag == "script":
        tex = node.text() if (node.attributes.get("type") or "").startswith("math/tex") else ""
        return f"${tex.strip()}$" if tex.strip() else ""
    for annotation in node.css("annotation"):
        if annotation.attributes.get("encoding") == "application/x-tex":
            return f"${annotation.text().strip()}$"
    alternative = node.attributes.get("alttext")
    return f"${alternative}$" if alternative else node.text(separator=" ", strip=True)


def _flattened(html: str) -> str:
    """Return the markup without the tags that stand too deep."""
    open_tags: list[str] = []
    counts: Counter[str] = Counter()
    kept: list[str] = []
    done = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _WITHOUT_CONTENT or name in _ENDING_THEMSELVES or tag[0].endswith("/>"):
            continue
        if not tag[1]:
            open_tags.append(name)
            counts[name] += 1
        if len(open_tags) > MAX_DEPTH:
            kept.append(html[done : tag.start()])
            done = tag.end()
        while tag[1] and counts[name]:
            closed = open_tags.pop()
            counts[closed] -= 1
            if closed == name:
                break
    return "".join(kept) + html[done:] if kept else html
