"""Corrections in the database: which are in force, what they may be about, and what they apply to."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from programme.loaders.store.authors import name_authors
from programme.loaders.store.connection import Connection
from programme.loaders.store.corrections import Correction, Corrections
from programme.loaders.store.keys import repository_key, title_key
from programme.loaders.store.touched import Touched
from programme.loaders.text.links import Link, find_links
from programme.loaders.text.titles import clean_title, title_form

_IN_FORCE = """
SELECT c.id, c.subject_type, c.subject, c.field, c.value, k.captured_at, d.sha256, c.line_start, c.document_id,
  c.target_key
FROM corrections c JOIN documents d ON d.id = c.document_id
JOIN (SELECT document_id, MAX(captured_at) AS captured_at FROM captures WHERE is_current GROUP BY document_id) k
  ON k.document_id = d.id
"""


_REPOSITORY_FIELDS = ("add_repositories", "deny_repositories", "repository_roles")


def repositories_at(url: str) -> list[Link]:
    """Return the repository that an address in a correction names, if any."""
    return [link for link in find_links(url) if link.kind == "repository"]


class CorrectionBook:
    """The corrections in force, and what they were found to apply to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.query(_IN_FORCE)
        self.rows = [Correction(*row[:8]) for row in rows]
        self.documents = {row[0]: row[8] for row in rows}
        self.corrections = Corrections(self.rows)
        self._targets: dict[int, str | None] = {row[0]: row[9] for row in rows}
        self._found: dict[int, str] = {}
        self.linked = _linked_names(self.rows)
        self.seen: set[str] = set()

    def applies(self, corrections: Iterable[Correction], key: str) -> None:
        """Note that corrections apply to the row of a key; of several rows the least key counts."""
        for one in corrections:
            self._found[one.id] = min(key, self._found.get(one.id, key))

    def lost(self) -> list[Correction]:
        """Return corrections that no longer apply to the row they did; which others they apply to is to be seen."""
        return [row for row in self.rows if self._stored(row.id) is None and self._targets[row.id] is not None]

    def write_targets(self) -> None:
        """Store what corrections apply to; what applied to a key of `seen` and no longer does, applies to nothing."""
        changes = []
        for id_, before in self._targets.items():
            keys = [key for key in (self._found.get(id_), self._stored(id_)) if key is not None]
            now = min(keys, default=None)
            if now != before:
                changes.append((now, id_))
        self._connection.run_many("UPDATE corrections SET target_key = ? WHERE id = ?", changes)

    def _stored(self, correction_id: int) -> str | None:
        """Return what a correction applied to before, if that still holds."""
        key = self._targets[correction_id]
        return key if key not in self.seen or self._found.get(correction_id) == key else None

    def write_authors(self) -> None:
        """Write the names of authors that are corrected, and the redirects from authors who were joined with others."""
        about = [row for row in self.rows if row.subject_type == "author"]
        person = self.corrections.author_target
        keys = {person(row.subject) for row in about}
        existing: dict[str, int] = dict(self._connection.query_in("SELECT key, id FROM authors WHERE key IN (?)", keys))
        joined: dict[str, str] = {}
        for row in about:
            target = person(row.subject)
            if target in existing:
                self.applies([row], target)
            if row.field == "same_author":
                joined |= {key: person(key) for key in (row.subject, *json.loads(row.value)) if person(key) != key}
        # All corrections of authors are looked at anew each time, whatever they applied to before.
        self.seen |= {stored for row in about if (stored := self._targets[row.id])}
        of_person = {target: {target, *(key for key, to in joined.items() if to == target)} for target in existing}
        for target, group in of_person.items():
            name = self.corrections.for_author(group).values.get("name")
            if name:
                name_authors(self._connection, [(name.value, existing[target])])
        self._connection.run("DELETE FROM redirects WHERE kind = 'author'")
        self._connection.run_many(
            "INSERT INTO redirects (kind, key, target) VALUES ('author', ?, ?)", sorted(joined.items())
        )


def corrections_of(connection: Connection, document_ids: Collection[int]) -> list[Correction]:
    """Return the corrections that these documents state, with what is in force or not left open."""
    sql = """SELECT id, subject_type, subject, field, value, '', '', line_start FROM corrections
        WHERE document_id IN (?)"""
    return [Correction(*row) for row in connection.query_in(sql, document_ids)]


def touched_by(connection: Connection, rows: Iterable[Correction]) -> Touched:
    """Return the papers, sessions, listings and authors that corrections may be about."""
    names: dict[str, set[str]] = {"paper": set(), "session": set(), "listing": set(), "author": set()}
    for row in rows:
        _collect(row, names)
    papers = _papers(connection, names["paper"])
    authors = _ids(connection, "SELECT id FROM authors WHERE key IN (?)", _with_targets(connection, names["author"]))
    papers |= _ids(connection, "SELECT paper_id FROM authorships WHERE author_id IN (?)", authors)
    sessions = _sessions(connection, names["session"])
    sessions |= _ids(connection, "SELECT session_id FROM session_moderators WHERE author_id IN (?)", authors)
    listings = _ids(connection, "SELECT id FROM listings WHERE key IN (?)", names["listing"])
    return Touched(papers, sessions, listings, authors, set())


def named_repositories(connection: Connection, rows: Iterable[Correction]) -> set[int]:
    """Return the ids of the repositories that corrections add, deny, or give another role."""
    urls = {url for row in rows if row.field in _REPOSITORY_FIELDS for url in json.loads(row.value)}
    keys = {repository_key(link.host, link.path) for url in urls for link in repositories_at(url)}
    return _ids(connection, "SELECT id FROM repositories WHERE key IN (?)", keys)


def _collect(row: Correction, names: dict[str, set[str]]) -> None:
    """Add the names by which the rows that a correction may be about are found."""
    subject: Any = json.loads(row.subject) if row.subject.startswith("{") else row.subject
    if row.subject_type == "slot":
        names["session"] |= _names(subject["session"])
    elif row.subject_type == "entry":
        names["listing"].add(subject["listing"])
    else:
        names[row.subject_type] |= _names(subject)
    if row.field in ("same_paper", "different_papers"):
        names["paper"].update(name for other in json.loads(row.value) for name in _names(other))
    elif row.field == "same_author":
        names["author"].update(json.loads(row.value))
    elif row.field == "different_authors":
        names["paper"].update(name for group in json.loads(row.value) for one in group for name in _names(one))


def _names(subject: Any) -> set[str]:
    """Return the names of a subject: a key, an identifier, or the key of a title; an edition is looked at later."""
    if isinstance(subject, str):
        return {subject}
    return {title_key(title_form(clean_title(subject["title"])))}


def _linked_names(rows: Iterable[Correction]) -> dict[str, set[str]]:
    """Return by each name of a paper the names of papers that it is said to be the same as, or different from."""
    linked: dict[str, set[str]] = {}
    for row in rows:
        if row.field in ("same_paper", "different_papers"):
            found: dict[str, set[str]] = {"paper": set()}
            _collect(row, found)
            for name in found["paper"]:
                linked.setdefault(name, set()).update(found["paper"])
    return linked


def _ids(connection: Connection, sql: str, values: Collection[Any]) -> set[int]:
    return {row[0] for row in connection.query_in(sql, values)} if values else set()


def _with_targets(connection: Connection, keys: set[str]) -> set[str]:
    found = connection.query_in("SELECT target FROM redirects WHERE key IN (?)", keys)
    return keys | {target for (target,) in found}


def _papers(connection: Connection, names: set[str]) -> set[int]:
    keys = _with_targets(connection, {name for name in names if ":" not in name})
    papers = _ids(connection, "SELECT id FROM papers WHERE key IN (?)", keys)
    papers |= _ids(connection, "SELECT id FROM papers WHERE title_key IN (?)", keys)
    papers |= _ids(connection, "SELECT paper_id FROM paper_names WHERE name IN (?)", keys | names)
    values = {name.partition(":")[2] for name in names if ":" in name}
    found = connection.query_in("SELECT scheme, value, paper_id FROM paper_identifiers WHERE value IN (?)", values)
    return papers | {paper_id for scheme, value, paper_id in found if f"{scheme}:{value}" in names}


def _sessions(connection: Connection, names: set[str]) -> set[int]:
    keys = _with_targets(connection, names)
    sessions = _ids(connection, "SELECT id FROM sessions WHERE key IN (?)", keys)
    sessions |= _ids(connection, "SELECT session_id FROM session_sources WHERE stated_key IN (?)", keys)
    # Titles have no index: sessions are few, and corrections that name one by its title are fewer.
    if names:
        titled = connection.query("SELECT DISTINCT session_id, title FROM session_sources")
        sessions |= {id_ for id_, title in titled if title_key(title_form(clean_title(title))) in names}
    return sessions
