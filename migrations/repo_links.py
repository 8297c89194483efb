"""Changes to the table of repository links that go back and forth."""

import sqlalchemy as sa
from alembic import op


def allow_denied_links() -> None:
    """Let a correction deny a link, whose role as stated is kept."""
    op.add_column("repo_links", sa.Column("stated_role", sa.String, nullable=True))
    _index(["paper_id", "repository_id", "role"], ["repository_id", "paper_id", "role"])
    _change_roles(("own", "other"), ("own", "other", "denied"))


def forbid_denied_links() -> None:
    """Give links the roles that documents state, and forget which were denied."""
    op.execute("UPDATE repo_links SET role = stated_role WHERE stated_role IS NOT NULL")
    _change_roles(("own", "other", "denied"), ("own", "other"))
    _index(["paper_id", "role"], ["repository_id"])
    op.drop_column("repo_links", "stated_role")


def _index(of_paper: list[str], of_repository: list[str]) -> None:
    """Give the two indexes of repository links other columns."""
    for first, columns in (("paper_id", of_paper), ("repository_id", of_repository)):
        op.drop_index(f"repo_links_{first}", "repo_links")
        op.create_index(f"repo_links_{first}", "repo_links", columns)


def _change_roles(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Allow other roles of repository links; SQLite rewrites the table for that, whose text says the constraint."""
    connection = op.get_bind()
    old, new = (f"CHECK (role IN ({', '.join(map(repr, roles))}))" for roles in (before, after))
    if connection.dialect.name == "postgresql":
        op.drop_constraint("ck_repo_links_role", "repo_links", type_="check")
        op.execute(f"ALTER TABLE repo_links ADD CONSTRAINT ck_repo_links_role {new}")
        return
    found = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'repo_links' ORDER BY rowid"
    )
    statements = [(kind, str(sql)) for kind, sql in found if sql]
    (table,) = (sql for kind, sql in statements if kind == "table")
    connection.exec_driver_sql(f"CREATE TABLE rewritten {table[table.index('(') :].replace(old, new)}")
    connection.exec_driver_sql("INSERT INTO rewritten SELECT * FROM repo_links")
    connection.exec_driver_sql("DROP TABLE repo_links")
    connection.exec_driver_sql("ALTER TABLE rewritten RENAME TO repo_links")
    for kind, sql in statements:
        if kind == "index":
            connection.exec_driver_sql(sql)
