"""Repositories, and the links by which papers state them."""

from typing import TYPE_CHECKING

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from programme.schema.columns import choice, local_id, one_of, related
from programme.schema.vocabularies import LinkRole, PaperLinkKind

if TYPE_CHECKING:
    from programme.schema.documents import Document
    from programme.schema.papers import Paper, PaperSource


class Repository(SQLModel, table=True):
    """A repository of code, models or data. One row per host and path, ignoring case."""

    __tablename__ = "repositories"
    __table_args__ = (Index("repositories_key", "key", unique=True), Index("repositories_host", "host"))

    id: int = local_id()
    key: str = Field(description="Stable digest of host and path.")
    host: str = Field(description="Host in lower case: `github.com`.")
    path: str = Field(description="Path, `owner/name`; where spellings differ, one is chosen by rule.")
    url: str = Field(description="URL to open.")

    repo_links: list["RepoLink"] = related("repository", order_by="(RepoLink.role.desc(), RepoLink.id)")


class RepoLink(SQLModel, table=True):
    """A paper's link to a repository. One row per mention of the link."""

    __tablename__ = "repo_links"
    __table_args__ = (
        one_of("repo_links", "role", LinkRole),
        # They cover what views need of a link: which paper and repository it joins, and in what role.
        Index("repo_links_paper_id", "paper_id", "repository_id", "role"),
        Index("repo_links_repository_id", "repository_id", "paper_id", "role"),
        Index("repo_links_document_id", "document_id"),
        Index("repo_links_paper_source_id", "paper_source_id"),
        Index("repo_links_role", "role"),
    )

    id: int = local_id()
    paper_id: int = Field(foreign_key="papers.id", description="The paper that states it.")
    repository_id: int = Field(foreign_key="repositories.id", description="The repository.")
    document_id: int = Field(foreign_key="documents.id", description="The document it was found in.")
    paper_source_id: int = Field(
        foreign_key="paper_sources.id", description="The mention of the paper it was found in."
    )
    raw_url: str = Field(description="The link as written.")
    path: str = Field(description="The repository's path as spelt there, cleaned.")
    role: LinkRole = choice(
        LinkRole,
        "`own`: the paper's own work; `other`: the work of others, such as a baseline; `denied`: a correction says "
        "that it is wrong.",
    )
    stated_role: str | None = Field(default=None, description="The role without a correction, where one changes it.")
    field: str = Field(description="Field of the mention that holds it: `abstract`, `title`, or a field of an export.")
    char_start: int = Field(description="First character of the link in that field, from 0.")
    char_end: int = Field(description="Character after the last one of the link.")
    rule: str = Field(description="Name of the rule that found it.")

    paper: "Paper" = related("repo_links")
    repository: Repository = related("repo_links")
    document: "Document" = related()
    paper_source: "PaperSource" = related("repo_links")


class PaperLink(SQLModel, table=True):
    """A paper's link to anything but a repository. One row per mention of the link."""

    __tablename__ = "paper_links"
    __table_args__ = (
        one_of("paper_links", "kind", PaperLinkKind),
        Index("paper_links_paper_id", "paper_id"),
        Index("paper_links_document_id", "document_id"),
        Index("paper_links_paper_source_id", "paper_source_id"),
        Index("paper_links_kind", "kind"),
    )

    id: int = local_id()
    paper_id: int = Field(foreign_key="papers.id", description="The paper that states it.")
    document_id: int = Field(foreign_key="documents.id", description="The document it was found in.")
    paper_source_id: int = Field(
        foreign_key="paper_sources.id", description="The mention of the paper it was found in."
    )
    kind: PaperLinkKind = choice(
        PaperLinkKind, "`project_page`, `video`, `account`, `short_link`, `dataset` or `other`."
    )
    url: str = Field(description="URL to open.")
    raw_url: str = Field(description="The link as written.")
    field: str = Field(description="Field of the mention that holds it: `abstract`, `title`, or a field of an export.")
    char_start: int = Field(description="First character of the link in that field, from 0.")
    char_end: int = Field(description="Character after the last one of the link.")

    paper: "Paper" = related("links")
    document: "Document" = related()
    paper_source: "PaperSource" = related("links")
