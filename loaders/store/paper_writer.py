"""Mentions of papers to rows, with their links and editions."""

from itertools import chain, count, repeat

from programme.loaders.store import rows
from programme.loaders.store.buffer import Ids, RowBuffer
from programme.loaders.store.facts import PaperFacts
from programme.loaders.store.key_index import KeyIndex
from programme.loaders.text.abstracts import clean_abstract
from programme.loaders.text.editions import EditionFact
from programme.loaders.text.links import Link


class PaperWriter:
    """Buffers the rows of mentions; `shared_papers` are the papers to resolve once the rows are written."""

    def __init__(self, buffer: RowBuffer, ids: Ids, index: KeyIndex) -> None:
        self.shared_papers: set[int] = set()
        self._buffer = buffer
        self._ids = ids
        self._index = index
        self._next_paper = ids.next("papers")
        self._next_mention = ids.next("paper_sources")

    def add_mention(
        self, document_id: int, facts: PaperFacts, listing_id: int | None = None, listing_position: int | None = None
    ) -> tuple[int, int]:
        """Buffer a mention and return the ids of its paper and of itself."""
        record = facts.record
        source_id = self._next_mention()
        paper_id = self._paper_of(facts)
        displayed_abstract = None
        if paper_id is None:
            paper_id, displayed_abstract = self._add_paper(facts)
        else:
            self.shared_papers.add(paper_id)
        self._buffer["paper_sources"].append(
            rows.PaperSourceRow(
                id=source_id,
                paper_id=paper_id,
                document_id=document_id,
                line_start=record.line_start,
                line_end=record.line_end,
                path=record.path,
                title=record.title,
                byline=facts.byline,
                authors=facts.authors,
                identifiers=" ".join(facts.identifiers) or None,
                has_abstract=bool(record.abstract),
                # Kept once: here only where it is not the abstract that the paper displays.
                abstract=None if displayed_abstract == record.abstract else record.abstract,
                listing_id=listing_id,
                listing_position=listing_position,
                upvotes=record.upvotes,
                edition_id=self.edition_id(facts.edition),
                edition_basis=facts.edition_basis,
                raw_kind=record.raw_kind,
            )
        )
        for field, link in facts.links:
            self._add_link(document_id, paper_id, source_id, field, link)
        return paper_id, source_id

    def edition_id(self, fact: EditionFact | None) -> int | None:
        """Return the id of an edition, whose rows are buffered when it is new; None without an edition."""
        if fact is None:
            return None
        index = self._index
        id_ = index.editions.get(fact.slug)
        if id_ is None:
            venue_id = index.venues.get(fact.venue)
            if venue_id is None:
                venue_id = index.venues[fact.venue] = self._ids.new("venues")
                self._buffer["venues"].append(
                    rows.VenueRow(id=venue_id, slug=fact.venue, name=fact.venue_name, url=fact.venue_url)
                )
            id_ = index.editions[fact.slug] = self._ids.new("editions")
            self._buffer["editions"].append(
                rows.EditionRow(
                    id=id_,
                    venue_id=venue_id,
                    year=fact.year,
                    slug=fact.slug,
                    name=fact.name,
                    starts_on=fact.starts_on.isoformat() if fact.starts_on else None,
                    ends_on=fact.ends_on.isoformat() if fact.ends_on else None,
                    time_zone=fact.time_zone,
                    city=fact.city,
                )
            )
        return id_

    def _paper_of(self, facts: PaperFacts) -> int | None:
        """Return any paper that shares an identifier or the title; resolving decides later whether it is the same."""
        papers = self._index.papers
        names = (*facts.identifiers, facts.title_key)
        for name in names:
            found = papers.of(name)
            if found is not None:
                for other in names:
                    papers.note(other, found)
                return found
        return None

    def _add_paper(self, facts: PaperFacts) -> tuple[int, str | None]:
        """Buffer a paper that is new, with its byline and identifiers; return its id and abstract."""
        record, papers = facts.record, self._index.papers
        id_ = self._next_paper()
        abstract = clean_abstract(record.abstract or "") or None
        self._buffer["papers"].append(
            rows.PaperRow(id=id_, key=facts.title_key, title_key=facts.title_key, title=facts.title, abstract=abstract)
        )
        author_ids = self._index.authors.ids_of(record.authors)
        affiliations = chain(record.affiliations, repeat(None))
        # Tuples in the order of AuthorshipRow, made in C: the table with by far the most rows.
        self._buffer["authorships"].extend(
            zip(repeat(id_), count(1), author_ids, record.authors, affiliations, strict=False)
        )
        papers.note(facts.title_key, id_)
        for identifier in facts.identifiers:
            papers.note(identifier, id_)
            scheme, value = identifier.split(":", 1)
            self._buffer["paper_identifiers"].append(rows.PaperIdentifierRow(paper_id=id_, scheme=scheme, value=value))
        return id_, abstract

    def _add_link(self, document_id: int, paper_id: int, source_id: int, field: str, link: Link) -> None:
        if link.kind == "repository":
            self._buffer["repo_links"].append(
                rows.RepoLinkRow(
                    id=self._ids.new("repo_links"),
                    paper_id=paper_id,
                    repository_id=self._index.repositories.id_of(link.host, link.path),
                    document_id=document_id,
                    paper_source_id=source_id,
                    raw_url=link.raw,
                    path=link.path,
                    role=link.role or "other",
                    field=field,
                    char_start=link.start,
                    char_end=link.end,
                    rule=link.rule,
                )
            )
            return
        self._buffer["paper_links"].append(
            rows.PaperLinkRow(
                id=self._ids.new("paper_links"),
                paper_id=paper_id,
                document_id=document_id,
                paper_source_id=source_id,
                kind=link.kind,
                url=link.url,
                raw_url=link.raw,
                field=field,
                char_start=link.start,
                char_end=link.end,
            )
        )
