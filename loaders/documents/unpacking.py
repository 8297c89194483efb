"""Turns the bytes of a source into documents: archives are unpacked level by level within the limits."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote

from programme.loaders.documents.archives import Member, UnreadableError, tar_members, zip_members
from programme.loaders.documents.document import (
    HEAD_BYTES,
    MEDIA_TYPE,
    NO_METADATA,
    Document,
    Metadata,
    ReadResult,
    Refused,
    format_error,
)
from programme.loaders.documents.kinds import ARCHIVES, COMPRESSIONS, HEADER_BYTES, PARQUET, SAVED_PAGES, detect_kind
from programme.loaders.documents.limits import Budget, Limits, OverLimitError, format_size, limit_size, too_large
from programme.loaders.documents.streams import Spool, as_stream, decompress, prepend, read_blocks


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes to read: their URI, how to open them again, their metadata, and in how many archives they are nested.

    `is_seekable` says that `reopen` returns a seekable stream.
    """

    uri: str
    reopen: Callable[[], BinaryIO]
    metadata: Metadata = NO_METADATA
    level: int = 0
    is_seekable: bool = False


def unpack(item: Item, limits: Limits, packed_size: int) -> Iterator[ReadResult]:
    """Yield the documents in a source of `packed_size` bytes, and a Refused for each part that cannot be read."""
    try:
        with item.reopen() as stream:
            yield from _Unpacker(limits, packed_size).read(item, stream)
    except OverLimitError as error:
        yield Refused(item.uri, f"{error}; the rest was not read")
    except OSError as error:
        yield Refused(item.uri, f"cannot be read: {error.strerror or error}")


class _Unpacker:
    """Reads one source and counts what it unpacks."""

    def __init__(self, limits: Limits, packed_size: int) -> None:
        self._limits = limits
        self._budget = Budget(limits, packed_size)

    def read(self, item: Item, stream: BinaryIO) -> Iterator[ReadResult]:
        """Read an item from a stream that stands at its beginning; raises OverLimitError and nothing else.

        The archive libraries raise almost any exception for damage, so all are caught here and only here.
        """
        kind = None
        try:
            head = stream.read(HEADER_BYTES)
            kind = detect_kind(head)
            yield from self._by_kind(item, prepend(head, stream), kind)
        except OverLimitError:
            raise
        except UnreadableError as error:
            yield Refused(item.uri, str(error))
        except Exception as error:
            if kind in ARCHIVES:
                damage = f"damaged {ARCHIVES[kind]}: {format_error(error)}"
                yield Refused(item.uri, f"{damage}; members before the damage, if any, were read")
            else:
                yield Refused(item.uri, f"cannot be read: {format_error(error)}")

    def _by_kind(self, item: Item, stream: BinaryIO, kind: str | None) -> Iterator[ReadResult]:
        if kind is None:
            yield self._document(item, stream)
        elif kind == PARQUET:
            yield self._parquet(item, stream)
        elif kind in SAVED_PAGES:
            yield self._saved_page(item, stream, kind)
        elif item.level > self._limits.depth:
            around = "1 archive" if item.level == 1 else f"{item.level} archives"
            yield Refused(item.uri, f"an archive inside {around}; unpack it first, or use --max-depth {item.level}")
        elif kind in COMPRESSIONS:
            yield from self._compressed(item, stream, kind)
        elif kind == "warc":
            yield from self._web_archive(item, stream, is_gzip=False)
        elif kind == "tar":
            yield from self._members(item, tar_members(stream, item.reopen))
        else:
            yield from self._members(item, self._of_zip(item, stream))

    def _document(self, item: Item, stream: BinaryIO) -> Document | Refused:
        """Return the document of a stream: all its bytes or, if they are too many, its head, digest and size."""
        limits, metadata = self._limits, item.metadata
        content = stream.read(limits.held + 1)
        digest, size = hashlib.sha256(content), len(content)
        opener = item.reopen if size > limits.held else None
        while size <= limits.document_size and (block := stream.read(1024 * 1024)):
            digest.update(block)
            size += len(block)
        if not size:
            return Refused(item.uri, "empty")
        if size > limits.document_size:
            return Refused(item.uri, too_large(limits))
        sha256 = digest.hexdigest()
        validators = metadata.validators._replace(sha256=sha256) if metadata.validators else None
        held = content[:HEAD_BYTES] if opener else content
        captured = (metadata.captured_at, metadata.basis)
        return Document(item.uri, held, sha256, metadata.media_type, *captured, size, opener, limits, validators)

    def _compressed(self, item: Item, stream: BinaryIO, kind: str) -> Iterator[ReadResult]:
        """Read a compressed item; an archive in it, as in `a.tar.gz`, counts as one level together with it."""
        inner = as_stream(self._metered(_checked(kind, decompress(kind, stream))), stream)
        head = inner.read(HEADER_BYTES)
        inner_kind = detect_kind(head)
        # Each record of a `.warc.gz` is compressed separately; from the packed bytes a damaged one can be skipped.
        if kind == "gzip" and inner_kind == "warc":
            with item.reopen() as packed:
                yield from self._web_archive(item, packed, is_gzip=True)
            return

        def reopen() -> BinaryIO:
            packed = item.reopen()
            return as_stream(decompress(kind, packed), packed)

        # A server's `application/gzip` describes the packing, not the document.
        is_packed_type = any(word in item.metadata.media_type for word in ("zip", "zst", "xz", "compress", "octet"))
        metadata = item.metadata._replace(media_type=MEDIA_TYPE) if is_packed_type else item.metadata
        level = item.level if inner_kind in ARCHIVES else item.level + 1
        yield from self.read(Item(item.uri, reopen, metadata, level), prepend(head, inner))

    def _parquet(self, item: Item, stream: BinaryIO) -> Document | Refused:
        """Return the table in a Parquet file as JSON Lines."""
        from programme.loaders.documents.parquet import json_lines

        limits = self._limits

        def reopen() -> BinaryIO:
            packed = item.reopen()
            return as_stream(json_lines(packed, limits), packed)

        blocks = self._metered(json_lines(stream, limits))
        table = Item(item.uri, reopen, item.metadata._replace(media_type=MEDIA_TYPE), item.level)
        return self._document(table, as_stream(blocks, stream))

    def _saved_page(self, item: Item, stream: BinaryIO, kind: str) -> Document | Refused:
        """Return the page that a browser saved, at its own URL."""
        from programme.loaders.documents.saved_pages import saved_page

        content = stream.read(self._limits.held + 1)
        if len(content) > self._limits.held:
            size = format_size(self._limits.held)
            return Refused(item.uri, f"{SAVED_PAGES[kind]} of more than {size}; save the page as HTML")
        try:
            page = saved_page(kind, content)
        except UnreadableError:
            raise
        except Exception as error:
            raise UnreadableError(f"damaged {SAVED_PAGES[kind]}: {format_error(error)}") from None
        self._budget.spend(len(page.content))
        metadata = item.metadata._replace(media_type=MEDIA_TYPE)
        if page.saved_at:
            metadata = metadata._replace(captured_at=page.saved_at, basis="web archive")
        found = Item(page.url or item.uri, lambda: BytesIO(page.content), metadata, item.level)
        return self._document(found, found.reopen())

    def _of_zip(self, item: Item, stream: BinaryIO) -> Iterator[Member]:
        """Yield the members of a ZIP archive; a nested one is spooled first, because its list is at its end."""
        if item.is_seekable:
            return zip_members(item.reopen, self._limits)
        return zip_members(Spool(limit_size(read_blocks(stream), self._limits), self._limits.held).open, self._limits)

    def _members(self, item: Item, members: Iterator[Member]) -> Iterator[ReadResult]:
        is_empty = True
        for member in members:
            self._budget.count_member()
            if member.is_skipped:
                continue
            is_empty = False
            uri = f"{item.uri}!/{quote(member.name, errors='surrogateescape')}" if member.name else item.uri
            if member.problem:
                yield Refused(uri, member.problem)
            else:
                stream = as_stream(self._metered(member.blocks), member.blocks)
                yield from self.read(Item(uri, member.reopen, _metadata(member, item), item.level + 1), stream)
        if is_empty:
            yield Refused(item.uri, "an archive without documents")

    def _web_archive(self, item: Item, stream: BinaryIO, *, is_gzip: bool) -> Iterator[ReadResult]:
        """Read the pages of a web archive, each with the URL it was captured from."""
        from programme.loaders.documents.web_archives import Page, web_pages

        is_empty = True
        for page in web_pages(stream, self._metered, self._limits.held, is_gzip=is_gzip):
            self._budget.count_member()
            if isinstance(page, Page):
                is_empty = False
                metadata = page.metadata
                if metadata.captured_at is None:
                    metadata = metadata._replace(captured_at=item.metadata.captured_at, basis=item.metadata.basis)
                inner = Item(page.uri or item.uri, page.open, metadata, item.level + 1)
                yield from self.read(inner, page.open())
            elif page is not None:
                is_empty = False
                yield Refused(item.uri, page.problem)
        if is_empty:
            yield Refused(
                item.uri,
                "a web archive without pages: it has no response with status 200, no resource and no conversion",
            )

    def _metered(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self._budget.spend(len(block))
            yield block


def _metadata(member: Member, archive: Item) -> Metadata:
    """Return the metadata of a member: its own time or, where it has none, that of the archive."""
    if member.modified_at is not None:
        return Metadata(captured_at=member.modified_at, basis="file")
    return Metadata(captured_at=archive.metadata.captured_at, basis=archive.metadata.basis)


def _checked(kind: str, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on decompressed blocks; turn the library's errors into an UnreadableError that names the kind."""
    try:
        yield from blocks
    except OverLimitError:
        raise
    except Exception as error:  # each library raises its own errors
        raise UnreadableError(f"damaged {COMPRESSIONS[kind]}: {format_error(error)}") from None
