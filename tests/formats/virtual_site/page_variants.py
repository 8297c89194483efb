"""Write the page of a session as other tools save it: as Markdown, like an HTML-to-text tool, and as HTML."""

import html
import re

from programme.loaders.documents import Document
from programme.loaders.formats import read
from programme.loaders.formats.virtual_site.parsing.page_frame import BOILERPLATE
from programme.loaders.records import SessionRecord

URL = re.compile(r"https?://[\w./-]+[\w/]")
MENU = "[Skip to yearly menu bar](#child-menu) [Skip to main content](#main)\n\nMain Navigation\n---------------\n\n"
MENU += (
    "[![conference_logo](/static/logo.svg)](/)\n\n* [ICML](#)\n  + [Help/FAQ](/FAQ)\n* [Papers](/virtual/2021/papers)\n"
)


def blocks(page: Document) -> list[tuple[str, list[str]]]:
    """Return the blocks of a plain page with what each is: `session`, `time`, `title` or empty."""
    kinds: dict[int, str] = {}
    single_lines: set[int] = set()
    for record in read(page).records:
        assert isinstance(record, SessionRecord)
        kinds |= {record.line_start: "session", record.line_start + 2: "session"}
        for slot in record.slots:
            begin = slot.paper.line_start if slot.paper else slot.line_end
            single_lines |= set(range(slot.line_start, begin + 1))
            kinds |= {slot.time_line: "time"} if slot.time_line else {}
            kinds |= {begin: "title"} if slot.paper else {}
    found: list[tuple[str, list[str]]] = []
    is_above = False
    single_lines |= {number for number, line in enumerate(page.lines, 1) if line in BOILERPLATE}
    for number, line in enumerate(page.lines, 1):
        if line and is_above and number not in single_lines:
            found[-1][1].append(line)
        elif line:
            found.append((kinds.get(number, ""), [line]))
        is_above = bool(line)
    return found


def as_markdown(page: Document) -> Document:
    """Write a page with headings, bold times, titles that link to their pages, and escaped underscores."""
    texts = [MENU]
    for kind, lines in blocks(page):
        text = "\n".join(line if "$" in line or "/" in line else line.replace("_", "\\_") for line in lines)
        if kind == "session":
            text = f"## **{text}**"
        elif kind == "time":
            text = f"**{text}**"
        elif kind == "title":
            text = "##### **[" + text.replace("\n", "\n##### ") + "](/virtual/2021/oral/12)**"
        texts.append(text)
    return Document.of("file:///pages/page.md", "\n\n".join(texts).encode())


def as_html(page: Document) -> Document:
    """Write a page as a browser saves it: with links within the site and to repositories, and with scripts."""
    body = []
    for kind, lines in blocks(page):
        text = URL.sub(lambda url: f'<a href="{url[0]}">{url[0]}</a>', html.escape("\n".join(lines)))
        if kind == "title":
            text = f'<h5><strong><a href="/virtual/2021/oral/12">{text}</a></strong></h5>'
        body.append(f"<div>{text}</div><script>let page = '<p>no text</p>';</script>")
    markup = f"<!DOCTYPE html><html><head><title>x</title></head><body><nav>Menu</nav>{''.join(body)}</body></html>"
    return Document.of("file:///pages/page.html", markup.encode())
