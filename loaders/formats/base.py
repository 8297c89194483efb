"""What a format is: a module with the names of `Format`, which recognises and parses one kind of document."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from programme.loaders.documents import Document
from programme.loaders.records import Hints, Record


class Sniff(NamedTuple):
    """How sure a format is that a document is of its kind, from 0 to 1, and what it saw or missed."""

    confidence: float
    reason: str


class Format(Protocol):
    """What a module of this folder provides."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Its name for `--format`, in kebab-case."""

    @property
    def DESCRIPTION(self) -> str:  # noqa: N802
        """What kind of document it reads, in one sentence."""

    @property
    def YIELDS(self) -> str:  # noqa: N802
        """What comes out, in one phrase."""

    @property
    def EXAMPLE(self) -> str:  # noqa: N802
        """The name of a document of this kind in `samples/`."""

    def sniff(self, document: Document) -> Sniff:
        """Judge by a quick look whether the document is of this kind."""

    def parse(self, document: Document, hints: Hints) -> Iterator[Record]:
        """Yield what the document states; raises MalformedDocument and nothing else."""
