"""Keys that survive a change: what one capture of a source calls otherwise than the one before it is still the same.

A session that moves, or a paper whose title changes, would get another key, because keys are digests of what documents
state. The table `changes` says which session or title of the earlier capture it is, so both keep the oldest key.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from programme.loaders.store.connection import Connection
from programme.loaders.store.fact_types import DocumentFacts

_RENAMES = """
SELECT c.source_id, c.subject, CASE WHEN c.subject = 'session' THEN c.session_key ELSE c.title_key END, c.former_key
FROM changes c JOIN documents d ON d.id = c.document_id
WHERE c.former_key IS NOT NULL
ORDER BY c.source_id, c.captured_at, d.sha256, c.subject, c.former_key
"""


class FormerKeys(NamedTuple):
    """The oldest key of a session, and the oldest key of a paper's title, by the keys that later captures give them.

    `changed` are the title keys whose oldest one is another than before this update.
    """

    sessions: Mapping[str, str] = {}
    titles: Mapping[str, str] = {}
    changed: frozenset[str] = frozenset()

    def apply(self, facts: DocumentFacts) -> DocumentFacts:
        """Give each session its oldest key, unless the document states another session that has it."""
        if not self.sessions or not facts.sessions:
            return facts
        stated = [session.key for session in facts.sessions]
        oldest = [self.sessions.get(key, key) for key in stated]
        sessions = [
            session._replace(key=key, stated_key=session.key)
            if key != session.key and key not in stated and oldest.count(key) == 1
            else session
            for session, key in zip(facts.sessions, oldest, strict=True)
        ]
        return facts._replace(sessions=sessions)

    def papers(self, connection: Connection) -> set[int]:
        """Return the ids of papers whose mentions state a title of `changed`."""
        found = connection.query_in("SELECT id FROM papers WHERE title_key IN (?)", self.changed)
        found += connection.query_in("SELECT paper_id FROM paper_names WHERE name IN (?)", self.changed)
        return {id_ for (id_,) in found}


NO_FORMER_KEYS = FormerKeys()


def former_keys(connection: Connection) -> FormerKeys:
    """Read the changes of all sources and return the oldest keys."""
    by_source: dict[tuple[int, str], dict[str, str]] = {}
    for source_id, subject, key, former in connection.query(_RENAMES):
        renames = by_source.setdefault((source_id, "session" if subject == "session" else "title"), {})
        renames[key] = renames.get(str(former), str(former))
    sessions = (renames for (_, kind), renames in by_source.items() if kind == "session")
    titles = (renames for (_, kind), renames in by_source.items() if kind == "title")
    return FormerKeys(_merged(sessions), _merged(titles))


def _merged(mappings: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Merge the mappings of all sources, which may lead from one to the other; of several targets the least counts.

    >>> _merged([{"c": "b"}, {"b": "a"}, {"x": "x"}])
    {'c': 'a', 'b': 'a'}
    >>> _merged([{"b": "a"}, {"a": "b"}])
    {'b': 'a'}
    """
    merged: dict[str, str] = {}
    for mapping in mappings:
        for key, older in mapping.items():
            merged[key] = min(older, merged.get(key, older))
    final = {}
    for key in merged:
        chain = [key]
        while (older := merged.get(chain[-1], chain[-1])) not in chain:
            chain.append(older)
        # A circle of sources that contradict each other has no oldest key: the least is as good.
        oldest = min(chain[chain.index(older) :])
        if oldest != key:
            final[key] = oldest
    return final


def changed_keys(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Return the keys, new and old, of what has another oldest key than before.

    >>> sorted(changed_keys({"c": "b"}, {"c": "a", "d": "e"}))
    ['a', 'b', 'c', 'd', 'e']
    """
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return changed | {known[key] for known in (before, after) for key in changed if key in known}
