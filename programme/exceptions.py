"""The errors that a user can do something about; the command line prints each as one line, without a traceback."""


class ProgrammeError(Exception):
    """Base of every error that Programme raises on purpose; the message says what is wrong and what to do."""


class StoreError(ProgrammeError):
    """A database or an export cannot be opened, read or written."""


class QueryError(ProgrammeError):
    """A query cannot be run."""
