"""What a format is: a module that recognises and parses one kind of document."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from programme.loaders.documents import Document
from programme.loaders.records import Hints, Record


class Sniff(NamedTuple):
    """How sure a format is that it can read a document, from 0 to 1, and the reason: what it saw or did not find."""

    confidence: float
    reason: str


class Format(Protocol):
    """The five constants and two functions that a module must define to be a format.

    It may also define `described(document, hints)`, which says for `loader check` how it reads a document,
    and `COLUMNS`, what a column may hold, for `--column`. With `BY_RECORD = True` it says that it parses each record of
    JSON by itself, by `read_records`, and yields something for each: then several processes may read one document.
    """

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """The name for `--format`, in kebab-case."""

    @property
    def DESCRIPTION(self) -> str:  # noqa: N802
        """The kind of document, in one sentence, like "A BibTeX bibliography."."""

    @property
    def YIELDS(self) -> str:  # noqa: N802
        """The records it yields, as a phrase, like "papers with their identifiers and editions"."""

    @property
    def EXAMPLE(self) -> str:  # noqa: N802
        """The name of a document of this kind in `samples/`."""

    @property
    def VERSION(self) -> int:  # noqa: N802
        """The version of its rules, from 1. Raise it when the same bytes give other records.

        Documents read with a lower one are then read again by `loader upgrade` and `loader reread`.
        """

    def sniff(self, document: Document) -> Sniff:
        """Return how sure the format is, from a quick look at the head of the document.

        From 0.5 on the document may be read with this format. Raises MalformedDocument at most.
        """

    def parse(self, document: Document, hints: Hints) -> Iterator[Record]:
        """Yield the records the document states, and a Problem for everything that could not be read.

        Depends on the document and the hints alone. Raises MalformedDocument and nothing else, whatever the bytes.
        """
