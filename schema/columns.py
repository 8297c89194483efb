"""Column types and shorthands that every table module uses."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field

CLUSTERED = {"sqlite_with_rowid": False}
"""Table argument: SQLite keeps the rows in the order of their composite primary key, and no second copy of it."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: `timestamptz` in PostgreSQL, ISO 8601 text like `2021-07-20T14:00:00Z` in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of `dialect`."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write an aware datetime; raises ValueError for a naive one."""
        if value is None or dialect.name == "postgresql":
            return value
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; an instant needs one")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """Read an aware datetime in UTC."""
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


def local_id() -> Any:
    """A primary key that means nothing outside this database; the loader hands the numbers out."""
    return Field(
        primary_key=True,
        description="Number of the row in this database alone.",
        sa_column_kwargs={"autoincrement": False},
    )
