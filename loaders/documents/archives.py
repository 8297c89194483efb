"""Lists the members of ZIP and tar archives, one at a time; unsafe and unreadable members carry a problem."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Self

from programme.exceptions import ProgrammeError
from programme.loaders.documents.instants import file_time
from programme.loaders.documents.kinds import is_skipped
from programme.loaders.documents.limits import KB, MB, Limits, format_size, too_many_members
from programme.loaders.documents.streams import as_stream, read_blocks, slice_stream

if TYPE_CHECKING:
    import tarfile
    import zipfile

# Names of members by which an office document or a Java program, which are ZIP archives too, is recognised.
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
WORKBOOK = "xl/workbook.xml"
"""The member that makes an archive an Excel workbook."""

_LONG_HEADER_BYTES = MB
_LONG_HEADER_TYPES = (b"L", b"K", b"x", b"g", b"X")
"""Types of tar headers whose content is a long name or a set of attributes, which `tarfile` reads into memory."""

_DIRECTORY_BYTES_PER_MEMBER = KB // 2
"""A ZIP directory entry takes 46 bytes and the name; a directory larger than this for each member is hostile."""

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP archive can hold, which programs write that leave the time out."""

_LINK, _TYPE_BITS = 0o120000, 0o170000
"""A symbolic link in the Unix mode of a member, and the bits of the mode that hold the type."""


class UnreadableError(ProgrammeError):
    """Something undamaged that still cannot be read; the message says what to do."""


def _no_blocks() -> Generator[bytes, None, None]:
    yield from ()


def _not_a_document() -> BinaryIO:
    raise UnreadableError("not a document")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its cleaned name, its bytes, and how to open them again; or the problem with it.

    `modified_at` is its own time, None where the archive does not give one. The problem of a member without a name is
    one of the archive itself.
    """

    name: str
    problem: str = ""
    is_skipped: bool = False
    blocks: Generator[bytes, None, None] = field(default_factory=_no_blocks)
    reopen: Callable[[], BinaryIO] = _not_a_document
    modified_at: datetime | None = None


def clean_member_name(name: str) -> tuple[str, str]:
    r"""Return a member's name without empty parts, `.` and backslashes, and the problem with it, or an empty text.

    >>> clean_member_name("./a//page.txt")
    ('a/page.txt', '')
    >>> clean_member_name("..\\page.txt")[1]
    "the name '..\\\\page.txt' leaves the archive; unpack the archive yourself if you trust it"
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    is_drive = len(name) > 1 and name[1] == ":" and name[0].isalpha()
    problem = ""
    if name.startswith(("/", "\\")) or is_drive or ".." in parts:
        problem = f"the name {name!r} leaves the archive; unpack the archive yourself if you trust it"
    return "/".join(parts) or name, problem


def zip_members(reopen: Callable[[], BinaryIO], limits: Limits) -> Iterator[Member]:
    """Yield the members of a ZIP archive, or the sheets of a workbook.

    Raises OverLimitError, UnreadableError, and any error `zipfile` raises.
    """
    import zipfile

    with reopen() as file:
        _check_directory(file, limits)
        with zipfile.ZipFile(file) as archive:
            names = {info.filename for info in archive.infolist()}
            if WORKBOOK in names:
                from programme.loaders.documents.workbooks import sheets

                yield from sheets(reopen, limits)
                return
            if any(name in names for name in _OFFICE):
                raise UnreadableError("an office document or a program, not an archive of pages; save the page as text")
            for info in archive.infolist():
                yield _zip_member(archive, info, reopen)


def _zip_member(archive: "zipfile.ZipFile", info: "zipfile.ZipInfo", reopen: Callable[[], BinaryIO]) -> Member:
    import zipfile

    name, problem = clean_member_name(info.filename)
    readable = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    if not problem and (info.is_dir() or any(map(is_skipped, name.split("/")))):
        return Member(name, is_skipped=True)
    if not problem and info.external_attr >> 16 & _TYPE_BITS == _LINK:
        problem = "a link, and links in archives are not followed; name the file it points to"
    elif not problem and info.flag_bits & 1:
        problem = "encrypted; unpack it with its password and name the folder"
    elif not problem and info.compress_type not in readable:
        problem = f"compressed by method {info.compress_type}, which is not read; unpack it and name the folder"

    def again() -> BinaryIO:
        file = reopen()
        return as_stream(_opened(zipfile.ZipFile(file), info), file)

    return Member(name, problem, blocks=_opened(archive, info), reopen=again, modified_at=_zip_time(info))


def _zip_time(info: "zipfile.ZipInfo") -> datetime | None:
    """Return the time of a member, which has no zone and is taken as UTC; None where none is set."""
    try:
        return datetime(*info.date_time, tzinfo=UTC) if info.date_time != _NO_TIME else None
    except ValueError:  # month 0, or the second 60 that the format allows
        return None


def _opened(archive: "zipfile.ZipFile", info: "zipfile.ZipInfo") -> Generator[bytes, None, None]:
    """Unpack a member; it is opened only when its first block is requested, as most errors are raised there."""
    with archive.open(info) as stream:
        yield from read_blocks(stream)  # type: ignore[arg-type]


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Count the members in the directory at the end before `zipfile` reads it into memory; raises OverLimitError.

    Offsets are those of APPNOTE.TXT, 4.3.16 (end of central directory) and 4.3.14 (its 64-bit form).
    """
    size = file.seek(0, 2)
    start = max(0, size - 66 * KB)  # the end record has 22 bytes and a comment of at most 64 KB
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    # All ones mean that the 64-bit record holds the size.
    if listed == 0xFFFFFFFF and (large := tail.rfind(b"PK\x06\x06", 0, at)) >= 0:
        listed = int.from_bytes(tail[large + 40 : large + 48], "little")
        at = large
    if at < 0:
        raise EOFError("it is cut off: the list of its members, at the end, is missing")
    if listed > start + at:  # impossible: `zipfile` will say so
        return
    if listed > limits.members * _DIRECTORY_BYTES_PER_MEMBER:
        raise too_many_members(limits)
    file.seek(start + at - listed)
    if file.read(listed).count(b"PK\x01\x02") > limits.members:
        raise too_many_members(limits)


def tar_members(stream: BinaryIO, reopen: Callable[[], BinaryIO]) -> Iterator[Member]:
    """Yield the members of a tar archive in one pass over a stream; raises any error `tarfile` raises.

    After a damaged header, reading continues with the next valid one.
    """
    import tarfile

    damaged: list[int] = []
    with tarfile.open(fileobj=stream, mode="r|", ignore_zeros=True, tarinfo=_headers(damaged)) as archive:
        for info in archive:
            archive.members = []  # type: ignore[attr-defined] # `tarfile` would keep every header in memory
            yield _tar_member(archive, info, reopen)
    for offset in damaged:
        yield Member("", f"damaged tar archive: no valid member at byte {offset:,}; the others were read")


def _tar_member(archive: "tarfile.TarFile", info: "tarfile.TarInfo", reopen: Callable[[], BinaryIO]) -> Member:
    name, problem = clean_member_name(info.name)
    start, size = info.offset_data, info.size
    if not problem and (info.isdir() or any(map(is_skipped, name.split("/")))):
        return Member(name, is_skipped=True)
    if not problem and (info.islnk() or info.issym()):
        problem = f"a link to {info.linkname}, and links in archives are not followed; name the file it points to"
    elif not problem and (not info.isreg() or info.issparse()):
        problem = "not a regular file (a device, a pipe, or a file with holes)"

    def blocks() -> Generator[bytes, None, None]:
        if (member := archive.extractfile(info)) is not None:
            yield from read_blocks(member)  # type: ignore[arg-type]

    def again() -> BinaryIO:
        return slice_stream(reopen(), start, size)

    return Member(name, problem, blocks=blocks(), reopen=again, modified_at=file_time(info.mtime))


def _headers(damaged: list[int]) -> "type[tarfile.TarInfo]":
    """Return a class of headers that notes where damage begins and refuses names of many megabytes.

    `tarfile` has no hook for either; with `ignore_zeros` it skips damaged headers without a word.
    """
    import tarfile

    class Header(tarfile.TarInfo):
        """A header of one archive, whose damage it appends to `damaged`."""

        is_in_damage = False

        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            header = super().frombuf(buf, encoding, errors)
            if header.type in _LONG_HEADER_TYPES and header.size > _LONG_HEADER_BYTES:
                raise tarfile.HeaderError(f"a name or comment of {format_size(header.size)}")
            return header

        @classmethod
        def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
            try:
                header = super().fromtarfile(archive)
            except tarfile.HeaderError as error:
                if type(error).__name__ in ("InvalidHeaderError", "TruncatedHeaderError"):
                    if not cls.is_in_damage:
                        damaged.append(archive.offset)
                    cls.is_in_damage = True
                raise
            cls.is_in_damage = False
            return header

    return Header
