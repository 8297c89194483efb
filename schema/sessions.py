"""Sessions of a programme and their slots, with every document's statement of them."""

from datetime import datetime
from typing import TYPE_CHECKING, Optional

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, Instant, choice, local_id, one_of, related
from programme.schema.vocabularies import EditionBasis, Kind

if TYPE_CHECKING:
    from programme.schema.authors import Author
    from programme.schema.documents import Document
    from programme.schema.papers import Paper, PaperSource
    from programme.schema.venues import Edition

_KIND = "Kind: " + ", ".join(f"`{kind}`" for kind in Kind) + "."


class ConferenceSession(SQLModel, table=True):
    """A titled block of the programme. One row per edition, title and first start."""

    __tablename__ = "sessions"
    __table_args__ = (
        one_of("sessions", "kind", Kind),
        Index("sessions_key", "key", unique=True),
        Index("sessions_edition_id", "edition_id"),
        Index("sessions_kind", "kind"),
        Index("sessions_starts_at", "starts_at"),
    )

    id: int = local_id()
    key: str = Field(description="Stable digest of edition, title and first start, of the oldest capture.")
    edition_id: int | None = Field(
        default=None, foreign_key="editions.id", description="The edition; null when unknown."
    )
    title: str = Field(description="Title, cleaned.")
    kind: Kind = choice(Kind, _KIND)
    track: str | None = Field(default=None, description="Track of the programme.")
    room: str | None = Field(default=None, description="Room as printed.")
    abstract: str | None = Field(default=None, description="Description of the session.")
    starts_at: datetime | None = Field(
        default=None, sa_type=Instant, description="Start in UTC: the session's own, or that of its first slot."
    )
    ends_at: datetime | None = Field(
        default=None, sa_type=Instant, description="End in UTC: the session's own, or that of its last slot."
    )

    is_cancelled: bool = Field(default=False, description="Whether a correction says that it was cancelled.")

    edition: Optional["Edition"] = related("sessions")
    slots: list["Slot"] = related("session", order_by="Slot.position")
    moderators: list["SessionModerator"] = related("session", order_by="SessionModerator.position")
    sources: list["SessionSource"] = related(
        "session", order_by="(SessionSource.document_id, SessionSource.line_start)"
    )


class SessionSource(SQLModel, table=True):
    """A document's statement of a session, as printed there. One row per session, document and first line."""

    __tablename__ = "session_sources"
    __table_args__ = (
        one_of("session_sources", "kind", Kind),
        one_of("session_sources", "edition_basis", EditionBasis),
        Index("session_sources_document_id", "document_id"),
        Index("session_sources_edition_id", "edition_id"),
        Index("session_sources_stated_key", "stated_key"),
        CLUSTERED,
    )

    session_id: int = Field(primary_key=True, foreign_key="sessions.id", description="The session.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(primary_key=True, description="First line of its heading, from 1.")
    line_end: int = Field(description="Last line of its heading.")
    path: str | None = Field(default=None, description="Path in a structured document: `results[17]`.")
    title: str = Field(description="Title as printed there.")
    kind: Kind = choice(Kind, _KIND)
    track: str | None = Field(default=None, description="Track as printed there.")
    room: str | None = Field(default=None, description="Room as printed there.")
    raw_time: str | None = Field(default=None, description="Time of the session itself as printed there.")
    starts_at: datetime | None = Field(default=None, sa_type=Instant, description="Start in UTC, from that time.")
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End in UTC, from that time.")
    moderators: str | None = Field(default=None, description="Moderators as printed there.")
    abstract: str | None = Field(default=None, description="Description as printed there.")
    edition_id: int | None = Field(
        default=None, foreign_key="editions.id", description="The edition as this document states it."
    )
    edition_basis: EditionBasis | None = choice(
        EditionBasis,
        "How the edition is known: `stated` by the document, `given` by the curator, or `inferred` from weekday and "
        "date; null when it is unknown.",
        default=None,
    )

    stated_key: str | None = Field(
        default=None,
        description="Digest of edition, title and first start as stated there, where the session has another key: that "
        "of an earlier capture.",
    )

    session: ConferenceSession = related("sources")
    document: "Document" = related("session_sources")
    edition: Optional["Edition"] = related()


class SessionModerator(SQLModel, table=True):
    """A moderator of a session. One row per session and position."""

    __tablename__ = "session_moderators"
    __table_args__ = (Index("session_moderators_author_id", "author_id"), CLUSTERED)

    session_id: int = Field(primary_key=True, foreign_key="sessions.id", description="The session.")
    position: int = Field(primary_key=True, description="Position in the list of moderators, from 1.")
    author_id: int = Field(foreign_key="authors.id", description="The person.")
    raw_name: str = Field(description="Name as printed.")

    session: ConferenceSession = related("moderators")
    author: "Author" = related("moderations")


class Slot(SQLModel, table=True):
    """A scheduled place in a session: a talk, a poster, a break. One row per session and position."""

    __tablename__ = "slots"
    __table_args__ = (
        one_of("slots", "kind", Kind),
        Index("slots_session_position", "session_id", "position", unique=True),
        Index("slots_paper_id", "paper_id"),
        Index("slots_document_id", "document_id"),
        Index("slots_local_day", "local_day"),
        Index("slots_kind", "kind"),
        Index("slots_starts_at", "starts_at"),
    )

    id: int = local_id()
    session_id: int = Field(foreign_key="sessions.id", description="The session.")
    position: int = Field(description="Position in the session, from 1.")
    kind: Kind = choice(Kind, _KIND)
    raw_kind: str | None = Field(default=None, description="Kind as printed.")
    title: str = Field(description="Title, cleaned.")
    starts_at: datetime | None = Field(default=None, sa_type=Instant, description="Start in UTC.")
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End in UTC.")
    time_zone: str | None = Field(default=None, description="IANA time zone in which the times were printed.")
    local_day: str | None = Field(
        default=None,
        description="Local day at the venue, `2022-07-21`; in the printed time zone when the edition was held online, "
        "and as printed where no zone is known.",
    )
    local_start: str | None = Field(default=None, description="Local start: `15:30`.")
    local_end: str | None = Field(default=None, description="Local end: `15:35`.")
    room: str | None = Field(default=None, description="Room as printed.")
    poster_number: str | None = Field(default=None, description="Number of the poster board as printed.")
    award: str | None = Field(default=None, description="Award as printed.")
    paper_id: int | None = Field(
        default=None, foreign_key="papers.id", description="The paper presented; null for a break or Q&A."
    )
    is_cancelled: bool = Field(default=False, description="Whether a correction says that it was cancelled.")
    document_id: int = Field(foreign_key="documents.id", description="The document that the lines refer to.")
    line_start: int = Field(description="First line of the slot in that document, from 1.")
    line_end: int = Field(description="Last line of the slot in that document.")
    path: str | None = Field(default=None, description="Path in a structured document: `results[17]`.")

    session: ConferenceSession = related("slots")
    paper: Optional["Paper"] = related("slots")
    document: "Document" = related()
    sources: list["SlotSource"] = related("slot", order_by="(SlotSource.document_id, SlotSource.line_start)")


class SlotSource(SQLModel, table=True):
    """A document's statement of a slot, as printed there. One row per slot, document and first line."""

    __tablename__ = "slot_sources"
    __table_args__ = (
        one_of("slot_sources", "kind", Kind),
        Index("slot_sources_document_id", "document_id"),
        Index("slot_sources_paper_source_id", "paper_source_id"),
        CLUSTERED,
    )

    slot_id: int = Field(primary_key=True, foreign_key="slots.id", description="The slot.")
    document_id: int = Field(primary_key=True, foreign_key="documents.id", description="The document.")
    line_start: int = Field(primary_key=True, description="First line of the slot there, from 1.")
    line_end: int = Field(description="Last line of the slot there.")
    path: str | None = Field(default=None, description="Path in a structured document: `results[17]`.")
    position: int = Field(description="Position in the session as printed there, from 1.")
    raw_time: str | None = Field(default=None, description="Time as printed.")
    raw_kind: str | None = Field(default=None, description="Kind as printed.")
    kind: Kind = choice(Kind, _KIND)
    title: str = Field(description="Title as printed.")
    starts_at: datetime | None = Field(default=None, sa_type=Instant, description="Start in UTC.")
    ends_at: datetime | None = Field(default=None, sa_type=Instant, description="End in UTC.")
    time_zone: str | None = Field(default=None, description="IANA time zone in which the times were printed.")
    local_day: str | None = Field(default=None, description="Day as printed, where no zone tells the instants.")
    local_start: str | None = Field(default=None, description="Start on the clock, where no zone tells the instants.")
    local_end: str | None = Field(default=None, description="End on the clock, where no zone tells the instants.")
    room: str | None = Field(default=None, description="Room as printed.")
    poster_number: str | None = Field(default=None, description="Number of the poster board as printed.")
    award: str | None = Field(default=None, description="Award as printed.")
    paper_source_id: int | None = Field(
        default=None,
        foreign_key="paper_sources.id",
        description="The mention of the paper presented; null for a break or Q&A.",
    )

    slot: Slot = related("sources")
    document: "Document" = related("slot_sources")
    paper_source: Optional["PaperSource"] = related()
