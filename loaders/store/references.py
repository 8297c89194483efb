"""References: what documents state of papers that they name by number alone, as `main.8` of ACL 2020.

The files of one site share the numbers: a table has the titles of papers, a schedule their times, another file their
abstracts. A reference becomes a mention of the paper that has its number in another document. Where none has, or
several have, the slot keeps the number as its title, and a problem says what is missing. Which numbers are known
changes when documents come and go, so `Update` states the documents that refer to them anew.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from programme.loaders.records import Problem
from programme.loaders.store.connection import Connection
from programme.loaders.store.fact_types import ANY_EDITION, DocumentFacts, PaperFacts, SessionFacts, SlotFacts
from programme.loaders.store.identity import SITE, display_title, site_number
from programme.loaders.store.keys import session_key, title_key
from programme.loaders.text.editions import UNKNOWN_EDITION, EditionFact, stated_edition
from programme.loaders.text.titles import clean_title, title_form
from programme.patterns import lazy_pattern

_TELLING = lazy_pattern(r"(?=.*[A-Z_-])(?=.*[a-z0-9])[\w-]{8,}")
"""Numbers that no two sites share, such as identifiers of OpenReview; `main.8` is on the site of every ACL meeting."""

_NUMBERED = f"""
SELECT i.value, i.paper_id, s.title, s.identifiers
FROM paper_identifiers i JOIN paper_sources s ON s.paper_id = i.paper_id
WHERE i.scheme = '{SITE}' AND s.identifiers IS NOT NULL AND i.value IN (?)
"""
_SCOPES = f"""
SELECT DISTINCT i.value FROM paper_sources s JOIN paper_identifiers i ON i.paper_id = s.paper_id
WHERE i.scheme = '{SITE}' AND s.document_id IN (?)
"""
_REFERRING = "SELECT id, refers_to, is_current FROM documents WHERE refers_to IS NOT NULL"


def referring_documents(connection: Connection, added: Collection[int] = ()) -> dict[int, frozenset[str]]:
    """Return the documents that name papers by number alone, with the slugs of the editions of those.

    They are those whose statements are stored, and those of `added`, whose statements are about to be.
    """
    found = connection.query(_REFERRING)
    return {id_: frozenset(named.split()) for id_, named, is_current in found if is_current or id_ in added}


def numbered_editions(connection: Connection, document_ids: Collection[int]) -> set[str]:
    """Return the slugs of the editions of whose papers these documents state numbers."""
    return {value.partition("/")[0] for (value,) in connection.query_in(_SCOPES, document_ids)}


def attach(connection: Connection | None, facts: DocumentFacts) -> DocumentFacts:
    """Turn the references of a document into mentions of the papers they name; those to unknown papers fall away.

    Without a connection no paper is known. The statements of the document itself must not be stored any more.
    """
    references = [mention for mention in facts.mentions() if mention.is_reference]
    if not references:
        return facts
    edition, titles = _edition(connection, facts, references) if connection else (None, {})
    attached = _Attached(edition, titles)
    sessions = [attached.session(session) for session in facts.sessions]
    papers = [found for paper in facts.papers if (found := attached.paper(paper))]
    missing = [one for one in references if attached.number(one) not in titles]
    problems = [one for one in facts.problems if not (edition and one.problem.endswith(UNKNOWN_EDITION))]
    problems += [_problem(missing, len(references))] if missing else []
    return facts._replace(sessions=sessions, papers=papers, problems=problems)


def _edition(
    connection: Connection, facts: DocumentFacts, references: list[PaperFacts]
) -> tuple[EditionFact | None, dict[str, str]]:
    """Return the edition of references that state none, and the titles by number: with the edition, `acl-2020/main.8`.

    It is the one among those possible that has most of their numbers, and more than half.
    """
    stated = {number for one in references if (number := site_number(one.identifiers))}
    bare = {one.record.site_id or "" for one in references if not site_number(one.identifiers)}
    if not bare:
        return None, _titles(connection, stated)
    slugs = set(facts.refers_to)
    if ANY_EDITION in slugs:
        bare = set(filter(_TELLING.fullmatch, bare))
        slugs = {slug for (slug,) in connection.query("SELECT slug FROM editions")}
    titles = _titles(connection, stated | {f"{slug}/{number}" for slug in slugs for number in bare})
    counts = {slug: sum(f"{slug}/{number}" in titles for number in bare) for slug in slugs}
    best = [slug for slug in slugs if counts[slug] == max(counts.values()) and counts[slug] * 2 > len(bare)]
    if len(best) != 1:
        return None, titles
    venue, _, year = best[0].rpartition("-")
    return stated_edition(venue, int(year)), titles


def _titles(connection: Connection, numbers: set[str]) -> dict[str, str]:
    """Return the title of each paper that is the only one with its number."""
    papers: dict[str, set[int]] = defaultdict(set)
    titles: dict[str, list[str]] = defaultdict(list)
    for number, paper_id, title, identifiers in connection.query_in(_NUMBERED, numbers):
        if f"{SITE}:{number}" in identifiers.split():
            papers[number].add(paper_id)
            titles[number].append(clean_title(title))
    return {number: display_title(titles[number]) for number, ids in papers.items() if len(ids) == 1}


class _Attached(NamedTuple):
    """The edition of references that state none, and the titles of papers by their numbers."""

    edition: EditionFact | None
    titles: dict[str, str]

    def number(self, reference: PaperFacts) -> str | None:
        """Return the number of a reference with its edition."""
        stated = site_number(reference.identifiers)
        return f"{self.edition.slug}/{reference.record.site_id}" if self.edition and not stated else stated

    def paper(self, paper: PaperFacts) -> PaperFacts | None:
        """Return a mention with the title of its paper; None for a reference to an unknown one."""
        number = self.number(paper) if paper.is_reference else None
        if not paper.is_reference:
            return paper
        title = self.titles.get(number or "")
        if title is None:
            return None
        identifiers = tuple(dict.fromkeys((*paper.identifiers, f"{SITE}:{number}")))
        key, record = title_key(title_form(title)), paper.record._replace(title=title)
        return paper._replace(title=title, title_key=key, record=record, identifiers=identifiers)

    def slot(self, slot: SlotFacts) -> SlotFacts:
        """Return a slot with the paper that its reference names."""
        if slot.paper is None or not slot.paper.is_reference:
            return slot
        paper = self.paper(slot.paper)
        if paper is None:
            return slot._replace(paper=None)
        return slot._replace(paper=paper, title=paper.title, record=slot.record._replace(title=paper.title))

    def session(self, session: SessionFacts) -> SessionFacts:
        """Return a session with its papers, and with the edition to which they belong where it states none."""
        session = session._replace(slots=[self.slot(slot) for slot in session.slots])
        if session.edition or not self.edition:
            return session
        starts = [start for start in (*(slot.starts_at for slot in session.slots), session.starts_at) if start]
        key = session_key(self.edition.slug, title_form(session.title), min(starts, default=""))
        return session._replace(edition=self.edition, edition_basis="inferred", key=key)


def _problem(missing: list[PaperFacts], count: int) -> Problem:
    first = missing[0].record
    advice = "ingest the table of papers of this site, which has their titles"
    if any(site_number(one.identifiers) is None for one in missing):
        advice = f"{advice}, and give both --venue and --year"
    problem = f"{len(missing):,} of {count:,} papers are given by number alone, and no document has them; {advice}"
    return Problem(first.line_start, first.site_id or "", problem, first.path)
