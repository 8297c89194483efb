"""The rows of a table of papers as papers and, where they name any, their sessions."""

from collections import defaultdict
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.miniconf.parsing.rows import OWN_LINKS, PAPER_URLS, PaperRow, is_ignored
from programme.loaders.formats.miniconf.parsing.tables import read_table
from programme.loaders.readers import (
    EXCERPT_CHARS,
    Located,
    edition_of_url,
    first_of_each_scheme,
    names_and_affiliations,
    one_line,
    split_texts,
    text_or_none,
)
from programme.loaders.records import (
    Boilerplate,
    PaperRecord,
    Problem,
    Record,
    SessionRecord,
    SlotRecord,
    StatedEdition,
    StatedLink,
)
from programme.loaders.text.identifiers import Identifier, arxiv, doi, identifiers_from_url
from programme.loaders.text.kinds import KINDS
from programme.loaders.text.titles import title_form

MAX_SHARED = 2
"""A URL beside more papers says nothing about any of them; one beside two may be their code, but identifies neither."""


def records(document: Document) -> Iterator[Record]:
    """Yield papers without a session, sessions with their papers, and a problem for each row or field not loaded."""
    rows: list[Located[PaperRow]] = []
    for row in read_table(document, PaperRow, is_ignored):
        if isinstance(row, Problem | Boilerplate):
            yield row
        elif one_line(row.value.title):
            rows.append(row)
        else:
            problem = f"{row.path}.title: empty; expected the title of the paper"
            yield Problem(row.line_start, str(row.value.uid or ""), problem, row.path, is_lost=True)
    yield from _papers(rows)


def _papers(rows: list[Located[PaperRow]]) -> Iterator[PaperRecord | SessionRecord | Problem]:
    """Yield each paper by itself or in its sessions, which come last."""
    paper_counts = _count_papers([row.value for row in rows])
    editions = [_edition(row.value, paper_counts) for row in rows]
    # A table is of one site, though some of its papers may have no address yet.
    stated = set(filter(None, editions))
    edition = stated.pop() if len(stated) == 1 and 2 * sum(map(bool, editions)) >= len(rows) else None
    sessions: dict[str, SessionRecord] = {}
    slots: dict[str, list[SlotRecord]] = defaultdict(list)
    for row in rows:
        affiliations, problem = _affiliations(row)
        if problem:
            yield problem
        paper = _paper(row, affiliations, paper_counts)
        paper = paper._replace(edition=paper.edition or edition)
        names = _session_names(row.value)
        if not names:
            yield paper
        for name in names:
            kind = next((word for word in ("poster", "oral", "spotlight") if word in name.lower()), "other")
            sessions.setdefault(name, SessionRecord(name, row.line_start, row.line_end, kind=kind, path=paper.path))
            slots[name].append(_slot(paper, len(slots[name]) + 1))
    for name, session in sessions.items():
        yield session._replace(slots=tuple(slots[name]))


def _paper(row: Located[PaperRow], affiliations: tuple[str | None, ...], paper_counts: dict[str, int]) -> PaperRecord:
    """Return the paper of a row; `paper_counts` has the number of papers beside each URL."""
    value = row.value
    urls = {name: text for name, text in _urls(value) if paper_counts[text] <= MAX_SHARED}
    own = {name: text for name, text in urls.items() if paper_counts[text] == 1}
    return PaperRecord(
        title=one_line(value.title),
        line_start=row.line_start,
        line_end=row.line_end,
        authors=names_and_affiliations(value.authors)[0],
        abstract=text_or_none(value.abstract),
        affiliations=affiliations,
        identifiers=first_of_each_scheme(one for name, text in own.items() for one in _identifiers(name, text)),
        links=tuple(StatedLink(name, text, "own") for name, text in urls.items() if name in OWN_LINKS),
        edition=_edition(value, paper_counts),
        raw_kind=text_or_none(value.paper_type) or text_or_none(value.type) or text_or_none(value.track),
        path=row.path,
        site_id=text_or_none(str(value.uid)) if value.uid is not None else None,
    )


def _edition(value: PaperRow, paper_counts: dict[str, int]) -> StatedEdition | None:
    """Return the edition that the first URL of a row's own states."""
    own = (text for _, text in _urls(value) if paper_counts[text] == 1)
    return next(filter(None, map(edition_of_url, own)), None)


def _slot(paper: PaperRecord, position: int) -> SlotRecord:
    kind = KINDS.get((paper.raw_kind or "").lower(), "other")
    return SlotRecord(
        title=paper.title,
        kind=kind,
        line_start=paper.line_start,
        line_end=paper.line_end,
        position=position,
        raw_kind=paper.raw_kind,
        paper=paper,
        path=paper.path,
    )


def _session_names(value: PaperRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(split_texts(value.sessions) or split_texts(value.session)))


def _affiliations(row: Located[PaperRow]) -> tuple[tuple[str | None, ...], Problem | None]:
    """Return the institution of each author, and a problem when there are not as many as authors."""
    names, in_parentheses = names_and_affiliations(row.value.authors)
    column = split_texts(row.value.affiliations)
    if not column or len(column) == len(names):
        return column or in_parentheses, None
    problem = f"{row.path}.affiliations: {len(column)} for {len(names)} authors; none is loaded"
    return in_parentheses, Problem(row.line_start, "|".join(column)[:EXCERPT_CHARS], problem, row.path)


def _urls(value: PaperRow) -> Iterator[tuple[str, str]]:
    for name in (*PAPER_URLS, *OWN_LINKS):
        if text := text_or_none(getattr(value, name)):
            yield name, text


def _count_papers(values: list[PaperRow]) -> dict[str, int]:
    """Return the number of different titles beside each URL."""
    titles: dict[str, set[str]] = defaultdict(set)
    for value in values:
        for _, text in _urls(value):
            titles[text].add(title_form(one_line(value.title)))
    return {text: len(forms) for text, forms in titles.items()}


def _identifiers(name: str, text: str) -> tuple[Identifier, ...]:
    """Return the identifiers in a field, which may hold the bare identifier of the scheme it is named after."""
    if name in ("arxiv", "arxiv_url"):
        own = arxiv(text)
        return (own,) if own else ()
    return doi(text) if name in ("doi", "doi_link") else identifiers_from_url(text)
