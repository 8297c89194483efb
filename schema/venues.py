"""Venues and their editions."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, local_id, related

if TYPE_CHECKING:
    from programme.schema.documents import Document
    from programme.schema.papers import PaperEdition
    from programme.schema.sessions import ConferenceSession


class Venue(SQLModel, table=True):
    """A conference series, such as ICML. One row per series."""

    __tablename__ = "venues"
    __table_args__ = (Index("venues_slug", "slug", unique=True),)

    id: int = local_id()
    slug: str = Field(description="Short name in lower case, as used in URLs: `icml`.")
    name: str = Field(description="Short name as people write it: `ICML`.")
    url: str | None = Field(default=None, description="Home page of the series.")

    editions: list["Edition"] = related("venue", order_by="Edition.year")


class Edition(SQLModel, table=True):
    """One occurrence of a venue, such as ICML 2022. One row per venue and year.

    Its days and city are those of the shipped table, or what most lists of conferences state.
    """

    __tablename__ = "editions"
    __table_args__ = (
        Index("editions_venue_year", "venue_id", "year", unique=True),
        Index("editions_slug", "slug", unique=True),
    )

    id: int = local_id()
    venue_id: int = Field(foreign_key="venues.id", description="The series.")
    year: int = Field(description="Year in the edition's name.")
    slug: str = Field(description="Venue and year, as used in URLs: `icml-2022`.")
    name: str = Field(description="Venue and year as people write them: `ICML 2022`.")
    starts_on: date | None = Field(default=None, description="First day, local date.")
    ends_on: date | None = Field(default=None, description="Last day, local date.")
    time_zone: str | None = Field(
        default=None, description="IANA time zone of the place; null when the edition was held online."
    )
    city: str | None = Field(default=None, description="City where it was held; `online` for a virtual edition.")
    accepted_papers: int | None = Field(
        default=None, description="Number of papers accepted, where the shipped table knows it."
    )
    accepted_source: str | None = Field(default=None, description="Where that number is from.")

    venue: Venue = related("editions")
    sources: list["EditionSource"] = related(
        "edition", order_by="(EditionSource.document_id, EditionSource.line_start)"
    )
    papers: list["PaperEdition"] = related("edition", order_by="(PaperEdition.paper_id, PaperEdition.kind)")
    sessions: list["ConferenceSession"] = related(
        "edition", order_by="(ConferenceSession.starts_at, ConferenceSession.title)"
    )


class EditionSource(SQLModel, table=True):
    """A document's statement of an edition: its days and city. One row per edition, document and first line."""

    __tablename__ = "edition_sources"
    __table_args__ = (Index("edition_sources_document_id", "document_id"), CLUSTERED)

    edition_id: int = Field(primary_key=True, foreign_key="editions.id", description="The edition.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(primary_key=True, description="First line of the entry, from 1.")
    line_end: int = Field(description="Last line of the entry.")
    path: str | None = Field(default=None, description="Its place in the document: `[17]`.")
    venue_name: str = Field(description="Name of the series as stated there, without the year.")
    starts_on: date | None = Field(default=None, description="First day as stated there.")
    ends_on: date | None = Field(default=None, description="Last day as stated there.")
    city: str | None = Field(default=None, description="City as stated there; `online` for a virtual edition.")
    url: str | None = Field(default=None, description="Page of the edition as stated there.")

    edition: Edition = related("sources")
    document: "Document" = related("edition_sources")
