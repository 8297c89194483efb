"""The rows of a table of papers as papers and, where they name any, their sessions."""

from collections import defaultdict
from collections.abc import Iterator

from programme.loaders.documents import Document
from programme.loaders.formats.miniconf.parsing.entries import entries, listed, people
from programme.loaders.formats.miniconf.parsing.rows import ADDRESSES, OWN_LINKS, PaperRow, is_unused
from programme.loaders.readers import Located, edition_of_url, one_line, text_or_none
from programme.loaders.records import Boilerplate, PaperRecord, Problem, Record, SessionRecord, SlotRecord, StatedLink
from programme.loaders.text.identifiers import Identifier, arxiv, doi, identifiers_from_url
from programme.loaders.text.kinds import KINDS
from programme.loaders.text.titles import title_form

MAX_SHARED = 2
"""An address that more papers have is none of theirs; one that two have may be their code, but identifies neither."""


def records(document: Document) -> Iterator[Record]:
    """Yield papers without a session, the sessions with their papers, and a problem for each row or field left out."""
    rows: list[Located[PaperRow]] = []
    for row in entries(document, PaperRow, is_unused):
        if isinstance(row, Problem | Boilerplate):
            yield row
        elif one_line(row.value.title):
            rows.append(row)
        else:
            what = f"{row.path}.title: empty; expected the title of the paper"
            yield Problem(row.line_start, str(row.value.uid or ""), what, row.path, is_lost=True)
    yield from _papers(rows)


def _papers(rows: list[Located[PaperRow]]) -> Iterator[PaperRecord | SessionRecord | Problem]:
    """Each paper on its own, or in its sessions, which come last."""
    shares = _shares([row.value for row in rows])
    sessions: dict[str, SessionRecord] = {}
    slots: dict[str, list[SlotRecord]] = defaultdict(list)
    for row in rows:
        affiliations, problem = _affiliations(row)
        if problem:
            yield problem
        paper = _paper(row, affiliations, shares)
        names = _session_names(row.value)
        if not names:
            yield paper
        for name in names:
            kind = next((word for word in ("poster", "oral", "spotlight") if word in name.lower()), "other")
            session = SessionRecord(name, row.line_start, row.line_end, kind=kind, path=paper.path)
            sessions.setdefault(name, session)
            slots[name].append(_slot(paper, len(slots[name]) + 1))
    for name, session in sessions.items():
        yield session._replace(slots=tuple(slots[name]))


def _paper(row: Located[PaperRow], affiliations: tuple[str | None, ...], shares: dict[str, int]) -> PaperRecord:
    """A row as a mention; `shares` tells how many papers have an address."""
    value = row.value
    addresses = {name: text for name, text in _addresses(value) if shares[text] <= MAX_SHARED}
    own = {name: text for name, text in addresses.items() if shares[text] == 1}
    identifiers: dict[str, str] = {}
    for scheme, found in (one for name, text in own.items() for one in _identifiers(name, text)):
        identifiers.setdefault(scheme, found)
    return PaperRecord(
        one_line(value.title),
        row.line_start,
        row.line_end,
        authors=people(value.authors)[0],
        abstract=text_or_none(value.abstract),
        affiliations=affiliations,
        identifiers=tuple(identifiers.items()),
        links=tuple(StatedLink(name, text, "own") for name, text in addresses.items() if name in OWN_LINKS),
        edition=next(filter(None, map(edition_of_url, own.values())), None),
        raw_kind=text_or_none(value.paper_type) or text_or_none(value.type) or text_or_none(value.track),
        path=row.path,
    )


def _slot(paper: PaperRecord, position: int) -> SlotRecord:
    kind = KINDS.get((paper.raw_kind or "").lower(), "other")
    place = (paper.line_start, paper.line_end, position)
    return SlotRecord(paper.title, kind, *place, raw_kind=paper.raw_kind, paper=paper, path=paper.path)


def _session_names(value: PaperRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(listed(value.sessions) or listed(value.session)))


def _affiliations(row: Located[PaperRow]) -> tuple[tuple[str | None, ...], Problem | None]:
    """The institutions beside the authors, and a Problem when there are not as many."""
    names, places = people(row.value.authors)
    listed_places = listed(row.value.affiliations)
    if not listed_places or len(listed_places) == len(names):
        return listed_places or places, None
    what = f"{row.path}.affiliations: {len(listed_places)} for {len(names)} authors; none is loaded"
    return places, Problem(row.line_start, "|".join(listed_places)[:80], what, row.path)


def _addresses(value: PaperRow) -> Iterator[tuple[str, str]]:
    for name in (*ADDRESSES, *OWN_LINKS):
        if text := text_or_none(getattr(value, name)):
            yield name, text


def _shares(values: list[PaperRow]) -> dict[str, int]:
    """How many titles each address stands beside."""
    titles: dict[str, set[str]] = defaultdict(set)
    for value in values:
        for _, text in _addresses(value):
            titles[text].add(title_form(one_line(value.title)))
    return {text: len(of) for text, of in titles.items()}


def _identifiers(name: str, text: str) -> tuple[Identifier, ...]:
    """The identifiers in a field, which may hold the bare number of the scheme that it is named after."""
    if name in ("arxiv", "arxiv_url"):
        own = arxiv(text)
        return (own,) if own else ()
    return doi(text) if name in ("doi", "doi_link") else identifiers_from_url(text)
