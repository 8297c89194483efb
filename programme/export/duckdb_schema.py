"""The shape of every table, from `schema`: what its columns hold, and how files of other kinds declare it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, Table
from sqlmodel import SQLModel

from programme.schema import TABLES, metadata
from programme.schema.columns import Instant

_TYPES = (
    (Instant, "TIMESTAMPTZ"),
    (Boolean, "BOOLEAN"),
    (BigInteger, "BIGINT"),
    (Integer, "INTEGER"),
    (Date, "DATE"),
    (LargeBinary, "BLOB"),
)
INSTANT_TEXT = "strftime(make_timestamp(epoch_us({})), '%Y-%m-%dT%H:%M:%SZ')"
"""An instant of DuckDB as ISO 8601 text, without the extension that knows time zones."""


def tables() -> Sequence[Table]:
    """Every table, those that others refer to first."""
    return metadata.sorted_tables


def type_of(column: "Column[object]") -> str:
    """The type of a column in DuckDB and Parquet."""
    return next((name for type_, name in _TYPES if isinstance(column.type, type_)), "VARCHAR")


def holds_bytes(table: Table) -> bool:
    """Whether a table has a column of bytes, so that few rows may be much."""
    return any(isinstance(column.type, LargeBinary) for column in table.columns)


def duckdb_table(table: Table) -> str:
    """The statement that makes a table in DuckDB, with its keys and references."""
    lines = [f'"{column.name}" {type_of(column)}{"" if column.nullable else " NOT NULL"}' for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(column.name for column in table.primary_key.columns)})")
    lines += [
        f'FOREIGN KEY ("{key.parent.name}") REFERENCES "{key.column.table.name}" ("{key.column.name}")'
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def duckdb_indexes(table: Table) -> Iterator[str]:
    """The statements that make its indexes; DuckDB knows none over a part of the rows, which become whole."""
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        columns = ", ".join(f'"{column.name}"' for column in index.columns)
        yield f'CREATE {"UNIQUE " if index.unique else ""}INDEX "{index.name}" ON "{table.name}" ({columns})'


def duckdb_comments() -> Iterator[str]:
    """The statements that say of every table and column what it holds."""
    for model in TABLES:
        name = model.__tablename__
        yield f'COMMENT ON TABLE "{name}" IS {literal((model.__doc__ or "").strip())}'
        yield from _column_comments(str(name), model)


def _column_comments(table: str, model: type[SQLModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if field.description:
            yield f'COMMENT ON COLUMN "{table}"."{name}" IS {literal(field.description)}'


def literal(text: str) -> str:
    """A text in SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"
