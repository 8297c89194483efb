"""Formats: each recognises one kind of document and yields the records it states.

`read` is what callers use: it chooses the format, parses the document, and accounts for every line.

>>> from programme.loaders.documents import Document
>>> bibliography = b"@inproceedings{moss, title = {Walks on Moss}, booktitle = {ICML}, year = 2020}"
>>> parsed = read(Document.of("file:///garden.bib", bibliography))
>>> parsed.format, parsed.records[0].title, parsed.records[0].edition, parsed.coverage
('bibtex', 'Walks on Moss', StatedEdition(venue='icml', year=2020), 1.0)

A format is a module in a folder below this one, or one that an installed package offers: see `registry`.
"""

from programme.loaders.formats.base import Format, Sniff
from programme.loaders.formats.reading import Parsed, by_record, read, read_slices
from programme.loaders.formats.registry import UnknownFormatError, column_roles, describe, formats, recognise

__all__ = [
    "Format",
    "Parsed",
    "Sniff",
    "UnknownFormatError",
    "by_record",
    "column_roles",
    "describe",
    "formats",
    "read",
    "read_slices",
    "recognise",
]
