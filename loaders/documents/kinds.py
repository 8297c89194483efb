"""Recognises archives and compressed files by their first bytes, and hidden names in folders and archives."""

import re

from programme.patterns import lazy_pattern

ARCHIVES = {"zip": "ZIP archive", "tar": "tar archive", "warc": "web archive"}
"""Kinds that hold several documents → their name in messages."""

COMPRESSIONS = {"gzip": "gzip file", "zstd": "Zstandard file", "bzip2": "bzip2 file", "xz": "xz file"}
"""Kinds that hold one document, or one archive → their name in messages."""

PARQUET = "parquet"
"""A file of one table, which becomes one document."""

SAVED_PAGES = {"mhtml": "MHTML file", "webarchive": "web archive of Safari"}
"""Files in which a browser saves one page with its pictures → their name in messages."""

_KINDS = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/", "warc"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", PARQUET),
    (b"bplist00", "webarchive"),
    # Zstandard's skippable frames, which may come first (RFC 8878, 3.1.2).
    *((bytes((number,)) + b"\x2a\x4d\x18", "zstd") for number in range(0x50, 0x60)),
)
_PREFIXES = tuple(prefix for prefix, _ in _KINDS)
# `BZh` may begin a text (a name), so the magic of the first block, or of the end of an empty file, is needed too.
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
_HEADERS = lazy_pattern(rb"(?:from|subject|date|mime-version|content-type|snapshot-content-location): ", re.IGNORECASE)
"""The headers that browsers write first in MHTML."""

_MHTML = lazy_pattern(
    rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?content-type:\s*+multipart/related\b", re.IGNORECASE
)
_PLIST = lazy_pattern(rb"\s*<\?xml [^>]*>\s*<!DOCTYPE plist ")
_TAR_HEADER_BYTES = 512
HEADER_BYTES = 4096
"""How many bytes `detect_kind` needs: MHTML has a URL and a title among its headers."""


def detect_kind(head: bytes) -> str | None:
    r"""Return the kind of archive or compression that begins with these bytes; None for a document.

    >>> detect_kind(b"PK\x03\x04...")
    'zip'
    >>> detect_kind(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n")
    'mhtml'
    >>> detect_kind(b"BZhang et al.") is None
    True
    """
    if head.startswith(_PREFIXES):
        kind = next(kind for prefix, kind in _KINDS if head.startswith(prefix))
        return kind if kind != "bzip2" or head[4:10] in _BZIP2_BLOCKS else None
    if head[257:262] == b"ustar" or (b"\0" in head[:_TAR_HEADER_BYTES] and _is_tar_header(head[:_TAR_HEADER_BYTES])):
        return "tar"
    if _HEADERS.match(head):
        return "mhtml" if _MHTML.match(head[:HEADER_BYTES]) else None
    return "webarchive" if _PLIST.match(head) else None


def is_skipped(name: str) -> bool:
    """Return whether a name in a folder or an archive is hidden.

    >>> is_skipped(".git"), is_skipped("__MACOSX"), is_skipped("page.txt")
    (True, True, False)
    """
    return name.startswith(".") or name == "__MACOSX"


def _is_tar_header(block: bytes) -> bool:
    """Return whether the checksum of a tar header is right: the oldest format (v7) lacks the magic `ustar`."""
    stated = block[148:156].strip(b" \0")
    if len(block) < _TAR_HEADER_BYTES or not stated or stated.strip(b"01234567"):
        return False
    # The checksum counts its own eight bytes as spaces.
    return int(stated, 8) == sum(block) - sum(block[148:156]) + 8 * ord(" ")
