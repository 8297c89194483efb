"""The rows of tables in Markdown, each as a line whose links are labelled by their columns."""

import re
from collections.abc import Iterable, Iterator

from programme.loaders.formats.lists.parsing.labels import is_label, says_role
from programme.loaders.formats.lists.parsing.lines import Link, ListLine, begins_with, plain, without_links
from programme.patterns import lazy_pattern

_DIVIDER = lazy_pattern(r":?-{2,}:?")
_NUMBER = lazy_pattern(r"\d{1,4}[.)]\s+(?=[*_\[])")
_BREAK = lazy_pattern(r"<br\s*/?>", re.IGNORECASE)
_CERTAIN = lazy_pattern(r"\btitles?\b|^papers?$|标题|论文", re.IGNORECASE)
_TITLE = lazy_pattern(r"title|paper|name|论文|标题", re.IGNORECASE)
_KIND = lazy_pattern(r"type|presentation|decision|status|kind|类型", re.IGNORECASE)
_AUTHORS = lazy_pattern(r"authors?|作者", re.IGNORECASE)


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
    certain = [at for at in columns if _is_certain(header[at], line.cells[at])]
    titled = [at for at in columns if _names_title(header[at]) and len(cells[at].split()) > 1]
    longest = max(range(len(cells)), key=lambda place: len(cells[place].split()), default=0)
    at = next(iter((*certain, *titled)), longest)
    links = tuple(_labelled(link, line, header) for link in line.links)
    names = next((cells[place] for place in columns if _AUTHORS.search(header[place])), None)
    title, behind = _title_in(line.cells[at])
    others = [
        f"({cell})" if place in columns and _KIND.fullmatch(header[place]) else cell
        for place, cell in enumerate(cells)
        if place != at
    ]
    rest = " ".join([behind, *others])
    return ListLine(
        line.number,
        f"{title} {rest}",
        is_item=True,
        links=links,
        bold=title,
        italic=names or None,
        first=line.first,
        is_titled=at in certain,
    )


def _is_certain(column: str, cell: str) -> bool:
    """Return whether a cell holds a title whatever its words, as those in a column for titles or papers do.

    >>> _is_certain("Title", "Ploughs"), _is_certain("Paper", "[arXiv](https://a.example/b)"), _is_certain("Paper", "-")
    (True, False, False)
    """
    title = _title_in(cell)[0]
    return (
        _CERTAIN.search(column) is not None
        and _names_title(column)
        and any(map(str.isalpha, title))
        and not (is_label(title) or "://" in title)
    )


def _names_title(column: str) -> bool:
    return _TITLE.search(column) is not None and _AUTHORS.search(column) is None


def _title_in(cell: str) -> tuple[str, str]:
    """Return the title that begins a cell, and what is behind it.

    >>> _title_in("1) **Slow Maps** - they draw."), _title_in("Slow Maps<br>Ada Quill"), _title_in("Slow Maps")
    (('Slow Maps', '- they draw.'), ('Slow Maps', 'Ada Quill'), ('Slow Maps', ''))
    """
    cell = without_links(_NUMBER.sub("", cell, count=1), is_label)
    if begin := begins_with(cell):
        return begin, plain(cell).removeprefix(begin).strip()
    title, *behind = _BREAK.split(cell, maxsplit=1)
    return plain(title), plain(" ".join(behind))


def _labelled(link: Link, line: ListLine, header: tuple[str, ...]) -> Link:
    """Return a link with the name of its column where its own label says nothing: `[Link](…)` below `Code`."""
    place = next((at for at, cell in enumerate(line.cells) if link.url in cell), None)
    if place is None or place >= len(header) or _TITLE.search(header[place]) or says_role(link):
        return link
    return Link(f"{header[place]}" if len(link.label) < 12 or "://" in link.label else link.label, link.url)
