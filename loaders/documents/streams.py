"""Streams made of other streams: of blocks, of unpacked bytes, of a piece of another, set aside on disk."""

import io
import os
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any, BinaryIO, Protocol, cast

BLOCK_BYTES = 256 * 1024
"""How much is read at a time."""

_PIECE_BYTES = 32 * 1024
"""Packed bytes given to the others at a time, and unpacked ones taken: as many are lost before a damaged place."""

_ZSTD_PIECE_BYTES = 1024
"""Packed bytes given to Zstandard at a time: it unpacks all it is given at once, up to 32,000 times as much."""

_XZ_MEMORY_BYTES = 256 * 1024 * 1024


class Closable(Protocol):
    """Anything that is closed when the stream made of it is."""

    def close(self) -> None:
        """Let go of it."""


class _Blocks(io.RawIOBase):
    """The stream of some blocks, which closes what they come from; what came before a failure is read before it."""

    def __init__(self, blocks: Iterator[bytes], sources: tuple[Closable, ...]) -> None:
        self._blocks = blocks
        self._sources = sources
        self._rest = memoryview(b"")
        self._failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Read so many bytes, fewer only at the end and before a failure."""
        parts: list[memoryview] = []
        wanted = size if size >= 0 else sys.maxsize
        while wanted and self._fill(is_first=not parts):
            part = self._rest[:wanted]
            self._rest = self._rest[len(part) :]
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readinto(self, buffer: Any, /) -> int:
        read = self.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)

    def _fill(self, *, is_first: bool) -> bool:
        """Fetch a block if none is left, or fail if nothing else was read; False at the end."""
        try:
            while not self._rest and self._failure is None:
                self._rest = memoryview(next(self._blocks))
        except StopIteration:
            return False
        except Exception as error:  # what unpacks the blocks has errors of its own
            self._failure = error
        if not self._rest and self._failure is not None and is_first:
            raise self._failure
        return bool(self._rest)

    def close(self) -> None:
        if not self.closed:
            for source in self._sources:
                source.close()
        super().close()


def as_stream(blocks: Iterator[bytes], *sources: Closable) -> BinaryIO:
    """Make a stream of blocks, which closes `sources` when it is closed.

    >>> as_stream(iter([b"ab", b"", b"cd"])).read(3)
    b'abc'
    """
    return cast(BinaryIO, _Blocks(blocks, sources))


def read_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The rest of a stream, some at a time."""
    while block := stream.read(BLOCK_BYTES):
        yield block


def prepend(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Make the stream that was before `head` was read from it."""
    return as_stream(chain((head,), read_blocks(stream)), stream)


def slice_stream(stream: BinaryIO, start: int, size: int) -> BinaryIO:
    """Make the stream of `size` bytes from byte `start` of another that stands at its beginning."""

    def blocks() -> Iterator[bytes]:
        left = start
        if stream.seekable():
            left -= stream.seek(start)
        while left and (skipped := stream.read(min(left, BLOCK_BYTES))):
            left -= len(skipped)
        left = size
        while left and (block := stream.read(min(left, BLOCK_BYTES))):
            left -= len(block)
            yield block

    return as_stream(blocks(), stream)


def decompress(kind: str, packed: BinaryIO) -> Iterator[bytes]:
    """Unpack a stream of `kind` (gzip, zstd, bzip2, xz), all its parts one after another.

    Raises EOFError when it is cut off, and errors of the library's own when it is damaged.
    """
    new = _decompressors(kind)
    piece_bytes, most = (_ZSTD_PIECE_BYTES, ()) if kind == "zstd" else (_PIECE_BYTES, (_PIECE_BYTES,))
    data = packed.read(piece_bytes)
    while data:
        part = new()
        while not part.eof:
            if not data and getattr(part, "needs_input", True):
                data = packed.read(piece_bytes)
                if not data:
                    raise EOFError("it is cut off")
            yield part.decompress(data, *most)
            data = getattr(part, "unconsumed_tail", b"")
        data = part.unused_data.lstrip(b"\0")
        while not data and (data := packed.read(piece_bytes)):
            data = data.lstrip(b"\0")


def _decompressors(kind: str) -> Callable[[], Any]:
    """What makes the decompressor of one part of a packed stream."""
    if kind == "gzip":
        import zlib

        return lambda: zlib.decompressobj(31)
    if kind == "zstd":
        import zstandard

        return lambda: zstandard.ZstdDecompressor().decompressobj()
    if kind == "bzip2":
        import bz2

        return bz2.BZ2Decompressor
    import lzma

    return lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY_BYTES)


class Spool:
    """Bytes set aside: in memory up to `held` bytes, in a temporary file beyond, which goes when this does."""

    def __init__(self, blocks: Iterator[bytes], held: int) -> None:
        """Take in all the blocks; what raises while they are read leaves nothing behind."""
        self.size = 0
        self._path = ""
        content = bytearray()
        for block in blocks:
            self.size += len(block)
            content += block
            if self.size > held:
                self._to_disk(content, blocks)
                content.clear()
        self._content = bytes(content)

    def _to_disk(self, content: bytearray, blocks: Iterator[bytes]) -> None:
        handle, self._path = tempfile.mkstemp(prefix="loader-")
        weakref.finalize(self, _remove, self._path)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            for block in blocks:
                self.size += len(block)
                file.write(block)

    def open(self) -> BinaryIO:
        """Open the bytes as a stream that can be sought."""
        if self._path:
            return cast(BinaryIO, _SpoolFile(self._path, self))
        return io.BytesIO(self._content)


class _SpoolFile(io.FileIO):
    """The file of a spool, which stays as long as it is open somewhere."""

    def __init__(self, path: str, spool: Spool) -> None:
        super().__init__(path)
        self._spool = spool


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108 - at exit, pathlib may be gone
