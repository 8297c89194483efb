"""Sources of documents: files, folders, glob patterns, standard input, archives, the web and web archives.

The URI of an archive's member is that of the archive, `!/`, and the path inside: `file:///p/a.zip!/inner/page.txt`.
A compressed document has the URI of its file and the SHA-256 of its unpacked bytes; a record of a web archive has the
URL it was captured from.
"""

from programme.loaders.documents.document import (
    MEDIA_TYPE,
    Document,
    MalformedDocument,
    NotModified,
    ReadResult,
    Refused,
    Validators,
    display_uri,
)
from programme.loaders.documents.given import described
from programme.loaders.documents.instants import parse_instant
from programme.loaders.documents.limits import DEFAULT_LIMITS, Limits
from programme.loaders.documents.sources import count_files, documents_from, files_of
from programme.loaders.documents.spans import Position, Span

__all__ = [
    "DEFAULT_LIMITS",
    "MEDIA_TYPE",
    "Document",
    "ReadResult",
    "Limits",
    "MalformedDocument",
    "Refused",
    "NotModified",
    "Position",
    "Span",
    "Validators",
    "count_files",
    "described",
    "documents_from",
    "display_uri",
    "files_of",
    "parse_instant",
]
