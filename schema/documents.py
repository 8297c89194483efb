"""Source documents, their bytes, and what could not be read in them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, Instant, local_id


class Document(SQLModel, table=True):
    """A source document: bytes that were parsed. One row per SHA-256 of the bytes."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_sha256", "sha256", unique=True),
        Index("documents_uri", "uri"),
        Index("documents_format", "format"),
    )

    id: int = local_id()
    sha256: str = Field(description="SHA-256 of the bytes, in hexadecimal.")
    uri: str = Field(
        description="Where the bytes came from; of several places the shortest, then the first by spelling."
    )
    format: str = Field(description="Name of the format that parsed it, as `loader formats` lists it.")
    media_type: str = Field(description="Media type of the bytes: `text/plain`.")
    size_bytes: int = Field(sa_type=BigInteger, description="Length of the bytes, uncompressed.")
    captured_on: date | None = Field(
        default=None, description="Day the bytes were taken from their origin, where that is recorded."
    )
    ingested_at: datetime = Field(sa_type=Instant, description="When this database took it in.")
    given_venue: str | None = Field(default=None, description="Venue the curator named with --venue.")
    given_year: int | None = Field(default=None, description="Year the curator named with --year.")
    given_on: date | None = Field(default=None, description="Date the curator named with --date.")
    etag: str | None = Field(default=None, description="Version that the server named, to ask again only for a newer.")
    last_modified: str | None = Field(default=None, description="Time of change that the server named, as sent.")
    line_count: int = Field(description="Lines of a text that are not blank; records of a structured document.")
    claimed_line_count: int = Field(
        description="Of those, the lines a record or known page boilerplate accounts for; the records that went in."
    )
    content: bytes = Field(
        sa_type=LargeBinary,
        description="The bytes, compressed with Zstandard, without contact data in fields of exports; of a large "
        "document the first part, see document_parts.",
    )


class DocumentPart(SQLModel, table=True):
    """More of the bytes of a document too large for one value. One row per document and part."""

    __tablename__ = "document_parts"
    __table_args__ = (CLUSTERED,)

    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    position: int = Field(primary_key=True, description="Place of the part, from 2; the first is the document's own.")
    content: bytes = Field(sa_type=LargeBinary, description="The bytes of this part, compressed by themselves.")


class DocumentProblem(SQLModel, table=True):
    """A line or field that no rule could use, and why. One row per problem."""

    __tablename__ = "document_problems"
    __table_args__ = (Index("document_problems_document_id", "document_id"),)

    id: int = local_id()
    document_id: int = Field(foreign_key="documents.id", description="The document.")
    line: int | None = Field(default=None, description="Line number, from 1.")
    path: str | None = Field(default=None, description="Place in a structured document: `results[17]`.")
    text: str = Field(description="The text in question, as written.")
    problem: str = Field(description="What is wrong with it, and what to do.")
