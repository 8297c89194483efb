"""Venues and their editions."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import local_id, related

if TYPE_CHECKING:
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
    """One occurrence of a venue, such as ICML 2022. One row per venue and year."""

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
    papers: list["PaperEdition"] = related("edition", order_by="(PaperEdition.paper_id, PaperEdition.kind)")
    sessions: list["ConferenceSession"] = related(
        "edition", order_by="(ConferenceSession.starts_at, ConferenceSession.title)"
    )
