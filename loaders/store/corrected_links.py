"""Repository links as corrections make them: added, denied, or with another role."""

from typing import Any

from programme.loaders.store.buffer import Ids, WritePlan
from programme.loaders.store.corrected import Target
from programme.loaders.store.correction_rows import CorrectionBook, repositories_at
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.text.links import Link

RULE = "correction"
"""The rule of a link that a correction adds."""
_RESTORE = "UPDATE repo_links SET role = stated_role, stated_role = NULL WHERE paper_id = ? AND stated_role IS NOT NULL"
_UNDO = f"DELETE FROM repo_links WHERE paper_id = ? AND rule = '{RULE}'"
_CHANGE = """
UPDATE repo_links SET stated_role = COALESCE(stated_role, role), role = ?
WHERE paper_id = ? AND repository_id = ? AND role <> ?
"""
# The mention that carries the link is chosen by a rule on what it states, because ids depend on the order of ingest.
_ADD = f"""
INSERT INTO repo_links (id, paper_id, repository_id, document_id, paper_source_id, raw_url, path, role, field,
  char_start, char_end, rule)
SELECT ?, s.paper_id, ?, ?, s.id, ?, ?, ?, 'correction', 0, ?, '{RULE}'
FROM paper_sources s JOIN documents d ON d.id = s.document_id
WHERE s.paper_id = ? AND NOT EXISTS (SELECT 1 FROM repo_links k WHERE k.paper_id = ? AND k.repository_id = ?)
ORDER BY d.sha256, s.line_start, s.path LIMIT 1
"""


def plan_links(paper_id: int, paper: Target, book: CorrectionBook, index: KeyIndex, ids: Ids, plan: WritePlan) -> None:
    """Plan the links of a paper: as the documents state them, then as corrections change them."""
    plan.change(_UNDO, [(paper_id,)])
    plan.change(_RESTORE, [(paper_id,)])
    if paper.fields is None:
        return
    roles = paper.fields.items.get("repository_roles", {})
    for url, applied in roles.items():
        for link in repositories_at(url):
            repository_id = _repository_id(link, index)
            plan.change(_CHANGE, [(applied.value, paper_id, repository_id, applied.value)])
    for url, applied in paper.fields.items.get("repositories", {}).items():
        for link in repositories_at(url):
            repository_id = _repository_id(link, index)
            role = (roles[url].value if url in roles else "own") if applied.value else "denied"
            plan.change(_CHANGE, [(role, paper_id, repository_id, role)])
            if applied.value:
                document_id = book.documents[applied.correction.id]
                values: tuple[Any, ...] = (ids.new("repo_links"), repository_id, document_id, url, link.path, role)
                plan.change(_ADD, [(*values, len(url), paper_id, paper_id, repository_id)])


def _repository_id(link: Link, index: KeyIndex) -> int:
    index.repositories.look_up([(link.host, link.path)])
    return index.repositories.id_of(link.host, link.path)
