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
    """Whose work a linked repository holds: the paper's own, or that of others, such as a baseline."""

    OWN = "own"
    OTHER = "other"


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


KINDS = tuple(kind.value for kind in Kind)
"""The values of `Kind` as plain strings, in the order in which pages list them."""
