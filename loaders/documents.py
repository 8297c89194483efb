"""Where bytes come from: files, folders, patterns and standard input."""

# Path.exists() and Path.is_dir() raise for a name that is too long; os.path's never do.
# ruff: noqa: PTH110, PTH112
import glob
import hashlib
import os
import re
import stat
import sys
import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote_from_bytes, unquote

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""A larger file is refused unread."""

MAX_LINE_CHARS = 1024 * 1024
"""A document with a longer line is malformed."""

HEAD_BYTES = 64 * 1024
"""How much of a document formats look at to recognise it."""

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost: bounds against hostile input, each with an option of `loader` that changes it."""

    json_depth: int = 64


DEFAULT_LIMITS = Limits()

MAGIC = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"SQLite format 3\x00": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
}
"""First bytes of what people take for a page by mistake, and what it is."""

_MAGIC = tuple(MAGIC)
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|(?:html|head|body|main|section|article|div)\b)", re.I | re.S
)


class MalformedDocument(Exception):  # noqa: N818 - it names the thing, as the formats' contract does
    """A document that cannot be read as what it claims to be: which one, where (a line from 1, or None), and why."""

    def __init__(self, uri: str, line: int | None, problem: str) -> None:
        """Keep the parts; `str()` reads like `page.txt, line 12: …`."""
        super().__init__(uri, line, problem)
        self.uri = uri
        self.line = line
        self.problem = problem

    def __str__(self) -> str:
        place = shown(self.uri) if self.line is None else f"{shown(self.uri)}, line {self.line}"
        return f"{place}: {self.problem}"


@dataclass(frozen=True)
class Refused:
    """A source that gave no document, and why."""

    uri: str
    problem: str

    def __str__(self) -> str:
        return f"{shown(self.uri)}: {self.problem}"


@dataclass(frozen=True)
class Document:
    """Bytes and where they came from; `text` and `lines` are decoded on first use and raise MalformedDocument.

    A document with an `opener` is too large to be held: `content` is then its head alone, `text` and `lines` refuse,
    and formats that stream read it through `chunks`.
    """

    uri: str
    content: bytes
    sha256: str
    media_type: str = "text/plain"
    captured_on: date | None = None
    size_bytes: int = 0
    opener: Callable[[], BinaryIO] | None = None
    limits: Limits = DEFAULT_LIMITS

    @classmethod
    def of(
        cls, uri: str, content: bytes, media_type: str = "text/plain", captured_on: date | None = None
    ) -> "Document":
        """Make the document of `content`, with its digest."""
        return cls(uri, content, hashlib.sha256(content).hexdigest(), media_type, captured_on, len(content))

    @cached_property
    def head(self) -> str:
        """The first 64 KiB as text, whatever they are: what does not decode is replaced."""
        start = self.content[:HEAD_BYTES]
        return start.decode(_encoding(start), "replace")

    def open(self) -> BinaryIO:
        """Open the bytes as a stream."""
        return self.opener() if self.opener else io.BytesIO(self.content)

    def chunks(self) -> Iterator[str]:
        """The text in pieces of about a megabyte, decoded as it is read; raises MalformedDocument."""
        decoder = codecs.getincrementaldecoder(_encoding(self.content[:HEAD_BYTES]))()
        offset = 0
        with self.open() as stream:
            while block := stream.read(CHUNK_BYTES):
                try:
                    yield decoder.decode(block)
                except UnicodeDecodeError as error:
                    at = offset + error.start
                    problem = f"byte {at:,} cannot be read as text; save it as UTF-8 and try again"
                    raise MalformedDocument(self.uri, None, problem) from None
                offset += len(block)

    @cached_property
    def is_html(self) -> bool:
        """Whether the bytes are a saved web page."""
        return "<" in self.head[:1024] and _HTML.match(self.head) is not None

    @cached_property
    def text(self) -> str:
        """The content as text: UTF-8 or UTF-16, each with or without a byte order mark."""
        content = self.content
        if self.opener is not None:
            problem = f"{self.size_bytes:,} bytes are more than a page has; only JSON formats are read in pieces"
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
        r"""The lines of the text, without their ends; only \n, \r\n and \r end a line. Of HTML, those of the page."""
        text = self.text
        if self.is_html:
            from loaders.text.html import html_to_text

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


def documents_from(sources: Iterable[str | Path]) -> Iterator[Document | Refused]:
    """Read every source in the order given: a file, a folder with all below it, a pattern, or `-` for standard input.

    What cannot be read comes out as one Refused with the reason; names that start with a dot are skipped in folders.
    """
    for source in sources:
        path = os.fspath(source)
        if path == "-":
            yield _document("stdin:", sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1))
        elif not os.path.lexists(path) and glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
            if not matches:
                yield Refused(_uri(path), "no file matches this pattern")
            for match in matches:
                yield from _from_path(match)
        else:
            yield from _from_path(path)


def shown(uri: str) -> str:
    """Shorten a URI to what a person recognises: a path, relative to the current folder when inside it.

    >>> shown("stdin:")
    'standard input'
    >>> shown("file:///no/such/folder/a%20page.txt")
    '/no/such/folder/a page.txt'
    """
    if uri == "stdin:":
        return "standard input"
    if not uri.startswith("file://"):
        return uri
    path = unquote(uri.removeprefix("file://")).removeprefix(f"{Path.cwd()}{os.sep}")
    return path if path.isprintable() else repr(path)[1:-1]


def _from_path(path: str) -> Iterator[Document | Refused]:
    """Read the file, or every file of the folder, that somebody named."""
    place = os.path.realpath(path) if os.path.exists(path) else path
    if os.path.isdir(place):
        yield from _from_folder(place, place, _uri(place).rstrip("/"))
    else:
        yield _from_file(place, _uri(place))


def _from_folder(root: str, folder: str, uri: str) -> Iterator[Document | Refused]:
    """Read a folder in the order of names; `root` is the folder that was named, which no link may leave."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if entry.name[0] != "."), key=lambda entry: entry.name)
    except OSError as error:
        yield Refused(uri, f"this folder cannot be listed: {_reason(error)}")
        return
    for entry in entries:
        entry_uri = f"{uri}/{quote_from_bytes(os.fsencode(entry.name))}"
        if entry.is_symlink():
            yield from _from_link(root, entry.path, entry_uri)
        elif entry.is_dir(follow_symlinks=False):
            yield from _from_folder(root, entry.path, entry_uri)
        else:
            yield _from_file(entry.path, entry_uri)


def _from_link(root: str, path: str, uri: str) -> Iterator[Document | Refused]:
    """Read the file a link in a folder points to; a linked folder inside `root` is read at its own place."""
    real = os.path.realpath(path)
    if os.path.commonpath([root, real]) != root:
        yield Refused(uri, f"a link to {real}, outside the folder; name that path itself to read it")
    elif not os.path.isdir(real):
        yield _from_file(path, _uri(real) if os.path.exists(real) else uri)


def _from_file(path: str, uri: str) -> Document | Refused:
    """Read one file, or say in a few words why not; what is not a regular file is never opened."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path takes longer to make than this
        if not stat.S_ISREG(status.st_mode):
            return Refused(uri, "not a regular file (a pipe, socket or device)")
        if status.st_size > MAX_DOCUMENT_BYTES:
            return _too_large(uri)
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return _document(uri, file.read())
    except (OSError, ValueError) as error:
        dangling = isinstance(error, FileNotFoundError) and Path(path).is_symlink()
        reason = f"a link to {Path(path).readlink()}, which does not exist" if dangling else _reason(error)
        return Refused(uri, reason)


def _document(uri: str, content: bytes) -> Document | Refused:
    """Make a document of what was read, unless it is empty or too large."""
    if not content:
        return Refused(uri, "empty")
    return Document.of(uri, content) if len(content) <= MAX_DOCUMENT_BYTES else _too_large(uri)


def _too_large(uri: str) -> Refused:
    return Refused(uri, f"larger than {MAX_DOCUMENT_BYTES // 1024**2} MB, the most that is read")


def _reason(error: OSError | ValueError) -> str:
    """Say an operating system's error in plain words."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _uri(path: str) -> str:
    """The URI of a path as it is, made absolute; links are not followed."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 - resolve() would follow links


def _encoding(content: bytes) -> str:
    """Tell the encoding from the byte order mark, else from where NUL bytes stand in the first kilobytes."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in content:
        head = content[:4096]
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if min(even, odd) * 20 < max(even, odd) and max(even, odd) * 4 > len(head):
            return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _undecodable(content: bytes, encoding: str, offset: int) -> tuple[int, str]:
    """Line and problem of the first byte that does not decode."""
    line = content[:offset].decode(encoding, "replace").count("\n") + 1
    name = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
    return line, f"not {name}: byte 0x{content[offset]:02X} at offset {offset:,}; save it as UTF-8 and try again"
