"""Streams built from other streams: from blocks, decompressed, sliced, or spooled to disk."""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, BinaryIO, Protocol, cast

from programme.loaders.documents.limits import OverLimitError

BLOCK_BYTES = 256 * 1024
"""How much is read at a time."""

_CHUNK_BYTES = 32 * 1024
"""Packed bytes fed to a decompressor at a time, and unpacked bytes taken: as many are lost before a damaged byte."""

_ZSTD_CHUNK_BYTES = 1024
"""Packed bytes fed to Zstandard at a time: it has no limit on its output, which may be 32,000 times the input."""

_XZ_MEMORY_BYTES = 256 * 1024 * 1024
"""Memory for the dictionary of an xz stream: `xz -9` needs 65 MB, and a hostile header may ask for 4 GB."""


FREE_DISK_BYTES = 512 * 1024 * 1024
"""What a temporary file leaves free on its disk."""

DISK_CHECK_BYTES = 32 * 1024 * 1024
"""How much is written between two looks at the disk."""


class Closable(Protocol):
    """Anything that is closed together with the stream made from it."""

    def close(self) -> None:
        """Release its resources."""


class _Blocks(io.RawIOBase):
    """A stream of blocks, which closes their sources; the bytes before an error can be read before it is raised."""

    def __init__(self, blocks: Iterator[bytes], sources: tuple[Closable, ...]) -> None:
        self._blocks = blocks
        self._sources = sources
        self._rest = memoryview(b"")
        self._failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Read `size` bytes; fewer only at the end and before an error."""
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
        """Fetch a block if none is left; False at the end. An error is raised once the bytes before it are read."""
        try:
            while not self._rest and self._failure is None:
                self._rest = memoryview(next(self._blocks))
        except StopIteration:
            return False
        except Exception as error:  # each decompressor raises its own errors
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
    """Return a stream of blocks, which closes `sources` when it is closed.

    >>> as_stream(iter([b"ab", b"", b"cd"])).read(3)
    b'abc'
    """
    return cast(BinaryIO, _Blocks(blocks, sources))


def read_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the rest of a stream, a block at a time."""
    while block := stream.read(BLOCK_BYTES):
        yield block


def prepend(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream as it was before `head` was read from it."""
    return as_stream(chain((head,), read_blocks(stream)), stream)


def slice_stream(stream: BinaryIO, start: int, size: int) -> BinaryIO:
    """Return a stream of `size` bytes from byte `start` of another, which stands at its beginning."""

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
    """Decompress a stream of `kind` (gzip, zstd, bzip2, xz), with all members if it is a concatenation.

    Raises EOFError when it is cut off, and the library's own errors when it is damaged. One loop serves all four: the
    libraries' own file classes differ in how they treat concatenation, padding and truncation.
    """
    new = _decompressors(kind)
    chunk_bytes, max_length = (_ZSTD_CHUNK_BYTES, ()) if kind == "zstd" else (_CHUNK_BYTES, (_CHUNK_BYTES,))
    data = packed.read(chunk_bytes)
    while data:
        member = new()
        while not member.eof:
            if not data and getattr(member, "needs_input", True):
                data = packed.read(chunk_bytes)
                if not data:
                    raise EOFError("it is cut off")
            yield member.decompress(data, *max_length)
            data = getattr(member, "unconsumed_tail", b"")  # zlib returns it; bz2 and lzma keep it themselves
        data = member.unused_data.lstrip(b"\0")  # tapes and some tools pad with zeros
        while not data and (data := packed.read(chunk_bytes)):
            data = data.lstrip(b"\0")


def _decompressors(kind: str) -> Callable[[], Any]:
    """Return the constructor of a decompressor for one member of a packed stream."""
    if kind == "gzip":
        import zlib

        return lambda: zlib.decompressobj(31)  # 31: the largest window, with a gzip header
    if kind == "zstd":
        import zstandard

        return lambda: zstandard.ZstdDecompressor().decompressobj()
    if kind == "bzip2":
        import bz2

        return bz2.BZ2Decompressor
    import lzma

    return lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY_BYTES)


def _as_far_as_it_fits(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on blocks for a temporary file; raises OverLimitError before its disk is full, which would stop others."""
    folder = tempfile.gettempdir()
    unchecked = DISK_CHECK_BYTES
    for block in blocks:
        unchecked += len(block)
        if unchecked >= DISK_CHECK_BYTES:
            unchecked = 0
            if shutil.disk_usage(folder).free < FREE_DISK_BYTES:
                raise OverLimitError(
                    f"does not fit on the disk of {folder}, which is nearly full; free some space, or let TMPDIR name "
                    "a folder on another disk"
                )
        yield block


class Spool:
    """Bytes kept in memory up to `held` bytes, else in a temporary file without a name.

    Nothing is left of it, whatever becomes of this process: the system deletes the file with its last descriptor.
    """

    def __init__(self, blocks: Iterator[bytes], held: int) -> None:
        """Read all blocks; an error of theirs is passed on."""
        self.size = 0
        self._file: BinaryIO | None = None
        content = bytearray()
        for block in blocks:
            self.size += len(block)
            content += block
            if self.size > held:
                self._file = self._spooled(bytes(content), blocks)
                content.clear()
        self._content = bytes(content)

    def _spooled(self, content: bytes, blocks: Iterator[bytes]) -> BinaryIO:
        file = cast(BinaryIO, tempfile.TemporaryFile(prefix="loader-"))  # noqa: SIM115 - open as long as this object
        file.write(content)
        for block in _as_far_as_it_fits(blocks):
            self.size += len(block)
            file.write(block)
        return file

    def open(self) -> BinaryIO:
        """Open the bytes as a seekable stream."""
        return io.BytesIO(self._content) if self._file is None else cast(BinaryIO, _SpoolFile(self._file, self.size))


class _SpoolFile(io.RawIOBase):
    """One of several streams over the file of a spool, which stays open as long as one of them is used."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: Any, /) -> int:
        # One thread reads documents; each stream has a place of its own in the one file.
        self._file.seek(self._place)
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self._place += len(block)
        return len(block)
