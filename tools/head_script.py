"""`migrations/head.sql`: every table and index of the latest schema, so that a first load need not import Alembic."""

from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text

from programme.loaders.store.revisions import create_or_upgrade, head
from programme.queries.search import drop_search, drop_views


def written_head_script() -> str:
    """Generate the text of `migrations/head.sql` by running every revision on an empty database."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/head.db"
        create_or_upgrade(url)
        engine = create_engine(url)
        with engine.begin() as connection:
            # `create_sqlite` creates these from queries/, which may change without a revision.
            drop_views(connection.exec_driver_sql, "sqlite")
            drop_search(connection.exec_driver_sql, "sqlite")
            found = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"))
            statements = [" ".join(str(sql).split()) for (sql,) in found]
        engine.dispose()
    statements.append(f"INSERT INTO alembic_version (version_num) VALUES ('{head()}')")
    return ";\n".join(statements) + ";\n"
