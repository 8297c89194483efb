"""Sessions of a programme and their slots, with every document's statement of them."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, Instant, local_id

KINDS = ("oral", "spotlight", "poster", "qa", "keynote", "break", "workshop", "tutorial", "social", "other")
"""The closed vocabulary of `kind`."""


class ConferenceSession(SQLModel, table=True):
    """A titled block of the programme. One row per edition, title and first start."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("sessions_key", "key", unique=True),
        Index("sessions_edition_id", "edition_id"),
        Index("sessions_kind", "kind"),
        Index("sessions_starts_at", "starts_at"),
    )

    id: int = local_id()
    key: str = Field(description="Stable digest of edition, title and first start.")
    edition_id: int | None = Field(
        default=None, foreign_key="editions.id", description="The edition; null when unknown."
    )
    title: str = Field(description="Title, cleaned.")
    kind: str = Field(description="What it holds, in the closed vocabulary of kinds.")
    track: str | None = Field(default=None, description="Track of the programme.")
    room: str | None = Field(default=None, description="Room as printed.")
    abstract: str | None = Field(default=None, description="Description of the session.")
    starts_at: datetime | None = Field(
        default=None, sa_type=Instant, description="Start, its own or its first slot's, UTC."
    )
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End, its own or its last slot's, UTC.")


class SessionSource(SQLModel, table=True):
    """A document's statement of a session, as printed there. One row per session and document."""

    __tablename__ = "session_sources"
    __table_args__ = (Index("session_sources_document_id", "document_id"), CLUSTERED)

    session_id: int = Field(primary_key=True, foreign_key="sessions.id", description="The session.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(primary_key=True, description="First line of its heading, from 1.")
    line_end: int = Field(description="Last line of its heading.")
    path: str | None = Field(default=None, description="Place in a structured document: `results[17]`.")
    title: str = Field(description="Title as printed there.")
    kind: str = Field(description="What it holds, in the closed vocabulary of kinds.")
    track: str | None = Field(default=None, description="Track as printed there.")
    room: str | None = Field(default=None, description="Room as printed there.")
    raw_time: str | None = Field(default=None, description="Time of the session itself as printed there.")
    starts_at: datetime | None = Field(default=None, sa_type=Instant, description="Start by that time, UTC.")
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End by that time, UTC.")
    moderators: str | None = Field(default=None, description="Moderators as printed there.")
    abstract: str | None = Field(default=None, description="Description as printed there.")
    edition_basis: str | None = Field(
        default=None,
        description="`stated` by the document, `given` by the curator, or `inferred` from weekday and date; null when "
        "the edition is unknown.",
    )


class SessionModerator(SQLModel, table=True):
    """A person who moderates a session. One row per session and position."""

    __tablename__ = "session_moderators"
    __table_args__ = (Index("session_moderators_author_id", "author_id"), CLUSTERED)

    session_id: int = Field(primary_key=True, foreign_key="sessions.id", description="The session.")
    position: int = Field(primary_key=True, description="Place in the list of moderators, from 1.")
    author_id: int = Field(foreign_key="authors.id", description="The person.")
    raw_name: str = Field(description="Name as printed.")


class Slot(SQLModel, table=True):
    """One scheduled place in a session; may be a break. One row per session and position."""

    __tablename__ = "slots"
    __table_args__ = (
        Index("slots_session_position", "session_id", "position", unique=True),
        Index("slots_paper_id", "paper_id"),
        Index("slots_document_id", "document_id"),
        Index("slots_local_day", "local_day"),
        Index("slots_kind", "kind"),
        Index("slots_starts_at", "starts_at"),
    )

    id: int = local_id()
    session_id: int = Field(foreign_key="sessions.id", description="The session.")
    position: int = Field(description="Place in the session, from 1.")
    kind: str = Field(description="What it is, in the closed vocabulary of kinds.")
    raw_kind: str | None = Field(default=None, description="What it is, as printed.")
    title: str = Field(description="Title, cleaned.")
    starts_at: datetime | None = Field(default=None, sa_type=Instant, description="Start, UTC.")
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End, UTC.")
    time_zone: str | None = Field(default=None, description="IANA zone in which the times were printed.")
    local_day: str | None = Field(
        default=None, description="Day at the place, `2022-07-21`; in the printed zone when held online."
    )
    local_start: str | None = Field(default=None, description="Start at the place, `15:30`.")
    local_end: str | None = Field(default=None, description="End at the place, `15:35`.")
    room: str | None = Field(default=None, description="Room as printed.")
    poster_number: str | None = Field(default=None, description="Number of the poster board as printed.")
    award: str | None = Field(default=None, description="Award as printed.")
    paper_id: int | None = Field(
        default=None, foreign_key="papers.id", description="What is presented; null for a break or Q&A."
    )
    document_id: int = Field(foreign_key="documents.id", description="The document the lines below refer to.")
    line_start: int = Field(description="First line of the slot in that document, from 1.")
    line_end: int = Field(description="Last line of the slot in that document.")
    path: str | None = Field(default=None, description="Place in a structured document: `results[17]`.")


class SlotSource(SQLModel, table=True):
    """A document's statement of a slot, as printed there. One row per mention."""

    __tablename__ = "slot_sources"
    __table_args__ = (Index("slot_sources_document_id", "document_id"), CLUSTERED)

    slot_id: int = Field(primary_key=True, foreign_key="slots.id", description="The slot.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(primary_key=True, description="First line of the slot there, from 1.")
    line_end: int = Field(description="Last line of the slot there.")
    path: str | None = Field(default=None, description="Place in a structured document: `results[17]`.")
    position: int = Field(description="Place in the session as printed there.")
    raw_time: str | None = Field(default=None, description="Time line as printed.")
    raw_kind: str | None = Field(default=None, description="What it is, as printed.")
    kind: str = Field(description="What it is, in the closed vocabulary of kinds.")
    title: str = Field(description="Title as printed.")
    starts_at: datetime | None = Field(default=None, sa_type=Instant, description="Start, UTC.")
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End, UTC.")
    time_zone: str | None = Field(default=None, description="IANA zone in which the times were printed.")
    room: str | None = Field(default=None, description="Room as printed.")
    poster_number: str | None = Field(default=None, description="Number of the poster board as printed.")
    award: str | None = Field(default=None, description="Award as printed.")
    paper_source_id: int | None = Field(
        default=None,
        foreign_key="paper_sources.id",
        description="The mention of the paper presented; null for a break or Q&A.",
    )
