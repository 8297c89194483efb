"""Which column of a table is what: by its name, if what is in it fits, and else by what is in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from programme.loaders.formats.tables.parsing.contents import (
    FITS,
    PAPER_URL,
    REPOSITORY,
    ROOM,
    SEVERAL_NAMES,
    are_bylines,
    are_titles,
    share,
)
from programme.loaders.formats.tables.parsing.names import (
    FOREIGN,
    IGNORED,
    NAMED_BY,
    OF_PUBLICATIONS,
    ROLES,
    SCHEDULE,
    SEVERAL,
    ZONED,
    ZOTERO,
    ZOTERO_READ,
    codes,
    plain_name,
)
from programme.loaders.formats.tables.parsing.times import without_zone
from programme.loaders.text.venues import find_venue

MAX_SAMPLES = 200
"""Rows that are looked at to tell what a column holds."""

MIN_SAMPLES = 3
"""Cells from which on a column can be told by what is in it alone."""

Cells = Mapping[str, Any]


class Columns(NamedTuple):
    """The columns of a table by what they hold, each name as the table has it, and those that are not read."""

    by_role: dict[str, tuple[str, ...]]
    unread: tuple[str, ...] = ()

    def first(self, role: str) -> str | None:
        """Return the column that has a role, the surest of several."""
        found = self.by_role.get(role)
        return found[0] if found else None

    def all(self, role: str) -> tuple[str, ...]:
        """Return the columns that have a role."""
        return self.by_role.get(role, ())

    @property
    def is_schedule(self) -> bool:
        """Whether the table says in which session a row is, or when."""
        return any(role in self.by_role for role in ("session", "start", "time"))

    @property
    def zones(self) -> tuple[str, ...]:
        """The time zones that names of columns state: `Start (UTC)`."""
        names = filter(None, map(self.first, ZONED))
        return tuple(dict.fromkeys(zone for name in names if (zone := without_zone(name)[1])))

    def described(self) -> str:
        """Return which column was taken for what."""
        return "; ".join(f"{', '.join(names)} as {role}" for role, names in self.by_role.items())


def assign(names: Sequence[str], samples: Sequence[Cells], given: Mapping[str, str] | None = None) -> Columns:
    """Return what each column holds, from some of the rows; `given` are roles and their columns as the curator says.

    >>> rows = [{"Paper name": "Walks in Moss", "by": "Ada Quill", "Repo": "https://github.com/a/b", "mood": "calm"}]
    >>> assign(list(rows[0]), rows)
    Columns(by_role={'title': ('Paper name',), 'code': ('Repo',)}, unread=('by', 'mood'))
    """
    if is_of_zotero(names):
        chosen = set((given or {}).values())
        names = [name for name in names if plain_name(name) in ZOTERO_READ or name in chosen]
    if meanings := codes(names):
        names = [name for name in names if plain_name(name) in meanings or name in (given or {}).values()]
    texts = {name: [text for row in samples[:MAX_SAMPLES] if (text := sample_text(row.get(name)))] for name in names}
    by_role: dict[str, tuple[str, ...]] = {role: (name,) for role, name in (given or {}).items() if name in texts}
    for role in ROLES:
        taken = {name for held in by_role.values() for name in held}
        fitting = [name for name in _named(names, role, meanings) if name not in taken and _fits(role, texts[name])]
        if fitting and (role not in by_role or role in SEVERAL):
            by_role[role] = (*by_role.get(role, ()), *(fitting if role in SEVERAL else fitting[:1]))
    if "title" not in by_role and plain_name(by_role.get("authors", ("",))[0]) in NAMED_BY:
        called = [name for name in names if plain_name(name) == "name" and _fits("title", texts[name])]
        by_role |= {"title": (called[0],)} if called else {}
    _add_by_content(by_role, texts)
    _correct_schedule(by_role, texts)
    found = Columns(by_role)
    if not found.is_schedule:
        # Without a session or a time, the day of a row may be any, such as that of the last change.
        for role in SCHEDULE:
            by_role.pop(role, None)
    read = {name for held in by_role.values() for name in held}
    by_role = dict(sorted(by_role.items(), key=lambda held: names.index(held[1][0])))
    return Columns(by_role, tuple(name for name in names if name.strip() and name not in read))


def _correct_schedule(by_role: dict[str, tuple[str, ...]], texts: Mapping[str, Sequence[str]]) -> None:
    """Take a venue that is no conference for the room, and numbers that no two rows share for none of sessions."""
    session = by_role.get("session", ("",))[0]
    if plain_name(session) == "sessionid" and len(set(texts[session])) == len(texts[session]) > 1:
        del by_role["session"]
    is_timed = by_role.keys() & {"session", "start", "time"}
    if is_timed and "room" not in by_role and plain_name(by_role.get("venue", ("",))[0]) == "venue":
        venue, *others = by_role["venue"]
        if not any(map(find_venue, texts[venue])) and share(ROOM.search, texts[venue]) > 0.3:
            by_role["room"] = (venue,)
            by_role["venue"] = tuple(others)
            if not others:
                del by_role["venue"]


def is_of_zotero(names: Iterable[str]) -> bool:
    """Return whether a table is one that Zotero exports.

    >>> is_of_zotero(["Key", "Item Type", "Publication Year", "Author", "Title"]), is_of_zotero(["Author", "Title"])
    (True, False)
    """
    return set(map(plain_name, names)) >= ZOTERO


def _named(names: Iterable[str], role: str, meanings: Mapping[str, str]) -> list[str]:
    """Return the columns whose name is one of a role's, the most certain first."""
    order = ROLES[role]
    plain_names = {name: plain_name(without_zone(name)[0] if role in ZONED else name) for name in names}
    # `Authors (comma separated)`
    plain_names |= {
        name: plain_name(name.partition("(")[0])
        for name, plain in plain_names.items()
        if "(" in name and plain not in order
    }
    plain_names = {name: meanings.get(plain, plain) for name, plain in plain_names.items()} if meanings else plain_names
    found = [(order.index(plain), name) for name, plain in plain_names.items() if plain in order]
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


def _fits(role: str, texts: Sequence[str]) -> bool:
    """Return whether the texts of a column are what its name says; an empty column is."""
    return not texts or role not in FITS or FITS[role](texts)


def sample_text(value: Any) -> str:
    """Return what stands in a cell as text; empty for true and false."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "; ".join(sample_text(one) for one in value)
    if isinstance(value, dict):
        return sample_text(next((value[key] for key in ("name", "value", "url", "href") if value.get(key)), None))
    return "" if value is None or isinstance(value, bool) else str(value)


def foreign(names: Sequence[str]) -> str | None:
    """Return the column by which a table lists something else, such as deadlines or books; None where none is.

    >>> foreign(["title", "abstract_deadline"]), foreign(["title", "isbn"]), foreign(["title", "isbn", "doi"])
    ('abstract_deadline', 'isbn', None)
    """
    if is_of_zotero(names):
        return None
    plain_names = {name: plain_name(name) for name in names}
    is_of_publications = not OF_PUBLICATIONS.isdisjoint(plain_names.values())
    found = (name for name, plain in plain_names.items() if FOREIGN.fullmatch(plain))
    return next((name for name in found if not (is_of_publications and "isbn" in plain_names[name])), None)


def is_of_papers(columns: Columns, samples: Sequence[Cells]) -> bool:
    """Return whether a table with titles lists papers rather than posts, people or events.

    It has authors or abstracts, or a name that says so, or the URLs or the code of papers.
    """
    title, authors = columns.first("title"), columns.first("authors")
    if title is None:
        return False
    plain = plain_name(title)
    if plain.startswith(("papertitle", "titleofpaper", "submissiontitle")):
        return True
    if "abstract" in plain_name(columns.first("abstract") or ""):
        return True
    if columns.by_role.keys() & {"code", "year"} and columns.by_role.keys() & {"paper", "venue"}:
        return True
    # A post has an author; papers have several.
    if authors:
        is_several = plain_name(authors) not in ("author", "speaker", "presenter", "creators")
        if is_several or any(SEVERAL_NAMES.search(sample_text(row.get(authors))) for row in samples):
            return True
    cells = [[text for row in samples if (text := sample_text(row.get(name)))] for name in columns.all("paper")]
    return any(share(PAPER_URL.search, texts) > 0.3 for texts in cells)


def _add_by_content(by_role: dict[str, tuple[str, ...]], texts: Mapping[str, Sequence[str]]) -> None:
    """Add the columns that hold links, authors or titles under names that do not say so."""
    read = {name for held in by_role.values() for name in held}
    free = {
        name: cells
        for name, cells in texts.items()
        if len(cells) >= MIN_SAMPLES and name not in read and not IGNORED.fullmatch(plain_name(name))
    }
    for role, test in (("code", REPOSITORY.search), ("paper", PAPER_URL.search)):
        linked = [name for name, cells in free.items() if share(test, cells) > 0.6]
        if linked:
            by_role[role] = (*by_role.get(role, ()), *linked)
        free = {name: cells for name, cells in free.items() if name not in linked}
    for role, is_such in (("authors", are_bylines), ("title", are_titles)):
        if role not in by_role and (role == "authors" or by_role.keys() & {"authors", "abstract", "paper", "code"}):
            alike = [name for name, cells in free.items() if is_such(cells)]
            # Two columns of names, or of sentences, are anything.
            if len(alike) == 1:
                by_role[role] = (alike[0],)
                del free[alike[0]]
