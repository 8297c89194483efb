"""Papers, their identifiers elsewhere, and every document's mention of them."""

from typing import TYPE_CHECKING, Optional

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, choice, local_id, one_of, related
from programme.schema.vocabularies import CodePromise, EditionBasis, Kind

if TYPE_CHECKING:
    from programme.schema.authors import Author, Authorship
    from programme.schema.documents import Document
    from programme.schema.listings import Listing, ListingEntry
    from programme.schema.repositories import PaperLink, RepoLink
    from programme.schema.sessions import Slot
    from programme.schema.venues import Edition

# Most mentions name no edition: an index without them is a fraction of the size.
_HAS_EDITION = text("edition_id IS NOT NULL")
_HAS_PROMISE = text("code_promise IS NOT NULL")


class Paper(SQLModel, table=True):
    """One contribution: a paper, poster or talk. One row per paper."""

    __tablename__ = "papers"
    __table_args__ = (
        one_of("papers", "code_promise", CodePromise),
        Index("papers_key", "key", unique=True),
        Index("papers_title_key", "title_key"),
        Index("papers_code_promise", "code_promise", sqlite_where=_HAS_PROMISE, postgresql_where=_HAS_PROMISE),
    )

    id: int = local_id()
    key: str = Field(description="Stable digest of the normalised title, and of the authors where papers share it.")
    title_key: str = Field(description="Digest of the normalised title, the same for papers of one title.")
    title: str = Field(description="Title, cleaned; where spellings differ, one is chosen by rule.")
    abstract: str | None = Field(default=None, description="Abstract, cleaned; the longest where documents differ.")
    code_promise: CodePromise | None = choice(
        CodePromise,
        "The word by which the end of the abstract promises code; null where it promises none.",
        default=None,
    )

    authorships: list["Authorship"] = related("paper", order_by="Authorship.position")
    authors: list["Author"] = related("papers", secondary="authorships", order_by="Authorship.position")
    identifiers: list["PaperIdentifier"] = related("paper", order_by="(PaperIdentifier.scheme, PaperIdentifier.value)")
    other_names: list["PaperName"] = related("paper", order_by="PaperName.name")
    sources: list["PaperSource"] = related("paper", order_by="PaperSource.id")
    # `own` before `other`.
    repo_links: list["RepoLink"] = related("paper", order_by="(RepoLink.role.desc(), RepoLink.id)")
    editions: list["PaperEdition"] = related("paper", order_by="(PaperEdition.edition_id, PaperEdition.kind)")
    links: list["PaperLink"] = related("paper", order_by="PaperLink.id")
    slots: list["Slot"] = related("paper", order_by="(Slot.starts_at, Slot.id)")
    listing_entries: list["ListingEntry"] = related("paper", order_by="ListingEntry.listing_id")


class PaperEdition(SQLModel, table=True):
    """A paper's place at an edition, from its slots and from lists alike. One row per paper, edition and kind."""

    __tablename__ = "paper_editions"
    __table_args__ = (
        one_of("paper_editions", "kind", Kind),
        Index("paper_editions_edition_id", "edition_id", "kind", "paper_id"),
        CLUSTERED,
    )

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    edition_id: int = Field(primary_key=True, foreign_key="editions.id", description="The edition.")
    kind: Kind = choice(
        Kind, "How it is presented there; `other` where no slot and no list says more.", primary_key=True
    )

    paper: Paper = related("editions")
    edition: "Edition" = related("papers")


class PaperIdentifier(SQLModel, table=True):
    """An identifier of a paper in an external scheme. One row per paper, scheme and value."""

    __tablename__ = "paper_identifiers"
    __table_args__ = (Index("paper_identifiers_value", "scheme", "value"), CLUSTERED)

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    scheme: str = Field(
        primary_key=True, description="`arxiv`, `openreview`, `doi`, `acl`, …; `site` for numbers on a site."
    )
    value: str = Field(
        primary_key=True, description="The identifier, without a prefix: `2103.00020`; `acl-2020/main.8` for `site`."
    )

    paper: Paper = related("identifiers")


class PaperName(SQLModel, table=True):
    """Another name by which a paper is found, beside its title and identifiers. One row per paper and name."""

    __tablename__ = "paper_names"
    __table_args__ = (Index("paper_names_name", "name"), CLUSTERED)

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    name: str = Field(
        primary_key=True,
        description="Digest of another normalised title that a document states, now or in an earlier capture, or an "
        "identifier that a correction denies.",
    )

    paper: Paper = related("other_names")


class PaperSource(SQLModel, table=True):
    """A document's mention of a paper, as stated there. One row per mention."""

    __tablename__ = "paper_sources"
    __table_args__ = (
        one_of("paper_sources", "edition_basis", EditionBasis),
        one_of("paper_sources", "kind", Kind),
        Index("paper_sources_paper_id", "paper_id", "document_id", "has_abstract"),
        Index("paper_sources_document_id", "document_id"),
        Index("paper_sources_listing_id", "listing_id"),
        Index("paper_sources_edition_id", "edition_id", sqlite_where=_HAS_EDITION, postgresql_where=_HAS_EDITION),
    )

    id: int = local_id()
    paper_id: int = Field(foreign_key="papers.id", description="The paper.")
    document_id: int = Field(foreign_key="documents.id", description="The document that mentions it.")
    line_start: int = Field(description="First line of the mention, from 1.")
    line_end: int = Field(description="Last line of the mention.")
    path: str | None = Field(default=None, description="Path in a structured document: `results[17]`.")
    title: str = Field(description="Title as printed there.")
    byline: str | None = Field(default=None, description="Authors as printed there; null when none are.")
    authors: str | None = Field(
        default=None,
        description="Authors as a JSON list of names, or of pairs of name and affiliation, where splitting the byline "
        "would not give them; else null.",
    )
    identifiers: str | None = Field(
        default=None, description="Identifiers stated there, separated by spaces: `arxiv:2103.00020`."
    )
    has_abstract: bool = Field(description="Whether the document states an abstract.")
    abstract: str | None = Field(
        default=None, description="The abstract as printed there, where it differs from the paper's; else null."
    )
    listing_id: int | None = Field(
        default=None, foreign_key="listings.id", description="The listing it is an entry of, if any."
    )
    listing_position: int | None = Field(default=None, description="Position in that listing as printed, from 1.")
    upvotes: int | None = Field(default=None, description="Upvotes as printed.")
    edition_id: int | None = Field(
        default=None, foreign_key="editions.id", description="The edition it is said to belong to, if any."
    )
    edition_basis: EditionBasis | None = choice(
        EditionBasis,
        "How the edition is known: `stated` by the document, or `given` by the curator; null without an edition.",
        default=None,
    )
    raw_kind: str | None = Field(default=None, description="How it was presented, as stated: `Oral`.")
    kind: Kind | None = choice(Kind, "The same as a kind of slot: `oral`; null where nothing is stated.", default=None)
    has_more_authors: bool = Field(default=False, description="Whether the byline ends with `and others`.")
    published_in: str | None = Field(default=None, description="The journal or proceedings, as stated.")
    published_year: int | None = Field(default=None, description="The year of publication, as stated.")
    is_journal: bool = Field(default=False, description="Whether `published_in` is a journal.")

    paper: Paper = related("sources")
    document: "Document" = related("paper_sources")
    listing: Optional["Listing"] = related()
    edition: Optional["Edition"] = related()
    repo_links: list["RepoLink"] = related("paper_source", order_by="RepoLink.id")
    links: list["PaperLink"] = related("paper_source", order_by="PaperLink.id")
