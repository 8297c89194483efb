"""Venues and their editions."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import local_id


class Venue(SQLModel, table=True):
    """A conference series, never one year of it. One row per series."""

    __tablename__ = "venues"
    __table_args__ = (Index("venues_slug", "slug", unique=True),)

    id: int = local_id()
    slug: str = Field(description="Short name in lower case, as used in addresses: `icml`.")
    name: str = Field(description="Short name as people write it: `ICML`.")
    url: str | None = Field(default=None, description="Home page of the series.")


class Edition(SQLModel, table=True):
    """One occurrence of a venue. One row per venue and year."""

    __tablename__ = "editions"
    __table_args__ = (
        Index("editions_venue_year", "venue_id", "year", unique=True),
        Index("editions_slug", "slug", unique=True),
    )

    id: int = local_id()
    venue_id: int = Field(foreign_key="venues.id", description="The series.")
    year: int = Field(description="Year in the edition's name.")
    slug: str = Field(description="Venue and year, as used in addresses: `icml-2022`.")
    name: str = Field(description="Venue and year as people write it: `ICML 2022`.")
    starts_on: date | None = Field(default=None, description="First day, at the place.")
    ends_on: date | None = Field(default=None, description="Last day, at the place.")
    time_zone: str | None = Field(
        default=None, description="IANA zone of the place; null when the edition was held online."
    )
    city: str | None = Field(default=None, description="Where it was held; `online` when nowhere.")
