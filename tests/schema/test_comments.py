"""PostgreSQL describes every table, view and column as we do, also where a description has changed since."""

import sqlalchemy as sa

from programme.loaders.store.revisions import create_or_upgrade, migration_engine
from programme.queries import catalogue
from programme.schema import TABLES, metadata


def test_everything_is_described() -> None:
    for model in TABLES:
        table = metadata.tables[str(model.__tablename__)]
        assert table.comment, table.name
        assert all(column.comment for column in table.columns), table.name


def test_postgresql_holds_the_descriptions(postgres_url: str) -> None:
    create_or_upgrade(postgres_url)
    engine = migration_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("COMMENT ON COLUMN papers.title IS 'as described by an older version'")
        connection.exec_driver_sql("COMMENT ON TABLE papers IS NULL")
    create_or_upgrade(postgres_url)
    found = sa.inspect(engine)
    for table in metadata.sorted_tables:
        assert found.get_table_comment(table.name)["text"] == table.comment
        comments = {column["name"]: column["comment"] for column in found.get_columns(table.name)}
        assert comments == {column.name: column.comment for column in table.columns}
    for view in (query for query in catalogue().values() if query.is_view):
        comments = {column["name"]: column["comment"] for column in found.get_columns(view.name)}
        assert comments == {column.name: column.explanation for column in view.columns}
        assert found.get_table_comment(view.name)["text"] == view.description
