"""The closed vocabularies: the values a column may hold. A CHECK constraint in the database enforces each of them.

Members are strings, so `slot.kind == "oral"` and `slot.kind == Kind.ORAL` are the same question.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a session or slot is."""

    ORAL = "oral"
    SPOTLIGHT = "spotlight"
    POSTER = "poster"
    QA = "qa"
    KEYNOTE = "keynote"
    BREAK = "break"
    WORKSHOP = "workshop"
    TUTORIAL = "tutorial"
    SOCIAL = "social"
    OTHER = "other"


class LinkRole(StrEnum):
    """Whose work a linked repository holds: the paper's own, or that of others, such as a baseline.

    A link that a correction denies stays as a statement of its document, and nothing counts it.
    """

    OWN = "own"
    OTHER = "other"
    DENIED = "denied"


class CodePromise(StrEnum):
    """The word by which the end of an abstract promises code."""

    AVAILABLE = "available"
    RELEASED = "released"
    OPEN_SOURCE = "open source"
    PUBLIC = "public"
    FOUND = "found"
    PROVIDED = "provided"


class PaperLinkKind(StrEnum):
    """What a link that leads to no repository leads to."""

    PROJECT_PAGE = "project_page"
    VIDEO = "video"
    ACCOUNT = "account"
    SHORT_LINK = "short_link"
    DATASET = "dataset"
    OTHER = "other"


class EditionBasis(StrEnum):
    """How the edition is known: the document states it, the curator gave it, or weekday and date imply it."""

    STATED = "stated"
    GIVEN = "given"
    INFERRED = "inferred"


class CaptureBasis(StrEnum):
    """How the instant of a capture is known, in order of trust.

    The curator gave it, a web archive recorded it, a server stated it, or it is the modification time of a file.
    """

    GIVEN = "given"
    WEB_ARCHIVE = "web archive"
    SERVER = "server"
    FILE = "file"


class ChangeSubject(StrEnum):
    """What differs between two captures of a source."""

    SESSION = "session"
    SLOT = "slot"
    PAPER = "paper"
    ENTRY = "entry"


class ChangeKind(StrEnum):
    """How it differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class CorrectionSubject(StrEnum):
    """What a correction is about."""

    PAPER = "paper"
    SESSION = "session"
    SLOT = "slot"
    ENTRY = "entry"
    AUTHOR = "author"


class RedirectKind(StrEnum):
    """What a key that is no longer in use named."""

    PAPER = "paper"
    SESSION = "session"
    AUTHOR = "author"


KINDS = tuple(kind.value for kind in Kind)
"""The values of `Kind` as plain strings, in the order in which pages list them."""
