"""The rows of tables in Markdown, each as a line whose links are labelled by their columns."""

import re
from collections.abc import Iterable, Iterator

from programme.loaders.formats.lists.parsing.lines import Link, ListLine, plain

_DIVIDER = re.compile(r":?-{2,}:?")
_TITLE = re.compile(r"title|paper|name|论文|标题", re.IGNORECASE)
_AUTHORS = re.compile(r"authors?|作者", re.IGNORECASE)


def table_entries(lines: Iterable[ListLine]) -> Iterator[ListLine]:
    """Yield lines, with each row of a table as a line that begins with its title in bold."""
    header: tuple[str, ...] = ()
    for line in lines:
        if not line.cells:
            header = ()
            yield line
        elif not header:
            header = tuple(plain(cell) for cell in line.cells)
            yield line._replace(cells=(), links=())
        elif all(_DIVIDER.fullmatch(cell) for cell in line.cells if cell):
            yield line._replace(cells=(), links=())
        else:
            yield _row(line, header)


def _row(line: ListLine, header: tuple[str, ...]) -> ListLine:
    cells = [plain(cell) for cell in line.cells]
    columns = range(min(len(cells), len(header)))
    titled = [at for at in columns if _TITLE.search(header[at]) and len(cells[at].split()) > 1]
    at = titled[0] if titled else max(range(len(cells)), key=lambda place: len(cells[place].split()), default=0)
    links = tuple(_labelled(link, line, header) for link in line.links)
    names = next((cells[place] for place in columns if _AUTHORS.search(header[place])), None)
    rest = " ".join(cell for place, cell in enumerate(cells) if place != at)
    title = cells[at]
    return ListLine(
        line.number, f"{title} {rest}", is_item=True, links=links, bold=title, italic=names or None, first=line.first
    )


def _labelled(link: Link, line: ListLine, header: tuple[str, ...]) -> Link:
    """Return a link with the name of its column where its own label says nothing: `[Link](…)` below `Code`."""
    place = next((at for at, cell in enumerate(line.cells) if link.url in cell), None)
    if place is None or place >= len(header) or _TITLE.search(header[place]):
        return link
    return Link(f"{header[place]}" if len(link.label) < 12 or "://" in link.label else link.label, link.url)
