"""What Alembic runs around revisions. Views and full-text search are no part of them: they go before and come after.

Everything happens in the one transaction of the connection given as `config.attributes["connection"]`.
"""

from alembic import context
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from programme.queries.search import create_search, create_views, drop_search, drop_views
from programme.schema import metadata


def migrate(connection: Connection) -> None:
    """Run the revisions, and bring views and full-text search back when the newest is reached."""
    engine = connection.dialect.name
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=engine == "sqlite", transactional_ddl=True
    )
    drop_views(connection.exec_driver_sql, engine)
    drop_search(connection.exec_driver_sql, engine)
    with context.begin_transaction():
        context.run_migrations()
    if engine == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"a row of {broken[0]} points to no row of {broken[2]}; nothing was changed")
    newest = ScriptDirectory.from_config(context.config).get_current_head()
    if context.get_context().get_current_revision() == newest:
        create_search(connection.exec_driver_sql, engine)
        create_views(connection.exec_driver_sql, engine)


target = context.config.attributes["connection"]
if isinstance(target, Engine):
    with target.begin() as connection:
        migrate(connection)
else:
    migrate(target)
