"""Documents: bytes and the URI they came from, read as text or in chunks; and the other results of reading a source."""

import codecs
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import unquote

from programme.exceptions import ProgrammeError
from programme.loaders.documents.limits import DEFAULT_LIMITS, Limits
from programme.loaders.documents.spans import Span
from programme.loaders.records import Hints
from programme.patterns import lazy_pattern

MAX_LINE_CHARS = 1024 * 1024
"""A document with a longer line is malformed: no page has one, and a format would search all of it."""

HEAD_BYTES = 64 * 1024
"""How much of a document a format may look at to recognise it."""

CHUNK_BYTES = 1024 * 1024

MEDIA_TYPE = "text/plain"
"""The media type of a document unless a server, an archive or a format states another."""

MAGIC = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file (.xls, .doc), to be saved as CSV or .xlsx",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"BZh91AY&SY": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"SQLite format 3\x00": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
}
"""First bytes of files that people give by mistake → what such a file is."""

_MAGIC = tuple(MAGIC)
_HTML = lazy_pattern(
    r"\s*+(?>(?:<!--(?>.*?-->)\s*+)*)<(?:!doctype html|(?:html|head|body)\b|(main|section|article|div)\b)", re.I | re.S
)
_MARKDOWN = lazy_pattern(r"^#{1,6} \S|^ {0,8}[-*+] .{0,200}\]\((?:https?://|#)", re.MULTILINE)


class MalformedDocument(ProgrammeError):  # noqa: N818 - it names the thing, as the formats' contract does
    """A document that cannot be read as what it claims to be: its URI, a line (from 1, or None), and the problem."""

    def __init__(self, uri: str, line: int | None, problem: str) -> None:
        """Keep the parts; `str()` gives `page.txt, line 12: …`."""
        super().__init__(uri, line, problem)
        self.uri = uri
        self.line = line
        self.problem = problem

    def __str__(self) -> str:
        where = display_uri(self.uri) if self.line is None else f"{display_uri(self.uri)}, line {self.line}"
        return f"{where}: {self.problem}"


class Refused(NamedTuple):
    """A source, or a part of one, that could not be read as a document, and the reason."""

    uri: str
    problem: str

    def __str__(self) -> str:
        return f"{display_uri(self.uri)}: {self.problem}"


class NotModified(NamedTuple):
    """A web page that has not changed since it was last loaded (HTTP 304): its URL and the digest it had then."""

    uri: str
    sha256: str


class Validators(NamedTuple):
    """The headers of a response that a later conditional request sends back, and the SHA-256 of the page."""

    etag: str | None
    last_modified: str | None
    sha256: str


class Metadata(NamedTuple):
    """What is known of a document besides its bytes. The digest in `validators` is set once the bytes are read."""

    media_type: str = MEDIA_TYPE
    captured_at: datetime | None = None
    basis: str | None = None
    validators: Validators | None = None


NO_METADATA = Metadata()


@dataclass(frozen=True)
class Document:
    """Bytes and the URI they came from; `text` and `lines` decode them on first use and raise MalformedDocument.

    A document with an `opener` is too large to keep in memory: `content` holds only its head, `text` and `lines` raise
    MalformedDocument, and formats that stream read it through `chunks`.

    `captured_at` is when these bytes stood at the URI: in UTC, in whole seconds. `basis` says how that is known:
    `given` by the curator, by a `web archive`, by the `server` that sent them, or from the time of a `file`; both are
    None where nothing says it. `is_kept` makes the document a source of its own, which no later capture replaces.
    `hints` and `given_format` are what the curator says of this document alone, in place of what holds for all.
    With a `span`, the bytes are those of some records of a large document.
    """

    uri: str
    content: bytes
    sha256: str
    media_type: str = MEDIA_TYPE
    captured_at: datetime | None = None
    basis: str | None = None
    size_bytes: int = 0
    opener: Callable[[], BinaryIO] | None = None
    limits: Limits = DEFAULT_LIMITS
    validators: Validators | None = None
    is_kept: bool = False
    hints: Hints | None = None
    given_format: str | None = None
    span: Span | None = None

    @classmethod
    def of(
        cls,
        uri: str,
        content: bytes,
        media_type: str = MEDIA_TYPE,
        captured_at: datetime | None = None,
        basis: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> "Document":
        """Make a document from bytes in memory, and compute its digest."""
        digest = hashlib.sha256(content).hexdigest()
        return cls(uri, content, digest, media_type, captured_at, basis, len(content), None, limits)

    @property
    def captured_on(self) -> date | None:
        """The day of the capture in UTC; None where only the time of a file tells it, which may be that of a copy."""
        return None if self.captured_at is None or self.basis == "file" else self.captured_at.date()

    @cached_property
    def head(self) -> str:
        """The first 64 KiB as text; bytes that do not decode become U+FFFD, so this never raises."""
        start = self.content[:HEAD_BYTES]
        return start.decode(_encoding(start), "replace")

    def open(self) -> BinaryIO:
        """Open the bytes as a stream."""
        stream = self.opener() if self.opener else io.BytesIO(self.content)
        return cast(BinaryIO, io.BufferedReader(stream)) if isinstance(stream, io.RawIOBase) else stream

    def chunks(self) -> Iterator[str]:
        """Yield the text in chunks of about a megabyte, decoded while it is read; raises MalformedDocument."""
        decoder = codecs.getincrementaldecoder(_encoding(self.content[:HEAD_BYTES]))()
        offset = self.span.start.offset if self.span else 0
        for block in chain(self.blocks(), [b""]):
            try:
                yield decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                at = offset + len(block) - (len(error.object) - error.start)  # the object may lack the byte order mark
                problem = f"byte {at:,} cannot be read as text; save it as UTF-8 and try again"
                raise MalformedDocument(self.uri, None, problem) from None
            offset += len(block)

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes, about a megabyte at a time; raises MalformedDocument if the source is gone by now."""
        if self.opener is None:
            yield self.content
            return
        try:
            with self.opener() as stream:
                while block := stream.read(CHUNK_BYTES):
                    yield block
        except Exception as error:  # each archive library raises its own errors
            problem = f"cannot be read a second time: {format_error(error)}; did the file change meanwhile?"
            raise MalformedDocument(self.uri, None, problem) from None

    @cached_property
    def is_html(self) -> bool:
        """Whether the bytes are a saved web page."""
        found = _HTML.match(self.head) if "<" in self.head[:1024] else None
        # Markdown may begin with an element of HTML, such as a centred heading.
        return found is not None and (found[1] is None or _MARKDOWN.search(self.head) is None)

    @cached_property
    def text(self) -> str:
        """The content decoded as UTF-8 or UTF-16, with or without a byte order mark; raises MalformedDocument."""
        content = self.content
        if self.opener is not None:
            size = f"{self.size_bytes:,} bytes are too many for a page"
            problem = f"{size}; only JSON can be read in chunks, so split it into smaller files"
            raise MalformedDocument(self.uri, None, problem)
        if content.startswith(_MAGIC):
            kind = next(name for magic, name in MAGIC.items() if content.startswith(magic))
            raise MalformedDocument(self.uri, None, f"binary: {kind}; give the text of the page instead")
        encoding = _encoding(content)
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            raise MalformedDocument(self.uri, *_undecodable(content, encoding, error.start)) from None
        if b"\0" in content and "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise MalformedDocument(self.uri, line, "binary: holds NUL characters; give the text of the page instead")
        return text

    @cached_property
    def lines(self) -> list[str]:
        r"""The lines of the text without their ends, which are \n, \r\n or \r; for HTML, those a reader sees."""
        text = self.text
        if self.is_html:
            from programme.loaders.text.html import html_to_text

            text = html_to_text(text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        if len(text) > MAX_LINE_CHARS:
            for number, line in enumerate(lines, 1):
                if len(line) > MAX_LINE_CHARS:
                    problem = f"a line of {len(line):,} characters; at most {MAX_LINE_CHARS:,} are read"
                    raise MalformedDocument(self.uri, number, problem)
        return lines


def display_uri(uri: str) -> str:
    """Return a URI as messages show it: files as a path, relative to the current folder if they are inside it.

    >>> display_uri("stdin:"), display_uri("stdin:ba7816bf8f01!/page.txt")
    ('standard input', 'standard input ba7816bf8f01!/page.txt')
    >>> display_uri("file:///p/a.zip!/inner/page.txt")
    '/p/a.zip!/inner/page.txt'
    >>> display_uri("file:///no/such/folder/a%20page.txt")
    '/no/such/folder/a page.txt'
    """
    if uri.startswith("stdin:"):
        return f"standard input {unquote(uri.removeprefix('stdin:'))}".rstrip()
    if not uri.startswith("file://"):
        return uri
    path = unquote(uri.removeprefix("file://")).removeprefix(f"{Path.cwd()}{os.sep}")
    return path if path.isprintable() else repr(path)[1:-1]


def format_error(error: Exception) -> str:
    """Return the message of an error, or the name of its class when it has none.

    >>> format_error(EOFError("it is cut off.")), format_error(EOFError())
    ('it is cut off', 'EOFError')
    """
    return str(error).strip(" .") or type(error).__name__


def _encoding(content: bytes) -> str:
    """Return the encoding: that of the byte order mark, or UTF-16 if every other byte is NUL, or UTF-8."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in content:
        head = content[:4096]
        # Latin letters in UTF-16 have NUL as their high byte, so the NULs stand at even or at odd places alone.
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if min(even, odd) * 20 < max(even, odd) and max(even, odd) * 4 > len(head):
            return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _undecodable(content: bytes, encoding: str, offset: int) -> tuple[int, str]:
    """Return the line and the problem of the first byte that does not decode."""
    line = content[:offset].decode(encoding, "replace").count("\n") + 1
    name = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
    return line, f"not {name}: byte 0x{content[offset]:02X} at offset {offset:,}; save it as UTF-8 and try again"


ReadResult = Document | Refused | NotModified
"""What reading a source yields: a document, the reason why there is none, or a page that has not changed."""
