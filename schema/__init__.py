"""The tables of Programme: one module per table group, one class per table.

`metadata` holds them all; Alembic compares it with a database. Class docstrings and field descriptions are the data
dictionary: the Datasette metadata is generated from them.
"""

from sqlmodel import SQLModel

from programme.schema.authors import Author, Authorship
from programme.schema.documents import Document, DocumentPart, DocumentProblem
from programme.schema.listings import Listing, ListingEntry, ListingSource
from programme.schema.papers import Paper, PaperIdentifier, PaperSource, PaperTitle
from programme.schema.repositories import PaperLink, RepoLink, Repository
from programme.schema.sessions import ConferenceSession, SessionModerator, SessionSource, Slot, SlotSource
from programme.schema.venues import Edition, Venue

metadata = SQLModel.metadata

TABLES: tuple[type[SQLModel], ...] = (
    Venue,
    Edition,
    Document,
    DocumentPart,
    DocumentProblem,
    ConferenceSession,
    SessionSource,
    SessionModerator,
    Slot,
    SlotSource,
    Paper,
    PaperIdentifier,
    PaperTitle,
    PaperSource,
    Author,
    Authorship,
    Repository,
    RepoLink,
    PaperLink,
    Listing,
    ListingSource,
    ListingEntry,
)
"""Every table class, in the order a reader meets them."""

__all__ = [
    "TABLES",
    "Author",
    "Authorship",
    "ConferenceSession",
    "Document",
    "DocumentPart",
    "DocumentProblem",
    "Edition",
    "Listing",
    "ListingEntry",
    "ListingSource",
    "Paper",
    "PaperIdentifier",
    "PaperLink",
    "PaperSource",
    "PaperTitle",
    "RepoLink",
    "Repository",
    "SessionModerator",
    "SessionSource",
    "Slot",
    "SlotSource",
    "Venue",
    "metadata",
]
