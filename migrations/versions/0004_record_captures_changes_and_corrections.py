"""Record captures, changes and corrections; documents that are no longer current keep only their bytes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from programme.migrations.repo_links import allow_denied_links, forbid_denied_links

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
BASES = ("given", "web archive", "server", "file")
CHANGE_SUBJECTS = ("session", "slot", "paper", "entry")
CHANGES = ("added", "removed", "changed")
CORRECTION_SUBJECTS = ("paper", "session", "slot", "entry", "author")
KINDS = ("oral", "spotlight", "poster", "qa", "keynote", "break", "workshop", "tutorial", "social", "other")
PROMISES = ("available", "released", "open source", "public", "found", "provided")
REDIRECTS = ("paper", "session", "author")
_LOCAL = ("local_day", "local_start", "local_end")
_STATED = ("has_more_authors", "is_journal")
_REFERRING = ("slot_sources", "repo_links", "paper_links")
"""Tables that refer to mentions of papers."""


def upgrade() -> None:
    """Add the tables and columns. Each document becomes a current capture of its URI."""
    _create_sources_and_captures()
    _create_changes()
    _create_corrections_and_redirects()
    for name in ("given_time_zone", "given_columns", "given_format", "refers_to"):
        op.add_column("documents", sa.Column(name, sa.String, nullable=True))
    refers = sa.text("refers_to IS NOT NULL")
    op.create_index("documents_refers_to", "documents", ["refers_to"], sqlite_where=refers, postgresql_where=refers)
    op.add_column("documents", sa.Column("is_current", sa.Boolean, nullable=False, server_default=sa.true()))
    # No rules have the version 0, so that everything is read again.
    for name in ("rules_version", "format_version"):
        op.add_column("documents", sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0")))
    for table in ("sessions", "slots"):
        op.add_column(table, sa.Column("is_cancelled", sa.Boolean, nullable=False, server_default=sa.false()))
    for name in _LOCAL:
        op.add_column("slot_sources", sa.Column(name, sa.String, nullable=True))
    op.add_column("editions", sa.Column("accepted_papers", sa.Integer, nullable=True))
    op.add_column("editions", sa.Column("accepted_source", sa.String, nullable=True))
    op.add_column("session_sources", sa.Column("stated_key", sa.String, nullable=True))
    # Batch mode would rewrite the whole table for a foreign key, although SQLite can add such a column in place.
    op.execute("ALTER TABLE session_sources ADD COLUMN edition_id INTEGER REFERENCES editions (id)")
    op.create_index("session_sources_edition_id", "session_sources", ["edition_id"])
    op.create_index("session_sources_stated_key", "session_sources", ["stated_key"])
    # Without them, deleting a mention looks through all links, which was not done before one could be replaced.
    for table in _REFERRING:
        op.create_index(f"{table}_paper_source_id", table, ["paper_source_id"])
    of_session = "SELECT edition_id FROM sessions WHERE sessions.id = session_sources.session_id"
    op.execute(f"UPDATE session_sources SET edition_id = ({of_session})")
    _rename_paper_titles("paper_titles", "title_key", "paper_names", "name")
    allow_denied_links()
    _create_edition_tables()
    _add_code_promise()
    _extend_mentions()
    _fill_captures()
    for name in ("etag", "last_modified"):
        op.drop_column("documents", name)


def downgrade() -> None:
    """Drop the tables and columns. Documents that are no longer current stay, without facts, as they were."""
    _drop_edition_tables_and_promises()
    _index_mentions("paper_id")
    for name in ("etag", "last_modified"):
        op.add_column("documents", sa.Column(name, sa.String, nullable=True))
        op.execute(f"UPDATE documents SET {name} = (SELECT max({name}) FROM captures WHERE document_id = documents.id)")
    _rename_paper_titles("paper_names", "name", "paper_titles", "title_key")
    forbid_denied_links()
    for table in _REFERRING:
        op.drop_index(f"{table}_paper_source_id", table)
    op.drop_index("session_sources_stated_key", "session_sources")
    op.drop_column("session_sources", "stated_key")
    op.drop_index("session_sources_edition_id", "session_sources")
    op.drop_column("session_sources", "edition_id")
    for name in ("accepted_papers", "accepted_source"):
        op.drop_column("editions", name)
    for name in _LOCAL:
        op.drop_column("slot_sources", name)
    for table in ("sessions", "slots"):
        op.drop_column(table, "is_cancelled")
    op.drop_index("documents_refers_to", "documents")
    for name in (
        "given_time_zone",
        "given_columns",
        "given_format",
        "refers_to",
        "is_current",
        "rules_version",
        "format_version",
    ):
        op.drop_column("documents", name)
    for table in ("redirects", "corrections", "changes", "captures", "sources"):
        op.drop_table(table)


def _extend_mentions() -> None:
    for name in _STATED:
        op.add_column("paper_sources", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("paper_sources", sa.Column("published_in", sa.String, nullable=True))
    op.add_column("paper_sources", sa.Column("published_year", sa.Integer, nullable=True))
    _index_mentions("paper_id", "document_id", "has_abstract")


def _index_mentions(*columns: str) -> None:
    """Index the mentions of a paper, with what is asked of all of them."""
    op.drop_index("paper_sources_paper_id", "paper_sources")
    op.create_index("paper_sources_paper_id", "paper_sources", list(columns))


def _create_sources_and_captures() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("uri", sa.String, nullable=False),
        sa.Column("scope", sa.String, nullable=False),
    )
    op.create_index("sources_uri_scope", "sources", ["uri", "scope"], unique=True)
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source_id", sa.Integer, sa.ForeignKey("sources.id"), nullable=False),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("captured_at", INSTANT, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("etag", sa.String),
        sa.Column("last_modified", sa.String),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("replaces_id", sa.Integer, sa.ForeignKey("captures.id")),
        _one_of("captures", "basis", BASES),
    )
    op.create_index("captures_source_id", "captures", ["source_id", "captured_at", "document_id"], unique=True)
    op.create_index("captures_document_id", "captures", ["document_id"])
    op.create_index("captures_replaces_id", "captures", ["replaces_id"])


def _add_code_promise() -> None:
    """Add the column and its index; it is filled when the documents are read again."""
    promises = ", ".join(map(repr, PROMISES))
    op.execute(
        "ALTER TABLE papers ADD COLUMN code_promise VARCHAR "
        f"CONSTRAINT ck_papers_code_promise CHECK (code_promise IN ({promises}))"
    )
    stated = sa.text("code_promise IS NOT NULL")
    op.create_index("papers_code_promise", "papers", ["code_promise"], sqlite_where=stated, postgresql_where=stated)


def _create_edition_tables() -> None:
    _create_edition_sources()
    _create_paper_editions()


def _create_paper_editions() -> None:
    """Create the table, filled from slots and lists; lists say more when their documents are read again."""
    # Batch mode would rewrite the whole table for a constraint, although SQLite can add such a column in place.
    kinds = ", ".join(map(repr, KINDS))
    op.execute(
        f"ALTER TABLE paper_sources ADD COLUMN kind VARCHAR CONSTRAINT ck_paper_sources_kind CHECK (kind IN ({kinds}))"
    )
    op.create_table(
        "paper_editions",
        sa.Column("paper_id", sa.Integer, sa.ForeignKey("papers.id"), primary_key=True),
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        _one_of("paper_editions", "kind", KINDS),
        sqlite_with_rowid=False,
    )
    op.create_index("paper_editions_edition_id", "paper_editions", ["edition_id", "kind", "paper_id"])
    op.execute(
        "INSERT INTO paper_editions (paper_id, edition_id, kind) "
        "SELECT slots.paper_id, sessions.edition_id, slots.kind "
        "FROM slots JOIN sessions ON sessions.id = slots.session_id "
        "WHERE slots.paper_id IS NOT NULL AND sessions.edition_id IS NOT NULL "
        "UNION SELECT paper_id, edition_id, 'other' FROM paper_sources WHERE edition_id IS NOT NULL"
    )
    op.execute(
        "DELETE FROM paper_editions WHERE kind = 'other' AND EXISTS (SELECT 1 FROM paper_editions AS said "
        "WHERE said.paper_id = paper_editions.paper_id AND said.edition_id = paper_editions.edition_id "
        "AND said.kind <> 'other')"
    )


def _create_edition_sources() -> None:
    op.create_table(
        "edition_sources",
        sa.Column("edition_id", sa.Integer, sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("line_start", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("line_end", sa.Integer, nullable=False),
        sa.Column("path", sa.String),
        sa.Column("venue_name", sa.String, nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("city", sa.String),
        sa.Column("url", sa.String),
        sqlite_with_rowid=False,
    )
    op.create_index("edition_sources_document_id", "edition_sources", ["document_id"])


def _create_changes() -> None:
    texts = ("field", "before", "after", "edition", "session_key", "listing_key", "title_key")
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source_id", sa.Integer, sa.ForeignKey("sources.id"), nullable=False),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("before_document_id", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("captured_at", INSTANT, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("change", sa.String, nullable=False),
        *(sa.Column(name, sa.String) for name in texts),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("former_key", sa.String),
        _one_of("changes", "subject", CHANGE_SUBJECTS),
        _one_of("changes", "change", CHANGES),
    )
    indexed = ("source_id", "document_id", "before_document_id", "edition", "session_key", "listing_key", "title_key")
    for name in indexed:
        op.create_index(f"changes_{name}", "changes", [name])


def _create_corrections_and_redirects() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("line_start", sa.Integer, nullable=False),
        sa.Column("line_end", sa.Integer, nullable=False),
        sa.Column("path", sa.String),
        *(sa.Column(name, sa.String, nullable=False) for name in ("subject_type", "subject", "field", "value")),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("target_key", sa.String),
        _one_of("corrections", "subject_type", CORRECTION_SUBJECTS),
    )
    for name in ("document_id", "target_key"):
        op.create_index(f"corrections_{name}", "corrections", [name])
    op.create_table(
        "redirects",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("target", sa.String, nullable=False),
        _one_of("redirects", "kind", REDIRECTS),
        sqlite_with_rowid=False,
    )
    op.create_index("redirects_target", "redirects", ["target"])


def _drop_edition_tables_and_promises() -> None:
    op.drop_index("papers_code_promise", "papers")
    op.drop_table("edition_sources")
    op.drop_table("paper_editions")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_papers_code_promise", "papers", type_="check")
        op.drop_constraint("ck_paper_sources_kind", "paper_sources", type_="check")
    op.drop_column("papers", "code_promise")
    for name in ("kind", "published_in", "published_year", *_STATED):
        op.drop_column("paper_sources", name)


def _one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(map(repr, values))})", name=f"ck_{table}_{column}")


def _rename_paper_titles(old: str, old_column: str, new: str, new_column: str) -> None:
    """Copy a table of two columns into one of another name; SQLite would keep the old names of its indexes."""
    op.create_table(
        new,
        sa.Column("paper_id", sa.Integer, sa.ForeignKey("papers.id"), primary_key=True),
        sa.Column(new_column, sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO {new} (paper_id, {new_column}) SELECT paper_id, {old_column} FROM {old}")
    op.drop_table(old)
    op.create_index(f"{new}_{new_column}", new, [new_column])


def _fill_captures() -> None:
    """Make each document a capture of its URI, taken on the day recorded or, at the latest, when it was ingested."""
    op.execute(
        "INSERT INTO sources (id, uri, scope) "
        "SELECT row_number() OVER (ORDER BY min(id)), uri, '' FROM documents GROUP BY uri"
    )
    day = "captured_on || 'T00:00:00Z'"
    if op.get_bind().dialect.name == "postgresql":
        day = "captured_on::timestamp AT TIME ZONE 'UTC'"
    op.execute(
        "INSERT INTO captures (id, source_id, document_id, captured_at, basis, etag, last_modified, is_current) "
        f"SELECT d.id, s.id, d.id, coalesce({day}, d.ingested_at), "
        "CASE WHEN d.captured_on IS NULL THEN 'file' ELSE 'server' END, d.etag, d.last_modified, true "
        "FROM documents d JOIN sources s ON s.uri = d.uri"
    )
