"""Authors and their places on bylines."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, local_id


class Author(SQLModel, table=True):
    """A person or group, as far as spelling tells: one row per name form."""

    __tablename__ = "authors"
    __table_args__ = (Index("authors_key", "key", unique=True), Index("authors_name", "name"))

    id: int = local_id()
    key: str = Field(description="Stable digest of the normalised name.")
    name: str = Field(description="Name, cleaned; of several spellings the one chosen by rule.")


class Authorship(SQLModel, table=True):
    """A place on a paper's byline. One row per paper and position."""

    __tablename__ = "authorships"
    __table_args__ = (Index("authorships_author_id", "author_id"), CLUSTERED)

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    position: int = Field(primary_key=True, description="Place on the byline, from 1.")
    author_id: int = Field(foreign_key="authors.id", description="The author.")
    raw_name: str = Field(description="Name as printed.")
    affiliation: str | None = Field(default=None, description="Affiliation as printed.")
