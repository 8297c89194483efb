"""Create the tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")

INDEXES: tuple[tuple[str, str, list[str], bool], ...] = (
    ("venues_slug", "venues", ["slug"], True),
    ("editions_slug", "editions", ["slug"], True),
    ("editions_venue_year", "editions", ["venue_id", "year"], True),
    ("documents_sha256", "documents", ["sha256"], True),
    ("documents_uri", "documents", ["uri"], False),
    ("documents_format", "documents", ["format"], False),
    ("document_problems_document_id", "document_problems", ["document_id"], False),
    ("papers_key", "papers", ["key"], True),
    ("papers_title_key", "papers", ["title_key"], False),
    ("paper_identifiers_value", "paper_identifiers", ["scheme", "value"], False),
    ("listings_key", "listings", ["key"], True),
    ("listings_source", "listings", ["source"], False),
    ("listing_sources_document_id", "listing_sources", ["document_id"], False),
    ("listing_entries_paper_id", "listing_entries", ["paper_id"], False),
    ("paper_sources_document_id", "paper_sources", ["document_id"], False),
    ("paper_sources_listing_id", "paper_sources", ["listing_id"], False),
    ("paper_sources_paper_id", "paper_sources", ["paper_id"], False),
    ("authors_key", "authors", ["key"], True),
    ("authors_name", "authors", ["name"], False),
    ("authorships_author_id", "authorships", ["author_id"], False),
    ("repositories_key", "repositories", ["key"], True),
    ("repositories_host", "repositories", ["host"], False),
    ("repo_links_document_id", "repo_links", ["document_id"], False),
    ("repo_links_paper_id", "repo_links", ["paper_id", "role"], False),
    ("repo_links_repository_id", "repo_links", ["repository_id"], False),
    ("repo_links_role", "repo_links", ["role"], False),
    ("paper_links_document_id", "paper_links", ["document_id"], False),
    ("paper_links_kind", "paper_links", ["kind"], False),
    ("paper_links_paper_id", "paper_links", ["paper_id"], False),
    ("sessions_edition_id", "sessions", ["edition_id"], False),
    ("sessions_key", "sessions", ["key"], True),
    ("sessions_kind", "sessions", ["kind"], False),
    ("sessions_starts_at", "sessions", ["starts_at"], False),
    ("session_sources_document_id", "session_sources", ["document_id"], False),
    ("session_moderators_author_id", "session_moderators", ["author_id"], False),
    ("slots_document_id", "slots", ["document_id"], False),
    ("slots_kind", "slots", ["kind"], False),
    ("slots_local_day", "slots", ["local_day"], False),
    ("slots_paper_id", "slots", ["paper_id"], False),
    ("slots_session_position", "slots", ["session_id", "position"], True),
    ("slots_starts_at", "slots", ["starts_at"], False),
    ("slot_sources_document_id", "slot_sources", ["document_id"], False),
)

TABLES = tuple(dict.fromkeys(table for _, table, _, _ in INDEXES))
"""Every table, in the order of creation; each has an index."""


def upgrade() -> None:
    """Create every table and index."""
    _create_venues()
    _create_documents()
    _create_papers()
    _create_listings_and_mentions()
    _create_authors_and_repositories()
    _create_sessions()
    _create_slots()
    for name, table, columns, unique in INDEXES:
        op.create_index(name, table, columns, unique=unique)


def downgrade() -> None:
    """Drop everything."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _columns(type_: Any, *names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, type_, nullable=nullable) for name in names]


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)


def _reference(name: str, table: str, *, primary_key: bool = False, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.id"), primary_key=primary_key, nullable=nullable)


def _create_venues() -> None:
    op.create_table(
        "venues",
        _id(),
        *_columns(sa.String, "slug", "name"),
        *_columns(sa.String, "url", nullable=True),
    )
    op.create_table(
        "editions",
        _id(),
        _reference("venue_id", "venues"),
        *_columns(sa.Integer, "year"),
        *_columns(sa.String, "slug", "name"),
        *_columns(sa.Date, "starts_on", "ends_on", nullable=True),
        *_columns(sa.String, "time_zone", "city", nullable=True),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        _id(),
        *_columns(sa.String, "sha256", "uri", "format", "media_type"),
        *_columns(sa.BigInteger, "size_bytes"),
        *_columns(sa.Date, "captured_on", nullable=True),
        *_columns(INSTANT, "ingested_at"),
        *_columns(sa.String, "given_venue", nullable=True),
        *_columns(sa.Integer, "given_year", nullable=True),
        *_columns(sa.Date, "given_on", nullable=True),
        *_columns(sa.Integer, "line_count", "claimed_line_count"),
        *_columns(sa.LargeBinary, "content"),
    )
    op.create_table(
        "document_problems",
        _id(),
        _reference("document_id", "documents"),
        *_columns(sa.Integer, "line", nullable=True),
        *_columns(sa.String, "text", "problem"),
    )


def _create_papers() -> None:
    op.create_table(
        "papers",
        _id(),
        *_columns(sa.String, "key", "title_key", "title"),
        *_columns(sa.String, "abstract", nullable=True),
    )
    op.create_table(
        "paper_identifiers",
        _reference("paper_id", "papers", primary_key=True),
        sa.Column("scheme", sa.String, primary_key=True),
        sa.Column("value", sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )


def _create_listings_and_mentions() -> None:
    op.create_table(
        "listings",
        _id(),
        *_columns(sa.String, "key", "title", "source"),
        *_columns(sa.Date, "listed_on", nullable=True),
        *_columns(sa.Integer, "listed_month", "listed_day", nullable=True),
    )
    op.create_table(
        "listing_sources",
        _reference("listing_id", "listings", primary_key=True),
        _reference("document_id", "documents", primary_key=True),
        *_columns(sa.Integer, "line_start", "line_end"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listing_entries",
        _reference("listing_id", "listings", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _reference("paper_id", "papers"),
        *_columns(sa.Integer, "upvotes", nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_sources",
        _id(),
        _reference("paper_id", "papers"),
        _reference("document_id", "documents"),
        *_columns(sa.Integer, "line_start", "line_end"),
        *_columns(sa.String, "title"),
        *_columns(sa.String, "byline", nullable=True),
        *_columns(sa.Boolean, "has_abstract"),
        *_columns(sa.String, "abstract", nullable=True),
        _reference("listing_id", "listings", nullable=True),
        *_columns(sa.Integer, "listing_position", "upvotes", nullable=True),
    )


def _create_authors_and_repositories() -> None:
    op.create_table("authors", _id(), *_columns(sa.String, "key", "name"))
    op.create_table(
        "authorships",
        _reference("paper_id", "papers", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _reference("author_id", "authors"),
        *_columns(sa.String, "raw_name"),
        *_columns(sa.String, "affiliation", nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "repositories",
        _id(),
        *_columns(sa.String, "key", "host", "path", "url"),
    )
    op.create_table(
        "repo_links",
        _id(),
        _reference("paper_id", "papers"),
        _reference("repository_id", "repositories"),
        _reference("document_id", "documents"),
        _reference("paper_source_id", "paper_sources"),
        *_columns(sa.String, "raw_url", "path", "role", "field"),
        *_columns(sa.Integer, "char_start", "char_end"),
        *_columns(sa.String, "rule"),
    )
    op.create_table(
        "paper_links",
        _id(),
        _reference("paper_id", "papers"),
        _reference("document_id", "documents"),
        _reference("paper_source_id", "paper_sources"),
        *_columns(sa.String, "kind", "url", "raw_url", "field"),
        *_columns(sa.Integer, "char_start", "char_end"),
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        _id(),
        *_columns(sa.String, "key"),
        _reference("edition_id", "editions", nullable=True),
        *_columns(sa.String, "title", "kind"),
        *_columns(sa.String, "track", "room", "abstract", nullable=True),
        *_columns(INSTANT, "starts_at", "ends_at", nullable=True),
    )
    op.create_table(
        "session_sources",
        _reference("session_id", "sessions", primary_key=True),
        _reference("document_id", "documents", primary_key=True),
        sa.Column("line_start", sa.Integer, primary_key=True),
        *_columns(sa.Integer, "line_end"),
        *_columns(sa.String, "title", "kind"),
        *_columns(sa.String, "track", "room", "moderators", "abstract", "edition_basis", nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_moderators",
        _reference("session_id", "sessions", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _reference("author_id", "authors"),
        *_columns(sa.String, "raw_name"),
        sqlite_with_rowid=False,
    )


def _create_slots() -> None:
    op.create_table(
        "slots",
        _id(),
        _reference("session_id", "sessions"),
        *_columns(sa.Integer, "position"),
        *_columns(sa.String, "kind"),
        *_columns(sa.String, "raw_kind", nullable=True),
        *_columns(sa.String, "title"),
        *_columns(INSTANT, "starts_at", "ends_at", nullable=True),
        *_columns(
            sa.String,
            "time_zone",
            "local_day",
            "local_start",
            "local_end",
            "room",
            "poster_number",
            "award",
            nullable=True,
        ),
        _reference("paper_id", "papers", nullable=True),
        _reference("document_id", "documents"),
        *_columns(sa.Integer, "line_start", "line_end"),
    )
    op.create_table(
        "slot_sources",
        _reference("slot_id", "slots", primary_key=True),
        _reference("document_id", "documents", primary_key=True),
        sa.Column("line_start", sa.Integer, primary_key=True),
        *_columns(sa.Integer, "line_end", "position"),
        *_columns(sa.String, "raw_time", "raw_kind", nullable=True),
        *_columns(sa.String, "kind", "title"),
        *_columns(INSTANT, "starts_at", "ends_at", nullable=True),
        *_columns(sa.String, "time_zone", "room", "poster_number", "award", nullable=True),
        _reference("paper_source_id", "paper_sources", nullable=True),
        sqlite_with_rowid=False,
    )
