"""What exports say of persons and no fact needs is taken out of the bytes that are kept.

The documents of a database can be read by whoever may read the database, so contact data does not go in with them. Only
structured documents are touched, and only the values of the fields named here; every line stays where it was, and
reading what is kept gives the same facts.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from programme.loaders.documents import Document

FIELDS = (
    *("email", "emails", "mail", "e_mail", "contact_email", "preferredEmail", "gender", "pronouns", "orcid", "orcids"),
    *("homepage", "dblp", "google_scholar", "gscholar", "scholar", "linkedin", "or_profile", "openreview_profile"),
    *("twitter", "authorids", "author_emails", "signatures", "avatarUrl", "avatar"),
)
"""Fields of exports with contact data, profiles and personal traits; `authorids` and `signatures` hold addresses."""

_STRING = rb'"(?:[^"\\]|\\.)*"'
_VALUE = rb"(?:" + _STRING + rb"|\[[^\[\]]*\]|\{\s*" + _STRING + rb"\s*:\s*(?:" + _STRING + rb"|\[[^\[\]]*\])\s*\})"
_JSON = re.compile(rb'("(?:' + "|".join(FIELDS).encode() + rb')"\s*:\s*)(' + _VALUE + rb")")
_TEXT = re.compile(_STRING + rb"(\s*:)?")
_BETWEEN = re.compile(rb"\}\s*,?\s*(?=\{)")
_XML = re.compile(rb"""(\s(?:orcid|email)\s*=\s*)("[^"]*"|'[^']*')""")


def kept(document: Document) -> bytes:
    """The bytes to keep of a document that is held."""
    return _cleaned(document.content, _opening(document))


def kept_parts(document: Document, size: int) -> Iterator[bytes]:
    """The bytes to keep of a large document, in parts of about `size`; joined they are what `kept` gives of it."""
    opening = _opening(document)
    with document.open() as stream:
        for part in _between_records(stream, size):
            yield _cleaned(part, opening)


def _opening(document: Document) -> str:
    return document.head.lstrip("\ufeff \t\r\n")[:1]


def _cleaned(content: bytes, opening: str) -> bytes:
    if opening in ("[", "{"):
        return _JSON.sub(lambda found: found[1] + _TEXT.sub(_emptied, found[2]), content)
    return _XML.sub(rb'\1""', content) if opening == "<" else content


def _emptied(text: re.Match[bytes]) -> bytes:
    """An empty text in place of a value; the name of a field stays."""
    return text[0] if text[1] else b'""'


def _between_records(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Part a stream where no value of a field can be cut: between two objects."""
    rest = b""
    while block := stream.read(size):
        rest += block
        ends = [found.end() for found in _BETWEEN.finditer(rest)]
        end = ends[-1] if ends else len(rest) if len(rest) > 4 * size else 0
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest
