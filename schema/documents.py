"""Source documents, their bytes, and what could not be read in them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, Instant, local_id, related

if TYPE_CHECKING:
    from programme.schema.captures import Capture
    from programme.schema.corrections import Correction
    from programme.schema.listings import ListingSource
    from programme.schema.papers import PaperSource
    from programme.schema.sessions import SessionSource, SlotSource
    from programme.schema.venues import EditionSource


_REFERS = text("refers_to IS NOT NULL")


class Document(SQLModel, table=True):
    """A source document: the bytes that were parsed. One row per SHA-256 of the bytes."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_sha256", "sha256", unique=True),
        Index("documents_uri", "uri"),
        Index("documents_format", "format"),
        Index("documents_refers_to", "refers_to", sqlite_where=_REFERS, postgresql_where=_REFERS),
    )

    id: int = local_id()
    sha256: str = Field(description="SHA-256 of the bytes, in hexadecimal.")
    uri: str = Field(
        description="Where the bytes came from. The same bytes from several places keep the shortest URI, ties broken "
        "alphabetically."
    )
    format: str = Field(description="Name of the format that parsed it, as listed by `loader formats`.")
    media_type: str = Field(description="Media type of the bytes: `text/plain`.")
    size_bytes: int = Field(sa_type=BigInteger, description="Size in bytes, uncompressed.")
    captured_on: date | None = Field(
        default=None, description="Day the bytes were taken from their origin, where recorded."
    )
    ingested_at: datetime = Field(sa_type=Instant, description="When this database ingested it.")
    given_venue: str | None = Field(default=None, description="Venue given with --venue.")
    given_year: int | None = Field(default=None, description="Year given with --year.")
    given_on: date | None = Field(default=None, description="Date given with --date.")
    given_time_zone: str | None = Field(default=None, description="Time zone given with --time-zone.")
    given_columns: str | None = Field(
        default=None, description="Columns of a table given with --column, as JSON: what each holds, and its name."
    )
    given_format: str | None = Field(default=None, description="Format given with --format.")
    is_current: bool = Field(
        default=True,
        description="Whether what it states is in the database: it is the latest capture of at least one source.",
    )
    rules_version: int = Field(default=0, description="Version of the rules for text and identity it was read with.")
    format_version: int = Field(default=0, description="Version of the rules of its format it was read with.")
    refers_to: str | None = Field(
        default=None,
        description="Editions, by slug, of which it names papers by their numbers on a site alone. What it states of "
        "them is in the database where another document has the numbers; null for almost all documents.",
    )
    line_count: int = Field(description="Non-blank lines of a text, or records of a structured document.")
    claimed_line_count: int = Field(
        description="Of those, the lines that a record or known page boilerplate accounts for, or the records ingested."
    )
    content: bytes = Field(
        sa_type=LargeBinary,
        description="The bytes, compressed with Zstandard, without the contact data in fields of exports. A large "
        "document has its first part here and the others in document_parts.",
    )

    captures: list["Capture"] = related("document", order_by="Capture.captured_at")
    corrections: list["Correction"] = related("document", order_by="Correction.line_start")
    parts: list["DocumentPart"] = related("document", order_by="DocumentPart.position")
    problems: list["DocumentProblem"] = related("document", order_by="(DocumentProblem.line, DocumentProblem.id)")
    paper_sources: list["PaperSource"] = related("document", order_by="(PaperSource.line_start, PaperSource.id)")
    session_sources: list["SessionSource"] = related("document", order_by="SessionSource.line_start")
    slot_sources: list["SlotSource"] = related("document", order_by="SlotSource.line_start")
    listing_sources: list["ListingSource"] = related("document", order_by="ListingSource.line_start")
    edition_sources: list["EditionSource"] = related("document", order_by="EditionSource.line_start")


class DocumentPart(SQLModel, table=True):
    """A further part of the bytes of a document too large for one value. One row per document and part."""

    __tablename__ = "document_parts"
    __table_args__ = (CLUSTERED,)

    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    position: int = Field(
        primary_key=True, description="Number of the part, from 2; the first is in the document's own row."
    )
    content: bytes = Field(sa_type=LargeBinary, description="The bytes of this part, compressed separately.")

    document: Document = related("parts")


class DocumentProblem(SQLModel, table=True):
    """A line or field that no rule could use, and why. One row per problem."""

    __tablename__ = "document_problems"
    __table_args__ = (Index("document_problems_document_id", "document_id"),)

    id: int = local_id()
    document_id: int = Field(foreign_key="documents.id", description="The document.")
    line: int | None = Field(default=None, description="Line number, from 1.")
    path: str | None = Field(default=None, description="Path in a structured document: `results[17]`.")
    text: str = Field(description="The text concerned, as written.")
    problem: str = Field(description="What is wrong with it, and what to do.")

    document: Document = related("problems")
