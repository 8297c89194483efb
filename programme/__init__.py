"""The programme of every machine-learning conference as one relational database that its user owns.

    import programme

    with programme.open("programme.db", create=True) as db:
        db.ingest("pages/")
        papers = db.query("papers_with_code", edition="icml-2022")

Names are imported when they are first used: importing the package, which the command `loader` does too, takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from programme import models
    from programme.api import Database, check, open  # noqa: A004 - read as `programme.open`
    from programme.exceptions import ProgrammeError, QueryError, StoreError
    from programme.loaders.documents import Document, MalformedDocument
    from programme.loaders.store.outcome import Outcome

    __version__: str

__all__ = [
    "Database",
    "Document",
    "MalformedDocument",
    "Outcome",
    "ProgrammeError",
    "QueryError",
    "StoreError",
    "__version__",
    "check",
    "models",
    "open",
]

_HOMES = {
    "Database": "programme.api",
    "Document": "programme.loaders.documents",
    "MalformedDocument": "programme.loaders.documents",
    "Outcome": "programme.loaders.store.outcome",
    "ProgrammeError": "programme.exceptions",
    "QueryError": "programme.exceptions",
    "StoreError": "programme.exceptions",
    "check": "programme.api",
    "open": "programme.api",
}
"""The module that defines each name."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    value: Any
    if name == "__version__":
        from importlib.metadata import version

        value = version("programme")
    elif name == "models":
        value = import_module("programme.models")
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
