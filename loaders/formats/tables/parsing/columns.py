"""Which column of a table is what: by its name, as exports and people write it, and else by what is in it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from programme.loaders.text.bylines import looks_like_byline
from programme.loaders.text.identifiers import identifiers_from_url
from programme.loaders.text.kinds import KINDS
from programme.loaders.text.links import find_links

ROLES: dict[str, tuple[str, ...]] = {
    "title": (
        *("title", "paper title", "papertitle", "paper name", "title of paper", "title of the paper", "article title"),
        *("submission title", "talk title", "full title", "paper", "document title", "name of paper"),
    ),
    "authors": (
        *(
            "authors",
            "author",
            "author names",
            "authors names",
            "author name",
            "authornames",
            "author list",
            "author s",
        ),
        *("all authors", "all authors and organizations", "authors full names", "authors and affiliations"),
        *("speakers", "speaker", "speaker names", "presenters", "presenter", "authors with affiliations", "creators"),
        *("authors list", "paper authors", "author full names"),
    ),
    "affiliations": (
        *("affiliations", "affiliation", "author affiliations", "authors affiliations", "aff", "institutions"),
        *("institution", "organizations", "author affiliation"),
    ),
    "abstract": ("abstract", "abstracts", "summary", "paper abstract", "abstract note", "description"),
    "code": (
        *(
            "code",
            "code url",
            "code link",
            "code links",
            "code repository",
            "code repo",
            "official code",
            "source code",
        ),
        *("github", "github url", "github link", "github repo", "githubrepo", "repo", "repo url", "repo link", "repos"),
        *("repository", "repository url", "repository link", "implementation", "gitlab", "url github", "codes"),
    ),
    "project": (
        *("project", "project page", "projectpage", "project url", "project link", "website", "homepage", "web page"),
        *("demo", "demo url", "url project"),
    ),
    "paper": (
        *("url", "link", "paper url", "paper link", "url abs", "paper page", "pdf", "pdf url", "pdf link", "paper pdf"),
        *("url pdf", "forum", "forum url", "openreview", "openreview url", "openreview link", "arxiv", "arxiv url"),
        *("arxiv link", "paper url abs", "paper url pdf", "acl url", "anthology url", "paper site", "site", "html"),
        *("conference url abs", "conference url pdf", "proceedings url", "paper links", "preprint", "oa", "links"),
    ),
    "arxiv": ("arxiv id", "arxiv identifier", "arxivid", "paper arxiv id"),
    "doi": ("doi", "doi url", "doi link"),
    "openreview": ("openreview id", "forum id", "openreview identifier", "note id"),
    "official": ("is official", "official"),
    "venue": (
        *("venue", "conference", "conf", "venue name", "conference name", "proceedings", "proceeding", "booktitle"),
        *("journal", "publication title", "published in", "conference year", "venue year", "event", "source title"),
    ),
    "year": ("year", "publication year", "pub year", "conf year", "published year"),
    "kind": (
        *("decision", "status", "presentation", "presentation type", "presentation format", "paper type", "type"),
        *("acceptance", "accept type", "acceptance type", "final decision", "format", "oral poster"),
    ),
    "track": ("track", "area", "primary area", "subject area", "primary subject area", "theme"),
    "session": ("session", "session name", "session title", "sessions", "session id", "block"),
    "date": ("date", "day", "session date", "presentation date", "date1", "start date"),
    "time": ("time", "time slot", "timeslot", "slot", "session time", "presentation time", "time1", "schedule"),
    "start": ("start", "start time", "starttime", "starts", "starts at", "start at", "begin", "from"),
    "end": ("end", "end time", "endtime", "ends", "ends at", "end at", "until", "to"),
    "zone": ("time zone", "timezone", "tz"),
    "room": ("room", "location", "hall", "place", "room name", "venue room", "room location"),
    "board": (
        *("poster number", "poster no", "poster", "board", "board number", "poster board", "assigned board"),
        *("poster position", "poster id", "poster location"),
    ),
    "award": ("award", "awards", "prize"),
    "number": (
        "uid",
        "paper id",
        "paperid",
        "id",
        "pid",
        "paper number",
        "submission id",
        "submission number",
        "number",
    ),
    "upvotes": ("upvotes", "votes"),
}
"""What a column may be, and the names it has then, the more certain first; compared without case and punctuation."""

SEVERAL = frozenset({"code", "project", "paper"})
"""Roles that several columns may have, such as `pdf` and `forum`."""

TELLING = frozenset({"authors", "abstract", "code", "paper", "arxiv", "doi", "openreview"})
"""A table is one of papers if it has a title and one of these."""

IGNORED = re.compile(
    r"(?:.*\b)?(?:keywords?|tags?|topics?|tl ?dr|e?mails?|orcids?|gender|homepages?|scores?|ratings?|reviews?"
    r"|reviewers?|confidences?|stars?|repo star|last update|country|municipality|contact.*|secondary.*|unnamed.*"
    r"|index|bib(?:tex)?|slides?|videos?|thumbnails?|images?|notes?|count|citations?|position|subject areas?|utc)"
    r"(?:\b.*)?"
)
"""Columns that are known and not read: contact data, reviews and their scores, keywords, pictures."""

SAMPLE_ROWS = 100
"""Rows at which the contents of columns without a known name are judged."""

MOST = 0.6
"""So large a part of the cells that are not empty must be of a kind."""

_WORD = re.compile(r"[^a-z0-9]+")
_TITLE_WORDS = range(2, 40)

_BY_NAME = {name: (role, rank) for role, names in ROLES.items() for rank, name in enumerate(names)}


class Columns(NamedTuple):
    """The columns of a table by what they are; each name as the table has it."""

    by_role: Mapping[str, tuple[str, ...]]
    unread: tuple[str, ...] = ()

    def first(self, role: str) -> str | None:
        """Return the column that has a role, the surest of several."""
        return next(iter(self.by_role.get(role, ())), None)


def plain_name(name: str) -> str:
    """Return the name of a column as it is compared: in lower case, without punctuation.

    >>> plain_name(" Author_Name(s) "), plain_name("paperTitle"), plain_name("PDF-URL")
    ('author name s', 'paper title', 'pdf url')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", str(name))
    return " ".join(_WORD.sub(" ", spaced.lower()).split())


def columns_by_name(names: Sequence[str], given: Mapping[str, str] | None = None) -> Columns:
    """Return which column is what by their names; `given` maps roles to the names that the curator gave.

    >>> columns_by_name(["Paper Title", "Author Names", "PDF", "Forum", "Mood"])
    ... # doctest: +NORMALIZE_WHITESPACE
    Columns(by_role={'title': ('Paper Title',), 'authors': ('Author Names',), 'paper': ('PDF', 'Forum')},
        unread=('Mood',))
    """
    given = given or {}
    found: dict[str, list[tuple[int, str]]] = {role: [(-1, name)] for role, name in given.items() if name in names}
    taken = set(given.values())
    for name in names:
        plain = plain_name(name)
        known = _BY_NAME.get(plain) or _BY_NAME.get(plain.replace(" ", ""))
        if known and name not in taken and (known[0] not in given):
            found.setdefault(known[0], []).append((known[1], name))
    by_role: dict[str, tuple[str, ...]] = {}
    for role, ranked in found.items():
        best = [name for _, name in sorted(ranked, key=lambda pair: pair[0])]
        by_role[role] = tuple(best if role in SEVERAL else best[:1])
    used = {name for columns in by_role.values() for name in columns}
    return Columns(by_role, tuple(name for name in names if name.strip() and name not in used))


def with_contents(columns: Columns, rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Return the columns with those found by what is in them: addresses, bylines, and titles."""
    by_role = dict(columns.by_role)
    unread: list[str] = []
    # Once more for the title, which counts only beside what only papers have.
    for name in columns.unread if "title" in by_role else (*columns.unread, *columns.unread):
        if name in unread:
            unread.remove(name)
        if any(name in names for names in by_role.values()):
            continue
        cells = [text for row in rows if isinstance(text := row.get(name), str) and text.strip()]
        role = _role_of(cells, by_role) if cells and not IGNORED.fullmatch(plain_name(name)) else None
        if role is None:
            unread.append(name)
        else:
            by_role[role] = (*by_role.get(role, ()), name)
    return Columns(by_role, tuple(unread))


def _role_of(cells: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return what the cells of a column are, unless another column is that already."""
    links = [found[0].kind for cell in cells if "://" in cell and (found := find_links(cell))]
    if links.count("repository") >= MOST * len(cells):
        return "code"
    if sum("://" in cell and bool(identifiers_from_url(cell)) for cell in cells) >= MOST * len(cells):
        return "paper"
    if links:
        return None
    if "kind" not in known and sum(cell.strip().lower() in KINDS for cell in cells) >= MOST * len(cells):
        return "kind"
    if "authors" not in known and sum(_is_byline(cell) for cell in cells) >= MOST * len(cells):
        return "authors"
    if "title" not in known and TELLING & known.keys() and _are_titles(cells):
        return "title"
    return None


def _is_byline(cell: str) -> bool:
    return any(mark in cell for mark in ",;|·") and looks_like_byline(cell)


def _are_titles(cells: Sequence[str]) -> bool:
    """Return whether cells may be titles: almost all differ, and most have several words."""
    fitting = sum(len(cell.split()) in _TITLE_WORDS for cell in cells)
    return len(set(cells)) >= 0.9 * len(cells) and fitting >= 0.8 * len(cells)
