"""Sources, their captures, and what changed between one capture and the next."""

from datetime import datetime
from typing import TYPE_CHECKING, Optional

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, Instant, choice, local_id, one_of, related
from programme.schema.vocabularies import CaptureBasis, ChangeKind, ChangeSubject, RedirectKind

if TYPE_CHECKING:
    from programme.schema.documents import Document


class Source(SQLModel, table=True):
    """A place that documents are taken from. One row per URI and scope."""

    __tablename__ = "sources"
    __table_args__ = (Index("sources_uri_scope", "uri", "scope", unique=True),)

    id: int = local_id()
    uri: str = Field(description="The address: a URL, a file, a member of an archive.")
    scope: str = Field(
        description="Empty, except for pages that show a moving window, where each day listed is a source of its own "
        "(`2025-03-11`, or `--03-11` where no year is printed), and for documents kept with --keep."
    )

    captures: list["Capture"] = related("source", order_by="Capture.captured_at")
    changes: list["Change"] = related("source", order_by="(Change.captured_at, Change.id)")


class Capture(SQLModel, table=True):
    """A document as taken from a source at an instant. One row per source, instant and document."""

    __tablename__ = "captures"
    __table_args__ = (
        one_of("captures", "basis", CaptureBasis),
        Index("captures_source_id", "source_id", "captured_at", "document_id", unique=True),
        Index("captures_document_id", "document_id"),
        Index("captures_replaces_id", "replaces_id"),
    )

    id: int = local_id()
    source_id: int = Field(foreign_key="sources.id", description="The source.")
    document_id: int = Field(foreign_key="documents.id", description="The document.")
    captured_at: datetime = Field(sa_type=Instant, description="When it was taken, in UTC.")
    basis: CaptureBasis = choice(
        CaptureBasis,
        "How that is known: `given` with --captured, recorded in a `web archive`, stated by a `server`, or the "
        "modification time of a `file`.",
    )
    etag: str | None = Field(
        default=None, description="The server's ETag, sent back to ask whether there is a newer version."
    )
    last_modified: str | None = Field(default=None, description="The server's Last-Modified, as sent.")
    is_current: bool = Field(description="Whether no later capture of the source replaces it.")
    replaces_id: int | None = Field(
        default=None, foreign_key="captures.id", description="The capture before it, which it replaces."
    )

    source: Source = related("captures")
    document: "Document" = related("captures")
    replaces: Optional["Capture"] = related(remote_side="Capture.id")


class Change(SQLModel, table=True):
    """A difference between a capture and the one it replaces. One row per subject and field."""

    __tablename__ = "changes"
    __table_args__ = (
        one_of("changes", "subject", ChangeSubject),
        one_of("changes", "change", ChangeKind),
        Index("changes_source_id", "source_id"),
        Index("changes_document_id", "document_id"),
        Index("changes_before_document_id", "before_document_id"),
        Index("changes_edition", "edition"),
        Index("changes_session_key", "session_key"),
        Index("changes_listing_key", "listing_key"),
        Index("changes_title_key", "title_key"),
    )

    id: int = local_id()
    source_id: int = Field(foreign_key="sources.id", description="The source.")
    document_id: int = Field(foreign_key="documents.id", description="The document of the later capture.")
    before_document_id: int = Field(foreign_key="documents.id", description="The document of the capture it replaces.")
    captured_at: datetime = Field(sa_type=Instant, description="When the later capture was taken, in UTC.")
    subject: ChangeSubject = choice(
        ChangeSubject, "What changed: a `session`, `slot`, `paper` or `entry` of a listing."
    )
    change: ChangeKind = choice(ChangeKind, "`added`, `removed` or `changed`.")
    field: str | None = Field(default=None, description="The field that changed; null for what was added or removed.")
    before: str | None = Field(
        default=None,
        description="Its value in the earlier capture; of a session or slot that was removed its kind, times and room, "
        "as JSON.",
    )
    after: str | None = Field(
        default=None,
        description="Its value in the later capture; of a session or slot that was added its kind, times and room, "
        "as JSON.",
    )
    edition: str | None = Field(default=None, description="Slug of the edition: `icml-2022`.")
    session_key: str | None = Field(default=None, description="Key of the session, as the later capture states it.")
    listing_key: str | None = Field(default=None, description="Key of the listing, as the later capture states it.")
    title_key: str | None = Field(default=None, description="Digest of the normalised title of the paper.")
    title: str = Field(description="Title of the session, slot or paper.")
    former_key: str | None = Field(
        default=None,
        description="The key of the session, or digest of the paper's title, in the earlier capture where it differs.",
    )

    source: Source = related("changes")
    document: "Document" = related(foreign_keys="Change.document_id")
    before_document: "Document" = related(foreign_keys="Change.before_document_id")


class Redirect(SQLModel, table=True):
    """A key that named a row once, and the key of the row that took its place. One row per kind and key."""

    __tablename__ = "redirects"
    __table_args__ = (one_of("redirects", "kind", RedirectKind), Index("redirects_target", "target"), CLUSTERED)

    kind: RedirectKind = choice(RedirectKind, "`paper`, `session` or `author`.", primary_key=True)
    key: str = Field(primary_key=True, description="The key that is no longer in use.")
    target: str = Field(description="The key to use instead.")
