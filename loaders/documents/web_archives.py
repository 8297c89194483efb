"""Reads the pages of a web archive (WARC, WET): each capture with its own URL, date and media type.

Records are found here and parsed by warcio, whose own iterator stops at the first damaged record. A record is found by
its header and its stated length; where that fails, reading continues with the next record. In a gzipped archive each
record is compressed separately, so damage to one leaves the others readable.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO

from programme.loaders.documents.archives import UnreadableError
from programme.loaders.documents.document import MEDIA_TYPE, Metadata, format_error
from programme.loaders.documents.instants import whole_seconds
from programme.loaders.documents.streams import Spool, as_stream, read_blocks
from programme.patterns import lazy_pattern

_MAX_HEADER_BYTES = 64 * 1024
_CHUNK_BYTES = 16 * 1024
_FOLLOWED_BYTES = 16
"""How far beyond a record to look for the end of lines or the header that must follow it."""

_RECORD = lazy_pattern(rb"(?<=\n)WARC/\d")
_HEADER = lazy_pattern(rb"WARC/\d[^\n]*+\n(?:(?!WARC/\d)[^\r\n][^\n]*+\n)*+\r?\n")
_LENGTH = lazy_pattern(rb"^Content-Length:\s*(\d{1,15})\s*$", re.I | re.M)
_FOLLOWED = lazy_pattern(rb"\r?\n\r?\n|[\r\n]*(?:WARC/\d|\Z)")
_GZIP = b"\x1f\x8b\x08"
_DECODED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})

Metered = Callable[[Iterator[bytes]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Page:
    """A capture: its URL (empty when the record has none), the metadata in its headers, and how to open its body."""

    uri: str
    metadata: Metadata
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that cannot be read; `problem` says why and at which byte of the archive it begins."""

    problem: str


@dataclass(frozen=True, slots=True)
class _RawRecord:
    """The bytes of one record, header and content, and the byte at which it begins."""

    position: str
    open: Callable[[], BinaryIO]


def web_pages(stream: BinaryIO, metered: Metered, held: int, *, is_gzip: bool) -> Iterator[Page | Damage | None]:
    """Yield a page, a damage or, for a record of a kind that holds no page, None.

    `held` is how many bytes of a record are kept in memory; `metered` counts unpacked bytes.
    """
    records = (
        _gzip_records(stream, metered, held) if is_gzip else _records(_Lookahead(read_blocks(stream)), held, "byte ")
    )
    for record in records:
        if isinstance(record, Damage):
            yield record
            continue
        try:
            yield _page(record, metered)
        except Exception as error:  # warcio has no common base class of its errors
            problem = f"the record at {record.position} cannot be read: {format_error(error)}"
            yield Damage(f"{problem}; the others were read")


class _Lookahead:
    """A buffer over blocks of bytes: `ahead` holds bytes that were fetched, `position` is that of the first of them."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self.ahead = bytearray()
        self.position = 0
        self._failure: Exception | None = None

    def more(self) -> bool:
        """Fetch a block; False at the end and where the blocks raise an error."""
        try:
            block = next(self._blocks, None)
        except Exception as error:  # raised by `fail` once the bytes before it are used
            self._failure = error
            return False
        if block is not None:
            self.ahead += block
        return block is not None

    def fail(self) -> None:
        """Raise the error of the blocks, if there was one."""
        if self._failure is not None:
            raise self._failure

    def want(self, size: int) -> bool:
        """Fetch until `size` bytes are ahead; False when there are fewer."""
        while len(self.ahead) < size:
            if not self.more():
                return False
        return True

    def drop(self, size: int) -> None:
        """Skip `size` bytes that are ahead."""
        del self.ahead[:size]
        self.position += size

    def drop_line_ends(self) -> None:
        """Skip the ends of lines between records."""
        while self.want(1) and (count := len(self.ahead) - len(self.ahead.lstrip(b"\r\n"))):
            self.drop(count)

    def chunks(self, size: int) -> Iterator[bytes]:
        """Take `size` bytes, a chunk at a time; fewer at the end."""
        while size and self.want(1):
            block = bytes(self.ahead[: min(size, _CHUNK_BYTES)])
            self.drop(len(block))
            size -= len(block)
            yield block

    def skip_to(self, pattern: re.Pattern[bytes], start: int) -> bool:
        """Skip to the next match of a pattern, from `start` bytes ahead; False when there is none."""
        while (found := pattern.search(self.ahead, start)) is None:
            self.drop(max(0, len(self.ahead) - 64))  # a match may begin in one block and end in the next
            start = 0
            if not self.more():
                return False
        self.drop(found.start())
        return True


def _records(source: _Lookahead, held: int, before: str) -> Iterator[_RawRecord | Damage]:
    """Split a run of records; `before` precedes the position in messages."""
    while True:
        source.drop_line_ends()
        if not source.want(1):
            source.fail()
            return
        position = f"{before}{source.position:,}"
        source.want(_MAX_HEADER_BYTES)
        header = _HEADER.match(source.ahead)
        length = _LENGTH.search(header[0]) if header else None
        if header is None or length is None:
            source.fail()
            yield Damage(f"no record begins at {position}; the others were read")
            if not source.skip_to(_RECORD, 1):
                return
            continue
        start = bytes(header[0])
        source.drop(len(start))
        record = _content(source, start, int(length[1]), held, position)
        yield record
        if isinstance(record, Damage) and not source.skip_to(_RECORD, 0):
            return


def _content(source: _Lookahead, header: bytes, size: int, held: int, position: str) -> _RawRecord | Damage:
    """Return a record with its content, unless the bytes after it show that its stated length is wrong."""
    cut_off = Damage(f"the record at {position} is cut off")
    if size > held:
        spool = Spool(chain((header,), source.chunks(size)), held)
        if spool.size == len(header) + size:
            return _RawRecord(position, spool.open)
        source.fail()
        return cut_off
    if not source.want(size + _FOLLOWED_BYTES):
        source.fail()
    if len(source.ahead) < size:
        return cut_off
    if not _FOLLOWED.match(source.ahead, size):
        return Damage(f"the record at {position} is not as long as it says; the others were read")
    content = header + bytes(source.ahead[:size])
    source.drop(size)
    return _RawRecord(position, lambda: BytesIO(content))


def _gzip_records(stream: BinaryIO, metered: Metered, held: int) -> Iterator[_RawRecord | Damage]:
    """Split an archive in which each record, or all of them together, is a gzip member."""
    packed = _Lookahead(read_blocks(stream))
    while packed.want(1):
        position = packed.position
        member = _Member(packed, held)
        try:
            if packed.want(3) and not packed.ahead.startswith(_GZIP):
                raise zlib.error("no record begins there")
            yield from _records(_Lookahead(metered(member.blocks())), held, f"byte {position:,} + ")
        except (zlib.error, EOFError) as error:
            yield Damage(f"the record at byte {position:,} cannot be unpacked: {error}; the others were read")
            if not member.skip_to_next():
                return


class _Member:
    """One gzip member. Up to `held` of its packed bytes stay in the buffer until it is known to be whole.

    So after damage `skip_to_next` can search them for the next record.
    """

    def __init__(self, packed: _Lookahead, held: int) -> None:
        self._packed = packed
        self._held = held

    def blocks(self) -> Iterator[bytes]:
        """Yield its unpacked blocks; raises zlib.error for damage and EOFError when it is cut off."""
        packed, at = self._packed, 0
        decompressor = zlib.decompressobj(31)
        while not decompressor.eof:
            if at > self._held:
                packed.drop(at)
                at = 0
            if at == len(packed.ahead) and not packed.more():
                raise EOFError("it is cut off")
            data = bytes(packed.ahead[at : at + _CHUNK_BYTES])
            at += len(data)
            while data:
                yield decompressor.decompress(data, _CHUNK_BYTES)
                data = decompressor.unconsumed_tail
        packed.drop(at - len(decompressor.unused_data))

    def skip_to_next(self) -> bool:
        """Skip to the next gzip member that holds a record; False when there is none.

        The three bytes of the gzip magic also occur by chance, so the first bytes are unpacked to see.
        """
        packed, pattern = self._packed, re.compile(re.escape(_GZIP))
        while packed.skip_to(pattern, 1):
            packed.want(1024)
            try:
                if zlib.decompressobj(31).decompress(bytes(packed.ahead[:1024]), 5) == b"WARC/":
                    return True
            except zlib.error:
                continue
        return False


def _page(record: _RawRecord, metered: Metered) -> Page | None:
    """Return the page of a record, or None when it holds none; raises any error of warcio."""
    parsed = _parsed(record)
    kind, headers = parsed.rec_type, parsed.http_headers
    if kind == "response" and headers is not None and headers.get_statuscode() == "200":
        encoding = (headers.get_header("Content-Encoding") or "").strip().lower()
        media_type = headers.get_header("Content-Type")
    elif kind in ("resource", "conversion"):
        encoding, media_type = "", parsed.content_type
    else:
        return None

    def blocks() -> Iterator[bytes]:
        if encoding not in _DECODED:
            raise UnreadableError(f"its content is encoded as {encoding!r}, which cannot be read")
        body = read_blocks(_parsed(record).content_stream())
        yield from metered(body) if encoding else body

    captured_at = _instant(parsed.rec_headers.get_header("WARC-Date") or "")
    metadata = Metadata(bare_media_type(media_type), captured_at, "web archive")
    return Page(parsed.rec_headers.get_header("WARC-Target-URI") or "", metadata, lambda: as_stream(blocks()))


def _parsed(record: _RawRecord) -> Any:
    from warcio.recordloader import ArcWarcRecordLoader  # type: ignore[import-untyped] # it has no stubs

    return ArcWarcRecordLoader(verify_http=False).parse_record_stream(record.open(), known_format="warc")


def bare_media_type(text: str | None) -> str:
    """Return the media type of a Content-Type header, without its parameters.

    >>> bare_media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    return (text or "").partition(";")[0].strip().lower() or MEDIA_TYPE


def _instant(text: str) -> datetime | None:
    """Return the instant of a WARC-Date, or its day where the time cannot be read; None where neither can.

    >>> _instant("2024-02-29T23:30:00.5Z").isoformat(), _instant("2024-02-29T2").isoformat(), _instant("2024")
    ('2024-02-29T23:30:00+00:00', '2024-02-29T00:00:00+00:00', None)
    """
    for stated in (text.strip(), text.strip()[:10]):
        try:
            return whole_seconds(datetime.fromisoformat(stated))
        except (ValueError, OverflowError):
            continue
    return None
