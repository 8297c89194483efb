"""Record what structured documents state: paths, authors, identifiers, editions, times of sessions, large documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS: dict[str, tuple[str, ...]] = {
    "documents": ("etag", "last_modified"),
    "document_problems": ("path",),
    "listing_sources": ("path",),
    "session_sources": ("path", "raw_time"),
    "slot_sources": ("path",),
    "slots": ("path",),
    "paper_sources": ("path", "authors", "identifiers", "edition_basis", "raw_kind"),
}
"""New columns of text by table; all may be null."""

INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
HAS_EDITION = sa.text("edition_id IS NOT NULL")


def upgrade() -> None:
    """Add the columns and the two tables."""
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String, nullable=True))
    for name in ("starts_at", "ends_at"):
        op.add_column("session_sources", sa.Column(name, INSTANT, nullable=True))
    # Batch mode would rewrite the whole table for a foreign key, although SQLite can add such a column in place.
    op.execute("ALTER TABLE paper_sources ADD COLUMN edition_id INTEGER REFERENCES editions (id)")
    op.create_index(
        "paper_sources_edition_id",
        "paper_sources",
        ["edition_id"],
        sqlite_where=HAS_EDITION,
        postgresql_where=HAS_EDITION,
    )
    op.create_table(
        "document_parts",
        sa.Column("document_id", sa.Integer, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_titles",
        sa.Column("paper_id", sa.Integer, sa.ForeignKey("papers.id"), primary_key=True),
        sa.Column("title_key", sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("paper_titles_title_key", "paper_titles", ["title_key"])


def downgrade() -> None:
    """Drop the two tables and the columns; rows stay, without what the columns held."""
    op.drop_table("paper_titles")
    op.drop_table("document_parts")
    op.drop_index("paper_sources_edition_id", "paper_sources")
    with op.batch_alter_table("paper_sources") as batch:
        batch.drop_column("edition_id")
    for name in ("starts_at", "ends_at"):
        op.drop_column("session_sources", name)
    for table, names in TEXTS.items():
        for name in names:
            op.drop_column(table, name)
