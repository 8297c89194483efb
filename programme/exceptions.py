"""The errors that a user can do something about; the command line prints each as one line, without a traceback."""

from programme.messages import without_passwords


class ProgrammeError(Exception):
    """Base of every error that Programme raises on purpose; the message says what is wrong and what to do.

    It shows no password of a URL, whoever wrote the message: errors end up in logs and notebooks.

    >>> ProgrammeError("postgresql://ada:secret@localhost/p: cannot be opened")
    ProgrammeError('postgresql://ada@localhost/p: cannot be opened')
    """

    def __init__(self, *parts: object) -> None:
        super().__init__(*(without_passwords(part) if isinstance(part, str) else part for part in parts))


class StoreError(ProgrammeError):
    """A database or an export cannot be opened, read or written."""


class ValueRefusedError(StoreError):
    """A database refuses a value, such as one out of range; it can be written without the document that states it."""


class QueryError(ProgrammeError):
    """A query cannot be run."""
