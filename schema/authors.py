"""Authors and their places on bylines."""

from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import CLUSTERED, local_id, related

if TYPE_CHECKING:
    from programme.schema.papers import Paper
    from programme.schema.sessions import SessionModerator


class Author(SQLModel, table=True):
    """A person or group, identified by name alone. One row per normalised name."""

    __tablename__ = "authors"
    __table_args__ = (Index("authors_key", "key", unique=True), Index("authors_name", "name"))

    id: int = local_id()
    key: str = Field(description="Stable digest of the normalised name.")
    name: str = Field(description="Name, cleaned; where spellings differ, one is chosen by rule.")
    plain_name: str = Field(
        default="", description="Name in lower case, without accents and punctuation, by which it is found."
    )

    authorships: list["Authorship"] = related("author", order_by="Authorship.paper_id")
    papers: list["Paper"] = related("authors", secondary="authorships", order_by="Paper.title")
    moderations: list["SessionModerator"] = related("author", order_by="SessionModerator.session_id")


class Authorship(SQLModel, table=True):
    """An author's place on a paper's byline. One row per paper and position."""

    __tablename__ = "authorships"
    __table_args__ = (Index("authorships_author_id", "author_id"), CLUSTERED)

    paper_id: int = Field(primary_key=True, foreign_key="papers.id", description="The paper.")
    position: int = Field(primary_key=True, description="Position on the byline, from 1.")
    author_id: int = Field(foreign_key="authors.id", description="The author.")
    raw_name: str = Field(description="Name as printed.")
    affiliation: str | None = Field(default=None, description="Affiliation as printed.")

    paper: "Paper" = related("authorships")
    author: Author = related("authorships")
