"""What a database holds of the subjects of corrections, so that `loader correct` can show what it changes."""

from collections.abc import Iterable, Sequence
from typing import Any

from programme.loaders.store.connection import Connection
from programme.loaders.store.keys import title_key
from programme.loaders.text.titles import clean_title, title_form

State = dict[str, str]
"""The facts of one subject as text, by the name of the field; empty where the database has no such subject."""

_PAPER_LISTS = {
    "authors": "SELECT authors.name FROM authorships JOIN authors ON authors.id = authorships.author_id "
    "WHERE authorships.paper_id = ? ORDER BY authorships.position",
    "editions": "SELECT DISTINCT slug FROM paper_sources JOIN editions ON editions.id = paper_sources.edition_id "
    "WHERE paper_sources.paper_id = ? ORDER BY slug",
    "identifiers": "SELECT scheme || ':' || value FROM paper_identifiers WHERE paper_id = ? AND scheme <> 'site' "
    "ORDER BY scheme, value",
    "repositories": "SELECT DISTINCT repositories.url || ' (' || repo_links.role || ')' AS link FROM repo_links "
    "JOIN repositories ON repositories.id = repo_links.repository_id WHERE repo_links.paper_id = ? ORDER BY link",
}
_SESSION = (
    *("sessions.key", "sessions.title", "sessions.abstract", "track", "room", "sessions.kind", "sessions.starts_at"),
    *("sessions.ends_at", "editions.slug", "is_cancelled"),
)
_SLOT = (
    *("slots.title", "slots.room", "slots.kind", "slots.starts_at", "slots.ends_at", "slots.award"),
    *("slots.poster_number", "slots.is_cancelled"),
)


def state(connection: Connection, subject_type: str, subject: Any) -> State:
    """Return what the database holds of a paper, session, slot or author, named as in a file of corrections."""
    if subject_type == "paper":
        return _paper(connection, subject)
    if subject_type == "author":
        return _author(connection, subject)
    if subject_type == "session":
        tables = "sessions LEFT JOIN editions ON editions.id = sessions.edition_id"
        key = _redirected(connection, "session", subject)
        return _row(connection, _SESSION, f"{tables} WHERE sessions.key = ?", [key])
    return _slot(connection, subject)


def differences(before: State, after: State) -> Iterable[str]:
    """Yield a line for each fact that differs.

    >>> list(differences({"title": "A", "room": "1"}, {"title": "B", "room": "1", "award": "Best"}))
    ['title: A → B', 'award: – → Best']
    """
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield f"{name}: {before.get(name, '–')} → {after.get(name, '–')}"


def _paper(connection: Connection, subject: str) -> State:
    scheme, _, value = subject.partition(":")
    if value:
        sql = "SELECT paper_id FROM paper_identifiers WHERE scheme = ? AND value = ?"
        found = connection.query(sql, (scheme, value))
    else:
        found = connection.query("SELECT id FROM papers WHERE key = ?", (_redirected(connection, "paper", subject),))
    if not found:
        return {}
    (paper_id,) = found[0]
    facts = _row(connection, ("key", "title", "abstract"), "papers WHERE id = ?", [paper_id])
    for name, sql in _PAPER_LISTS.items():
        if listed := ", ".join(text for (text,) in connection.query(sql, (paper_id,))):
            facts[name] = listed
    return facts


def _author(connection: Connection, key: str) -> State:
    return _row(connection, ("key", "name"), "authors WHERE key = ?", [_redirected(connection, "author", key)])


def _slot(connection: Connection, subject: dict[str, str]) -> State:
    session = _redirected(connection, "session", subject["session"])
    rows = connection.query(
        "SELECT slots.id, slots.title, papers.key FROM slots JOIN sessions ON sessions.id = slots.session_id "
        "LEFT JOIN papers ON papers.id = slots.paper_id WHERE sessions.key = ? ORDER BY slots.position",
        (session,),
    )
    if "paper" in subject:
        key = _paper(connection, subject["paper"]).get("key")
        ids = [slot_id for slot_id, _, paper in rows if paper == key and key]
    else:
        ids = [slot_id for slot_id, title, _ in rows if _title_key(title) == _title_key(subject["title"])]
    if not ids:
        return {}
    return _row(connection, _SLOT, "slots JOIN sessions ON sessions.id = slots.session_id WHERE slots.id = ?", ids[:1])


def _row(connection: Connection, columns: Sequence[str], tables: str, values: Sequence[Any]) -> State:
    rows = connection.query(f"SELECT {', '.join(columns)} FROM {tables}", values)
    names = [column.rpartition(".")[2] for column in columns]
    named = zip(names, rows[0] if rows else (), strict=False)
    facts = {{"slug": "edition", "is_cancelled": "cancelled"}.get(name, name): value for name, value in named}
    return {name: "yes" if value is True else str(value) for name, value in facts.items() if value not in (None, False)}


def _redirected(connection: Connection, kind: str, key: str) -> str:
    """Return the key to which a key that is no longer in use leads."""
    found = connection.query("SELECT target FROM redirects WHERE kind = ? AND key = ?", (kind, key))
    return str(found[0][0]) if found else key


def _title_key(title: str) -> str:
    return title_key(title_form(clean_title(title)))
