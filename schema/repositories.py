"""Repositories, and the statements of papers that link them."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import local_id


class Repository(SQLModel, table=True):
    """A code, model or data repository. One row per host and path, compared without case."""

    __tablename__ = "repositories"
    __table_args__ = (Index("repositories_key", "key", unique=True), Index("repositories_host", "host"))

    id: int = local_id()
    key: str = Field(description="Stable digest of host and path.")
    host: str = Field(description="Host in lower case: `github.com`.")
    path: str = Field(description="Path, `owner/name`; of several spellings the one chosen by rule.")
    url: str = Field(description="Address to open.")


class RepoLink(SQLModel, table=True):
    """A paper's statement of a repository. One row per mention of the link."""

    __tablename__ = "repo_links"
    __table_args__ = (
        Index("repo_links_paper_id", "paper_id", "role"),
        Index("repo_links_repository_id", "repository_id"),
        Index("repo_links_document_id", "document_id"),
        Index("repo_links_role", "role"),
    )

    id: int = local_id()
    paper_id: int = Field(foreign_key="papers.id", description="The paper that states it.")
    repository_id: int = Field(foreign_key="repositories.id", description="The repository.")
    document_id: int = Field(foreign_key="documents.id", description="The document it was read in.")
    paper_source_id: int = Field(foreign_key="paper_sources.id", description="The mention of the paper it was read in.")
    raw_url: str = Field(description="The link as written.")
    path: str = Field(description="The repository's path as spelt there, cleaned.")
    role: str = Field(description="`own`: the paper's own work; `other`: somebody else's, such as a baseline.")
    field: str = Field(description="Where in the mention it stands: `abstract` or `title`.")
    char_start: int = Field(description="First character of the link in that field, from 0.")
    char_end: int = Field(description="Character after its last one.")
    rule: str = Field(description="Name of the rule that found it.")


class PaperLink(SQLModel, table=True):
    """A link of a paper that is no repository. One row per mention of the link."""

    __tablename__ = "paper_links"
    __table_args__ = (
        Index("paper_links_paper_id", "paper_id"),
        Index("paper_links_document_id", "document_id"),
        Index("paper_links_kind", "kind"),
    )

    id: int = local_id()
    paper_id: int = Field(foreign_key="papers.id", description="The paper that states it.")
    document_id: int = Field(foreign_key="documents.id", description="The document it was read in.")
    paper_source_id: int = Field(foreign_key="paper_sources.id", description="The mention of the paper it was read in.")
    kind: str = Field(description="`project_page`, `video`, `account`, `short_link`, `dataset` or `other`.")
    url: str = Field(description="Address to open.")
    raw_url: str = Field(description="The link as written.")
    field: str = Field(description="Where in the mention it stands: `abstract` or `title`.")
    char_start: int = Field(description="First character of the link in that field, from 0.")
    char_end: int = Field(description="Character after its last one.")
