"""The tables of Programme as SQLModel classes: one module per group of tables, one class per table.

`metadata` holds them all; Alembic compares it with a database. Class docstrings and field descriptions are the data
dictionary: `docs/schema.md`, the Datasette metadata and the comments in PostgreSQL are made of them.
"""

import inspect

from sqlmodel import SQLModel

from programme.schema.authors import Author, Authorship
from programme.schema.captures import Capture, Change, Redirect, Source
from programme.schema.corrections import Correction
from programme.schema.documents import Document, DocumentPart, DocumentProblem
from programme.schema.listings import Listing, ListingEntry, ListingSource
from programme.schema.papers import Paper, PaperEdition, PaperIdentifier, PaperName, PaperSource
from programme.schema.repositories import PaperLink, RepoLink, Repository
from programme.schema.sessions import ConferenceSession, SessionModerator, SessionSource, Slot, SlotSource
from programme.schema.venues import Edition, EditionSource, Venue
from programme.schema.vocabularies import (
    CaptureBasis,
    ChangeKind,
    ChangeSubject,
    CodePromise,
    CorrectionSubject,
    EditionBasis,
    Kind,
    LinkRole,
    PaperLinkKind,
    RedirectKind,
)

metadata = SQLModel.metadata

TABLES: tuple[type[SQLModel], ...] = (
    Venue,
    Edition,
    Source,
    Capture,
    Document,
    DocumentPart,
    DocumentProblem,
    EditionSource,
    ConferenceSession,
    SessionSource,
    SessionModerator,
    Slot,
    SlotSource,
    Paper,
    PaperEdition,
    PaperIdentifier,
    PaperName,
    PaperSource,
    Author,
    Authorship,
    Repository,
    RepoLink,
    PaperLink,
    Listing,
    ListingSource,
    ListingEntry,
    Change,
    Correction,
    Redirect,
)
"""Every table class, in the order a reader meets them."""


def _describe(model: type[SQLModel]) -> None:
    """Make the docstring and the field descriptions of a class the comments of its table and columns."""
    table = metadata.tables[str(model.__tablename__)]
    table.comment = " ".join((inspect.getdoc(model) or "").split())
    for name, field in model.model_fields.items():
        table.columns[name].comment = field.description


for _model in TABLES:
    _describe(_model)

__all__ = [
    "TABLES",
    "Author",
    "Authorship",
    "Capture",
    "CaptureBasis",
    "Change",
    "ChangeKind",
    "ChangeSubject",
    "ConferenceSession",
    "Correction",
    "CorrectionSubject",
    "Document",
    "DocumentPart",
    "DocumentProblem",
    "Edition",
    "CodePromise",
    "EditionBasis",
    "EditionSource",
    "Kind",
    "LinkRole",
    "Listing",
    "ListingEntry",
    "ListingSource",
    "Paper",
    "PaperEdition",
    "PaperIdentifier",
    "PaperLink",
    "PaperLinkKind",
    "PaperSource",
    "PaperName",
    "Redirect",
    "RedirectKind",
    "RepoLink",
    "Repository",
    "SessionModerator",
    "SessionSource",
    "Slot",
    "SlotSource",
    "Source",
    "Venue",
    "metadata",
]
