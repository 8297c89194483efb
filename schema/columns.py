"""Column types, constraints and relationships that every table module uses."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, Relationship

CLUSTERED = {"sqlite_with_rowid": False}
"""Table argument: SQLite stores the rows in the order of their composite primary key (WITHOUT ROWID).

The table is its own index then; an ordinary table would hold a second copy of the key in one.
"""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: `timestamptz` in PostgreSQL, ISO 8601 text like `2021-07-20T14:00:00Z` in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of `dialect`."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write an aware datetime; raises ValueError for a naive one."""
        if value is None or dialect.name == "postgresql":
            return value
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; an instant needs one")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """Return an aware datetime in UTC."""
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


class Choice(TypeDecorator[StrEnum]):
    """A member of a closed vocabulary, stored as text.

    SQLAlchemy's own Enum would store the names of members instead of their values, as a column type of PostgreSQL or a
    VARCHAR of fixed length; the loaders write the values as plain text, and a longer value must not need a new type.
    """

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Write a value of the vocabulary, given as a member or as text; raises ValueError for any other."""
        return None if value is None else self.vocabulary(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the member of the vocabulary."""
        return None if value is None else self.vocabulary(value)


def local_id() -> Any:
    """Return a primary key that means nothing outside this database; the loader assigns the numbers."""
    return Field(
        primary_key=True,
        description="Number of the row, in this database only.",
        sa_column_kwargs={"autoincrement": False},
    )


def choice(vocabulary: type[StrEnum], description: str, **options: Any) -> Any:
    """Return a column that holds a value of `vocabulary`. Its table also needs the constraint `one_of`."""
    return Field(sa_type=Choice(vocabulary), description=description, **options)


def one_of(table: str, column: str, vocabulary: type[StrEnum]) -> CheckConstraint:
    """Return the constraint that keeps a column to `vocabulary` (null passes where the column allows it).

    >>> from programme.schema.vocabularies import LinkRole
    >>> one_of("repo_links", "role", LinkRole).sqltext.text
    "role IN ('own', 'other', 'denied')"
    """
    values = ", ".join(f"'{value}'" for value in vocabulary)
    return CheckConstraint(f"{column} IN ({values})", name=f"ck_{table}_{column}")


def related(back: str | None = None, **options: Any) -> Any:
    """Return a relationship to the rows of another table; `back` names its counterpart there.

    All are for reading only (`viewonly`): facts are written by the loaders, which derive them from documents. `options`
    are those of SQLAlchemy's `relationship`, such as `order_by`. A class defined in a later module is a string in the
    annotation, and optional as `Optional["Paper"]`, because Python cannot evaluate `"Paper" | None`.
    """
    options["viewonly"] = True
    return Relationship(back_populates=back, sa_relationship_kwargs=options)
