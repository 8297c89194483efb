"""The environment in which Alembic runs the revisions.

Views and full-text search are no part of a revision: they are dropped before and created again afterwards, because
SQLite cannot rewrite a table that a view reads, and batch mode would lose the search index. Comments in PostgreSQL are
written afterwards too, so that a changed description needs no revision.

Everything happens in one transaction, that of the connection given as `config.attributes["connection"]`.
"""

from typing import Any

from alembic import context
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from programme.queries import catalogue
from programme.queries.search import create_search, create_views, drop_search, drop_views
from programme.queries.sql import literal
from programme.schema import metadata


def migrate(connection: Connection) -> None:
    """Run the revisions; create views and full-text search again when the latest is reached."""
    engine = connection.dialect.name
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=engine == "sqlite", transactional_ddl=True
    )
    drop_views(connection.exec_driver_sql, engine)
    drop_search(connection.exec_driver_sql, engine)
    with context.begin_transaction():
        context.run_migrations()
    # Foreign keys are off in SQLite while batch mode drops and renames tables, so they are checked here.
    if engine == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"a row of {broken[0]} refers to a missing row of {broken[2]}; nothing was changed")
    latest = ScriptDirectory.from_config(context.config).get_current_head()
    if context.get_context().get_current_revision() == latest:
        create_search(connection.exec_driver_sql, engine)
        create_views(connection.exec_driver_sql, engine)
        if connection.dialect.supports_comments:
            write_comments(connection)


def write_comments(connection: Connection) -> None:
    """Describe every table, view and column in the database, as `schema` and the headers of `queries` do."""
    statements = []
    for table in metadata.sorted_tables:
        statements.append(f"COMMENT ON TABLE {table.name} IS {literal(table.comment or '')}")
        statements += (f"COMMENT ON COLUMN {column} IS {literal(column.comment or '')}" for column in table.columns)
    for view in (query for query in catalogue().values() if query.is_view):
        statements.append(f"COMMENT ON VIEW {view.name} IS {literal(view.description)}")
        for column in view.columns:
            statements.append(f"COMMENT ON COLUMN {view.name}.{column.name} IS {literal(column.explanation)}")
    # One trip to the server instead of hundreds. Only the driver itself takes several statements at once.
    driver: Any = connection.connection.driver_connection
    driver.execute(";\n".join(statements))


target = context.config.attributes["connection"]
if isinstance(target, Engine):
    with target.begin() as connection:
        migrate(connection)
else:
    migrate(target)
