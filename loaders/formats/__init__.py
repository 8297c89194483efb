"""Formats: each recognises one kind of document and says what it states.

`read` is what callers use: it recognises a document, parses it, and accounts for every line.
"""

from programme.loaders.formats.base import Format, Sniff
from programme.loaders.formats.reading import Parsed, read, read_slices
from programme.loaders.formats.registry import formats, recognise

__all__ = ["Format", "Parsed", "Sniff", "formats", "read", "read_slices", "recognise"]
