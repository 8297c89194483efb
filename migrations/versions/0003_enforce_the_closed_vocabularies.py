"""Enforce the closed vocabularies with CHECK constraints."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = ("oral", "spotlight", "poster", "qa", "keynote", "break", "workshop", "tutorial", "social", "other")
BASES = ("stated", "given", "inferred")
LINK_KINDS = ("project_page", "video", "account", "short_link", "dataset", "other")

VOCABULARIES: dict[str, dict[str, tuple[str, ...]]] = {
    "paper_sources": {"edition_basis": BASES},
    "session_sources": {"kind": KINDS, "edition_basis": BASES},
    "sessions": {"kind": KINDS},
    "slot_sources": {"kind": KINDS},
    "slots": {"kind": KINDS},
    "repo_links": {"role": ("own", "other")},
    "paper_links": {"kind": LINK_KINDS},
}
"""The values allowed, by table and column. A revision keeps its own copy: the classes may change later."""


def upgrade() -> None:
    """Add the constraints; raises an IntegrityError where a row holds another value."""
    for table in VOCABULARIES:
        constraints = _constraints(table)
        if op.get_bind().dialect.name == "sqlite":
            columns, _, end = _definition(table).rpartition(")")
            _rewrite(table, f"{columns.rstrip()}, {', '.join(constraints)}){end}")
        else:
            for constraint in constraints:
                op.execute(f"ALTER TABLE {table} ADD {constraint}")


def downgrade() -> None:
    """Drop the constraints; rows stay."""
    for table, columns in VOCABULARIES.items():
        if op.get_bind().dialect.name == "sqlite":
            definition = _definition(table)
            for constraint in _constraints(table):
                definition = definition.replace(f", {constraint}", "")
            _rewrite(table, definition)
        else:
            for column in columns:
                op.drop_constraint(f"ck_{table}_{column}", table, type_="check")


def _constraints(table: str) -> list[str]:
    return [
        f"CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({', '.join(map(repr, values))}))"
        for column, values in VOCABULARIES[table].items()
    ]


def _definition(table: str) -> str:
    found = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return str(found.scalar_one())


def _rewrite(table: str, definition: str) -> None:
    """Give a table of SQLite another definition: copy its rows into a new one, which then takes its name and indexes.

    Alembic's batch mode does the same from a reflection of the table, whose foreign keys and indexes come in no certain
    order, so that no two databases would have the same schema text. Foreign keys are not enforced meanwhile.
    """
    connection = op.get_bind()
    indexes = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid",
        (table,),
    )
    statements = [str(sql) for (sql,) in indexes]
    start = definition.index("(")
    connection.exec_driver_sql(f"CREATE TABLE rewritten {definition[start:]}")
    connection.exec_driver_sql(f"INSERT INTO rewritten SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE rewritten RENAME TO {table}")
    for statement in statements:
        connection.exec_driver_sql(statement)
