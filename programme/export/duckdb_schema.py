"""The tables as DuckDB and Parquet declare them: types, keys, indexes and comments, from `schema`."""

from collections.abc import Iterator, Sequence

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, Table

from programme.queries.sql import literal
from programme.schema import metadata
from programme.schema.columns import Instant

_TYPES = (
    (Instant, "TIMESTAMPTZ"),
    (Boolean, "BOOLEAN"),
    (BigInteger, "BIGINT"),
    (Integer, "INTEGER"),
    (Date, "DATE"),
    (LargeBinary, "BLOB"),
)


def tables() -> Sequence[Table]:
    """Return every table, after those it refers to."""
    return metadata.sorted_tables


def type_of(column: "Column[object]") -> str:
    """Return the type of a column in DuckDB and Parquet."""
    return next((name for type_, name in _TYPES if isinstance(column.type, type_)), "VARCHAR")


def is_partitioned(table: Table) -> bool:
    """Return whether the rows of a table belong to an edition each, and can be split into files by it."""
    return "edition_id" in table.columns


def holds_bytes(table: Table) -> bool:
    """Return whether a table has a column of bytes, so that a few of its rows may fill the memory."""
    return any(isinstance(column.type, LargeBinary) for column in table.columns)


def duckdb_table(table: Table) -> str:
    """Return the statement that creates a table in DuckDB, with its keys and its references to other tables."""
    lines = [f'"{column.name}" {type_of(column)}{"" if column.nullable else " NOT NULL"}' for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(column.name for column in table.primary_key.columns)})")
    lines += [
        f'FOREIGN KEY ("{key.parent.name}") REFERENCES "{key.column.table.name}" ("{key.column.name}")'
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
        # DuckDB checks a reference to the same table row by row, so a row could not come before the one it refers to.
        if key.column.table is not table
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def duckdb_indexes(table: Table) -> Iterator[str]:
    """Yield the statements that create its indexes; DuckDB has no partial ones, which become indexes of all rows."""
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        columns = ", ".join(f'"{column.name}"' for column in index.columns)
        yield f'CREATE {"UNIQUE " if index.unique else ""}INDEX "{index.name}" ON "{table.name}" ({columns})'


def duckdb_comments() -> Iterator[str]:
    """Yield the statements that comment on every table and column."""
    for table in tables():
        yield f'COMMENT ON TABLE "{table.name}" IS {literal(table.comment or "")}'
        for column in table.columns:
            yield f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {literal(column.comment or "")}'
