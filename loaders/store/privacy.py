"""Contact data and personal traits are removed from documents before their bytes are stored.

Whoever may read the database may read its documents, and no fact needs these values. Only structured documents are
touched: the values of the fields and columns named here, and the organizers, attendees and contacts of calendars. Every
line stays where it was, and reading the stored bytes gives the same facts. Regular expressions do it, since a JSON
parser would not give back the exact bytes it read.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from programme.loaders.documents import Document
from programme.loaders.readers import delimiter_of, header_cells, next_row
from programme.patterns import lazy_pattern

FIELDS = (
    *("email", "emails", "mail", "e_mail", "contact_email", "preferredEmail", "gender", "pronouns", "orcid", "orcids"),
    *(
        "homepage",
        "dblp",
        "google_scholar",
        "gscholar",
        "scholar",
        "semantic_scholar",
        "linkedin",
        "or_profile",
        "openreview_profile",
    ),
    *("twitter", "authorids", "author_emails", "signatures", "avatarUrl", "avatar"),
)
"""Fields of exports with contact data, profiles or personal traits; `authorids` and `signatures` may be addresses."""

_COLUMN = lazy_pattern(
    r"(?:.*[\W_])?(?:e[-_ ]?mails?|mails?|orcids?|gender|pronouns|homepages?|dblp|google[-_ ]scholar|linkedin|twitter)"
    r"(?:[\W_].*)?",
    re.IGNORECASE,
)
"""Columns of tables with contact data: `Primary Email`, `orcid_id`."""

_STRING = rb'"(?:[^"\\]|\\.)*"'
_VALUE = rb"(?:" + _STRING + rb"|\[[^\[\]]*\]|\{\s*" + _STRING + rb"\s*:\s*(?:" + _STRING + rb"|\[[^\[\]]*\])\s*\})"
_JSON = lazy_pattern(rb'("(?:' + "|".join(FIELDS).encode() + rb')"\s*:\s*)(' + _VALUE + rb")")
_TEXT = lazy_pattern(_STRING + rb"(\s*:)?")
_BETWEEN = lazy_pattern(rb"\}\s*,?\s*(?=\{)")
_NEAR_BYTES = 64 * 1024
_CALENDAR = lazy_pattern(rb"\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
_PEOPLE = lazy_pattern(rb"^((?:ATTENDEE|ORGANIZER|CONTACT)(?=[;:]))[^\r\n]*((?:\r?\n[ \t][^\r\n]*)*)", re.I | re.M)
_CONTINUED = lazy_pattern(rb"(\r?\n[ \t])[^\r\n]*")
_XML = lazy_pattern(rb"""(\s(?:orcid|email)\s*=\s*)("[^"]*"|'[^']*')""")


def redact(document: Document) -> bytes:
    """Return the bytes of a document without personal data."""
    opening = _opening(document)
    is_table = opening not in ("[", "{", "<") and document.opener is None
    return _table_redacted(document) if is_table and header_cells(document) else _redacted(document.content, opening)


def parts_of(document: Document, size: int) -> Iterator[tuple[bytes, str]]:
    """Yield a document too large to be held in parts of about `size` bytes, each as `redact_part` takes it."""
    opening = _opening(document)
    with document.open() as stream:
        for part in _between_records(stream, size):
            yield part, opening


def redact_part(part: tuple[bytes, str]) -> bytes:
    """Return a part without personal data; all together are what `redact` would return of the document."""
    return _redacted(*part)


def _table_redacted(document: Document) -> bytes:
    """Return a CSV or TSV table with the cells of contact data empty; the other rows stay as they are."""
    names = header_cells(document)
    hidden = [at for at, name in enumerate(names) if _COLUMN.fullmatch(name)]
    if not hidden:
        return document.content
    try:
        lines = list(io.StringIO(document.content.decode(), newline=""))
    except UnicodeDecodeError:
        return document.content
    bare = [line.rstrip("\r\n") for line in lines]
    delimiter = delimiter_of(next(line for line in bare if line.strip("\ufeff \t")))
    written = io.StringIO()
    at = 0
    while at < len(lines):
        cells, end, error = next_row(bare, at, delimiter, len(names))
        is_header = tuple(cell.strip("\ufeff \t") for cell in cells) == names
        if is_header or error or not any(place < len(cells) and cells[place].strip() for place in hidden):
            written.writelines(lines[at:end])
        else:
            inner, ending = (lines[number][len(bare[number]) :] for number in (at, end - 1))
            kept = ["" if place in hidden else cell.replace("\n", inner) for place, cell in enumerate(cells)]
            csv.writer(written, delimiter=delimiter, lineterminator=ending).writerow(kept)
        at = end
    return written.getvalue().encode()


def _opening(document: Document) -> str:
    return document.head.lstrip("\ufeff \t\r\n")[:1]


def _redacted(content: bytes, opening: str) -> bytes:
    if opening in ("[", "{"):
        return _JSON.sub(lambda found: found[1] + _TEXT.sub(_emptied, found[2]), content)
    if opening in ("B", "b") and _CALENDAR.match(content.removeprefix(codecs.BOM_UTF8)):
        return _PEOPLE.sub(lambda found: found[1] + b":" + _CONTINUED.sub(rb"\1", found[2]), content)
    return _XML.sub(rb'\1""', content) if opening == "<" else content


def _emptied(text: re.Match[bytes]) -> bytes:
    """Return an empty text for a value; the name of a field stays."""
    return text[0] if text[1] else b'""'


def _between_records(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Split a stream between two objects, where no value of a field can be cut.

    What has no such place within four times `size` is split there all the same, to bound the memory.
    """
    rest = b""
    while block := stream.read(size):
        rest += block
        end = _last_between(rest) or (len(rest) if len(rest) > 4 * size else 0)
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _last_between(content: bytes) -> int:
    """Return where the last object begins that follows another; 0 where none does."""
    # It nearly always is near the end.
    near = _BETWEEN.finditer(content, max(len(content) - _NEAR_BYTES, 0))
    ends = [found.end() for found in near] or [found.end() for found in _BETWEEN.finditer(content)]
    return ends[-1] if ends else 0
