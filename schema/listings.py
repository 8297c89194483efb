"""Listings: dated or searched lists of papers."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, local_id, related

if TYPE_CHECKING:
    from programme.schema.documents import Document
    from programme.schema.papers import Paper


class Listing(SQLModel, table=True):
    """A dated or searched list of papers, such as a day of Daily Papers. One row per list."""

    __tablename__ = "listings"
    __table_args__ = (Index("listings_key", "key", unique=True), Index("listings_source", "source"))

    id: int = local_id()
    key: str = Field(description="Stable digest of source, date and entries.")
    title: str = Field(description="Heading of the list.")
    source: str = Field(description="Publisher of the list: `huggingface.co/papers`.")
    listed_on: date | None = Field(
        default=None, description="Day listed; null when the page prints no year and none was given."
    )
    listed_month: int | None = Field(default=None, description="Month as printed, 1 to 12.")
    listed_day: int | None = Field(default=None, description="Day of the month as printed.")

    entries: list["ListingEntry"] = related("listing", order_by="ListingEntry.position")
    sources: list["ListingSource"] = related("listing", order_by="ListingSource.document_id")


class ListingSource(SQLModel, table=True):
    """A document that holds a listing. One row per listing and document."""

    __tablename__ = "listing_sources"
    __table_args__ = (Index("listing_sources_document_id", "document_id"), CLUSTERED)

    listing_id: int = Field(primary_key=True, foreign_key="listings.id", description="The listing.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(description="First line of its heading, from 1.")
    line_end: int = Field(description="Last line of its heading.")
    path: str | None = Field(default=None, description="Path in a structured document: `results[17]`.")

    listing: Listing = related("sources")
    document: "Document" = related("listing_sources")


class ListingEntry(SQLModel, table=True):
    """A paper's place in a listing. One row per listing and position."""

    __tablename__ = "listing_entries"
    __table_args__ = (Index("listing_entries_paper_id", "paper_id"), CLUSTERED)

    listing_id: int = Field(primary_key=True, foreign_key="listings.id", description="The listing.")
    position: int = Field(primary_key=True, description="Position in the list, from 1.")
    paper_id: int = Field(foreign_key="papers.id", description="The paper.")
    upvotes: int | None = Field(
        default=None, description="Upvotes when the page was captured; the highest where documents differ."
    )

    listing: Listing = related("entries")
    paper: "Paper" = related("listing_entries")
