"""The entries of a list: a title, the links and the authors below or behind it; and what is none.

An entry begins with a title: bold or linked text at the start of a line, a heading with labelled links below it, plain
text before labelled links, or the cell of a table. It is a paper if it has a link to one, or authors beside code or an
edition; anything else, such as a tool or a course, is passed over.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from programme.loaders.formats.lists.parsing.labels import is_label, leads_to_paper, may_be_title, role_of
from programme.loaders.formats.lists.parsing.lines import Link, ListLine
from programme.loaders.formats.lists.parsing.plain_titles import first_names, is_byline, plain_title
from programme.loaders.readers import edition_of_url, first_of_each_scheme
from programme.loaders.records import PaperRecord, StatedEdition, StatedLink
from programme.loaders.text.bylines import split_byline
from programme.loaders.text.identifiers import Identifier, identifiers_from_url
from programme.loaders.text.links import find_links
from programme.loaders.text.venues import find_edition_named
from programme.patterns import lazy_pattern

MIN_TITLE_WORDS = 2
MAX_TITLE_CHARS = 300

_AUTHORS = lazy_pattern(r"(?:authors?|by|作者)\s*[:：]\s*", re.IGNORECASE)
_TITLED = lazy_pattern(r"(?:(?:paper )?title|题目|标题|论文题目|论文标题)\s*[:：]\s*(\S.*)", re.IGNORECASE)
_KIND = lazy_pattern(
    r"\b(?:19|20)\d\d[\s,|–-]{0,3}\(?(oral|spotlight|highlight|poster)s?\b"
    r"|\((oral|spotlight|highlight|poster)(?: (?:paper|presentation))?\)",
    re.IGNORECASE,
)
_END = lazy_pattern(r"[\s.,;:：|\-–—(\[]+$")


@dataclass
class Entry:
    """A title with the lines that belong to it."""

    title: str
    lines: list[ListLine]
    links: list[Link] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    title_link: Link | None = None


def entries(lines: Sequence[ListLine]) -> Iterator[Entry | ListLine]:
    """Yield the entries and, between them, the lines that belong to none."""
    open_entry: Entry | None = None
    for at, line in enumerate(lines):
        if line.heading:
            if open_entry:
                yield open_entry
            title = line.text if _has_labels_below(lines, at) and is_title(line.text) else None
            open_entry = Entry(title, [line], list(line.links)) if title else None
            if not title:
                yield line
            continue
        begun = _begun(line) or _begun_by_words(line, open_entry)
        if begun and not (open_entry and _belongs(line, open_entry)):
            if open_entry:
                yield open_entry
            open_entry = begun
        elif open_entry and _continues(line, open_entry):
            open_entry.lines.append(line)
            open_entry.links += line.links
            open_entry.texts.append(line.text)
        else:
            if open_entry:
                yield open_entry
                open_entry = None
            yield line
    if open_entry:
        yield open_entry


def is_title(text: str) -> bool:
    """Return whether a text may be the title of a paper.

    >>> is_title("Waiting Well with Small Robots"), is_title("Code"), is_title("Contents")
    (True, False, False)
    """
    return len(text.split()) >= MIN_TITLE_WORDS or (len(text) >= 8 and not text.isascii()) if _fits(text) else False


def _fits(text: str) -> bool:
    return 8 <= len(text) <= MAX_TITLE_CHARS and "://" not in text and not is_label(text)


def _has_labels_below(lines: Sequence[ListLine], at: int) -> bool:
    """Return whether a heading is a title: the lines below it, up to the next heading, are labelled links."""
    below = []
    for line in lines[at + 1 : at + 8]:
        if line.heading:
            break
        below.append(line)
    if not below or _is_labelled(below[0]):
        return bool(below)
    if _is_byline_with_links(below[0]):
        return not any(line.links for line in below[1:])
    return _is_byline(below[0]) and len(below) > 1 and _is_labelled(below[1]) and not any(ln.links for ln in below[2:])


def _is_byline(line: ListLine) -> bool:
    return not line.is_item and not line.links and bool(first_names(line.text))


def _is_byline_with_links(line: ListLine) -> bool:
    """Return whether a line is `Ada Quill, Bo Marsh — ACL 2023 — [pdf](…)`."""
    if line.is_item or line.bold or not line.links or not all(map(_has_only_label, line.links)):
        return False
    before = line.text.partition(line.links[0].label or "http")[0]
    return any(map(leads_to_paper, line.links)) and bool(first_names(before))


def _is_labelled(line: ListLine) -> bool:
    """Return whether a line is a label and its link: `- Paper: https://…`, `[[Code](https://…)]`."""
    if not line.links or line.bold or not all(map(_has_only_label, line.links)):
        return False
    return not is_title(_without_links(line)) or ":" in line.text[:20] or "：" in line.text[:20]


def _has_only_label(link: Link) -> bool:
    return not link.label or "://" in link.label or is_label(link.label)


def _without_links(line: ListLine) -> str:
    text = line.text
    for link in line.links:
        text = text.replace(link.label, "", 1) if link.label else text
        text = text.replace(link.url, "", 1)
    return text.strip(" []()|,;:：-")


def _begun_by_words(line: ListLine, open_entry: Entry | None) -> Entry | None:
    """Return the entry of an item whose title has words of labels alone: it leads to another paper than those above."""
    if not line.is_item or line.cells or not any(map(leads_to_paper, line.links)):
        return None
    if open_entry and (line.indent > open_entry.lines[0].indent or not _is_of_another(line, open_entry)):
        return None
    return _begun(line, may_be_title)


def _begun(line: ListLine, is_title: Callable[[str], bool] = is_title) -> Entry | None:
    """Return the entry that a line begins, if any."""
    if line.cells:
        return None
    if stated := _TITLED.fullmatch(line.text):
        return Entry(stated[1], [line], list(line.links)) if _fits(stated[1]) else None
    if line.bold and ((title := _END.sub("", line.bold)) and (line.is_titled or is_title(title))):
        first = line.first if line.first and line.first.label and line.first.label in line.bold else None
        rest = line.text[len(line.bold) :] if line.text.startswith(line.bold) else line.text.replace(line.bold, "", 1)
        return Entry(title, [line], list(line.links), [rest], first)
    if line.first and is_title(_END.sub("", line.first.label)):
        rest = line.text.replace(line.first.label, "", 1)
        return Entry(_END.sub("", line.first.label), [line], list(line.links), [rest], line.first)
    if line.is_item and any(role_of(link) in ("paper", "code") or _may_be_title(link) for link in line.links):
        return _plain_entry(line, is_title)
    return None


def _may_be_title(link: Link) -> bool:
    return not _has_only_label(link) and leads_to_paper(link)


def _plain_entry(line: ListLine, is_title: Callable[[str], bool]) -> Entry | None:
    """Return the entry of an item whose title is plain text before its labelled links, or linked behind its authors."""
    found = plain_title(line)
    title = _END.sub("", found.title).strip() if found else ""
    return Entry(title, [line], list(line.links), [found.rest], found.link) if found and is_title(title) else None


def _belongs(line: ListLine, entry: Entry) -> bool:
    """Return whether a line that looks like a title is rather part of the entry above it."""
    begins, last = entry.lines[0], entry.lines[-1]
    is_below = line.indent > begins.indent or (not line.is_item and line.number == last.number + 1)
    if not is_below or line.bold or _TITLED.fullmatch(line.text):
        return False
    if _is_labelled(line):
        return True
    is_paper = any(map(leads_to_paper, line.links))
    is_part = line.indent > begins.indent and any(map(leads_to_paper, entry.links))
    return not is_paper and (is_part or role_of(line.links[0]) in ("code", "foreign"))


def _is_of_another(line: ListLine, entry: Entry) -> bool:
    """Return whether a line has the identifier of another paper than the entry above it, and so is a title itself."""
    stated = dict(first_of_each_scheme(_identifiers(entry.links)))
    return any(stated.get(scheme, value) != value for scheme, value in _identifiers(line.links))


def _continues(line: ListLine, entry: Entry) -> bool:
    """Return whether a line belongs to the entry above it: indented, right below it, or a labelled link or byline."""
    begins, last = entry.lines[0], entry.lines[-1]
    if line.text.startswith(">") or line.cells:
        return line.text.startswith(">") and line.number == last.number + 1
    if line.is_item and begins.is_item and line.indent <= begins.indent and _is_of_another(line, entry):
        return False
    if line.indent > begins.indent or _is_labelled(line) or _AUTHORS.match(line.text):
        return True
    is_near = line.number <= last.number + 1 or (
        begins is last and begins.heading > 0 and (_is_byline_with_links(line) or _is_byline(line))
    )
    return (is_near and not line.is_item) or (not begins.is_item and line.italic is not None)


def paper(entry: Entry, edition: StatedEdition | None) -> PaperRecord | None:
    """Return the paper of an entry; None where it has no link to one, and no authors with code or an edition.

    `edition` is that of the list, which counts where the entry prints none.
    """
    # The words of a title are no label: `A Benchmark for Waiting Robots`.
    roles = [(link, None if link == entry.title_link else role_of(link)) for link in entry.links]
    identifiers = first_of_each_scheme(_identifiers(entry.links))
    has_paper = bool(identifiers) or any(role == "paper" for _, role in roles)
    if entry.title_link and leads_to_paper(entry.title_link):
        has_paper = True
    authors = _authors(entry)
    code = list(_code(entry, roles))
    own = _edition(entry, " ".join([*entry.texts, *(link.label for link in entry.links)]))
    if not has_paper and not (authors and (code or own)):
        return None
    projects = [link.url for link, role in roles if role == "project"]
    return PaperRecord(
        title=entry.title,
        line_start=entry.lines[0].number,
        line_end=entry.lines[-1].number,
        authors=authors,
        identifiers=identifiers,
        links=(*code, *(StatedLink("project page", url) for url in dict.fromkeys(projects))),
        edition=own or edition,
        raw_kind=_raw_kind(entry),
    )


def _identifiers(links: Sequence[Link]) -> Iterator[Identifier]:
    for link in links:
        yield from identifiers_from_url(link.url)


def _code(entry: Entry, roles: Sequence[tuple[Link, str | None]]) -> Iterator[StatedLink]:
    """Yield the repositories of an entry: its own where the label says so, or where it is the only one."""
    repositories = {
        link.url: role
        for link, role in reversed(roles)
        if any(found.kind == "repository" for found in find_links(link.url))
    }
    is_one = len(repositories) == 1
    for link, role in roles:
        if link.url not in repositories:
            continue
        is_alone = is_one and role in (None, "paper", "project")
        is_own = role == "code" or (is_alone and (not link.label or "://" in link.label or link == entry.title_link))
        yield StatedLink(link.label or "repository", link.url, "own" if is_own else "other")
        del repositories[link.url]


def _authors(entry: Entry) -> tuple[str, ...]:
    """Return the authors: in italics or after a label, else the part of the text that is a byline."""
    for line in entry.lines:
        text = line.italic or (line.text[found.end() :] if (found := _AUTHORS.match(line.text)) else "")
        names = text.rstrip(" .\\")
        if names and is_byline(names):
            # `*Ada Quill*, Bo Marsh`: one of the names is emphasised.
            is_part = line.text.startswith((f"{names}, ", f"{names} and "))
            all_names = first_names(line.text) if is_part else ()
            return max(split_byline(names), all_names, key=len)
    return next(filter(None, map(first_names, entry.texts)), ())


def _raw_kind(entry: Entry) -> str | None:
    """Return the kind of presentation behind the year of the venue, or in parentheses; the label of a link is none."""
    labels = {link.label.casefold() for link in entry.links}
    found = (one[1] or one[2] for text in entry.texts for one in _KIND.finditer(text))
    return next((kind for kind in found if kind.casefold() not in labels), None)


def _edition(entry: Entry, text: str) -> StatedEdition | None:
    """Return the edition that an entry prints, or that the address of its paper names."""
    if found := find_edition_named(text):
        return found
    return next(filter(None, (edition_of_url(link.url) for link in entry.links)), None)
