"""Papers, the identifiers others gave them, and every document's mention of them."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, local_id

_HAS_EDITION = text("edition_id IS NOT NULL")


class Paper(SQLModel, table=True):
    """One contribution: a paper, poster or talk. One row per paper."""

    __tablename__ = "papers"
    __table_args__ = (Index("papers_key", "key", unique=True), Index("papers_title_key", "title_key"))

    id: int = local_id()
    key: str = Field(
        description="Stable digest of the normalised title, and of the authors where papers share a title."
    )
    title_key: str = Field(description="Digest of the normalised title; papers that share a title share it.")
    title: str = Field(description="Title, cleaned; of several spellings the one chosen by rule.")
    abstract: str | None = Field(default=None, description="Abstract, cleaned; of several the longest.")


class PaperIdentifier(SQLModel, table=True):
    """An identifier of a paper in a scheme of others. One row per paper, scheme and value."""

    __tablename__ = "paper_identifiers"
    __table_args__ = (Index("paper_identifiers_value", "scheme", "value"), CLUSTERED)

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    scheme: str = Field(primary_key=True, description="`arxiv`, `openreview`, `doi`, `acl`, …")
    value: str = Field(primary_key=True, description="The identifier, without a prefix: `2103.00020`.")


class PaperTitle(SQLModel, table=True):
    """Another title under which a mention states a paper. One row per paper and normalised title not its own."""

    __tablename__ = "paper_titles"
    __table_args__ = (Index("paper_titles_title_key", "title_key"), CLUSTERED)

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    title_key: str = Field(primary_key=True, description="Digest of the normalised other title.")


class PaperSource(SQLModel, table=True):
    """A document's mention of a paper, as stated there. One row per mention."""

    __tablename__ = "paper_sources"
    __table_args__ = (
        Index("paper_sources_paper_id", "paper_id"),
        Index("paper_sources_document_id", "document_id"),
        Index("paper_sources_listing_id", "listing_id"),
        Index("paper_sources_edition_id", "edition_id", sqlite_where=_HAS_EDITION, postgresql_where=_HAS_EDITION),
    )

    id: int = local_id()
    paper_id: int = Field(foreign_key="papers.id", description="The paper.")
    document_id: int = Field(foreign_key="documents.id", description="The document that mentions it.")
    line_start: int = Field(description="First line of the mention, from 1.")
    line_end: int = Field(description="Last line of the mention.")
    path: str | None = Field(default=None, description="Place in a structured document: `results[17]`.")
    title: str = Field(description="Title as printed there.")
    byline: str | None = Field(default=None, description="Authors as printed there; null when none are.")
    authors: str | None = Field(
        default=None,
        description="Authors one by one as a JSON list, each a name or a pair of name and affiliation, where the "
        "byline alone does not tell them; else null.",
    )
    identifiers: str | None = Field(
        default=None, description="Identifiers stated there, `arxiv:2103.00020`, divided by blanks."
    )
    has_abstract: bool = Field(description="Whether the document states an abstract.")
    abstract: str | None = Field(
        default=None,
        description="The abstract as printed there, where it differs from the one the paper shows; else null.",
    )
    listing_id: int | None = Field(
        default=None, foreign_key="listings.id", description="The listing it is an entry of, if any."
    )
    listing_position: int | None = Field(default=None, description="Place in that listing as printed, from 1.")
    upvotes: int | None = Field(default=None, description="Upvotes as printed.")
    edition_id: int | None = Field(
        default=None, foreign_key="editions.id", description="The edition it is said to be a paper of, if any."
    )
    edition_basis: str | None = Field(
        default=None, description="`stated` by the document, or `given` by the curator; null when there is no edition."
    )
    raw_kind: str | None = Field(default=None, description="How it was presented, as stated: `Oral`.")
