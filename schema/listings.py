"""Listings: dated or searched lists of papers."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, local_id


class Listing(SQLModel, table=True):
    """A dated or searched list of papers. One row per list."""

    __tablename__ = "listings"
    __table_args__ = (Index("listings_key", "key", unique=True), Index("listings_source", "source"))

    id: int = local_id()
    key: str = Field(description="Stable digest of source, date and entries.")
    title: str = Field(description="Heading of the list.")
    source: str = Field(description="Who publishes it: `huggingface.co/papers`.")
    listed_on: date | None = Field(
        default=None, description="Its day; null when the page prints no year and none was given."
    )
    listed_month: int | None = Field(default=None, description="Month as printed, 1 to 12.")
    listed_day: int | None = Field(default=None, description="Day of the month as printed.")


class ListingSource(SQLModel, table=True):
    """A document that holds a listing. One row per listing and document."""

    __tablename__ = "listing_sources"
    __table_args__ = (Index("listing_sources_document_id", "document_id"), CLUSTERED)

    listing_id: int = Field(primary_key=True, foreign_key="listings.id", description="The listing.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(description="First line of its heading, from 1.")
    line_end: int = Field(description="Last line of its heading.")
    path: str | None = Field(default=None, description="Place in a structured document: `results[17]`.")


class ListingEntry(SQLModel, table=True):
    """A paper's place in a listing. One row per listing and position."""

    __tablename__ = "listing_entries"
    __table_args__ = (Index("listing_entries_paper_id", "paper_id"), CLUSTERED)

    listing_id: int = Field(primary_key=True, foreign_key="listings.id", description="The listing.")
    position: int = Field(primary_key=True, description="Place in the list, from 1.")
    paper_id: int = Field(foreign_key="papers.id", description="The paper.")
    upvotes: int | None = Field(default=None, description="Upvotes at the time of capture; of several the highest.")
