"""Recognises archives and compressed files by their first bytes, and hidden names in folders and archives."""

ARCHIVES = {"zip": "ZIP archive", "tar": "tar archive", "warc": "web archive"}
"""Kinds that hold several documents → their name in messages."""

COMPRESSIONS = {"gzip": "gzip file", "zstd": "Zstandard file", "bzip2": "bzip2 file", "xz": "xz file"}
"""Kinds that hold one document, or one archive → their name in messages."""

PARQUET = "parquet"
"""A file of one table, which becomes one document."""

_KINDS = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/", "warc"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", PARQUET),
    # Zstandard's skippable frames, which may come first (RFC 8878, 3.1.2).
    *((bytes((number,)) + b"\x2a\x4d\x18", "zstd") for number in range(0x50, 0x60)),
)
_PREFIXES = tuple(prefix for prefix, _ in _KINDS)
# `BZh` may begin a text (a name), so the magic of the first block, or of the end of an empty file, is needed too.
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
HEADER_BYTES = 512
"""How many bytes `detect_kind` needs: a tar header has 512."""


def detect_kind(head: bytes) -> str | None:
    r"""Return the kind of archive or compression that begins with these bytes; None for a document.

    >>> detect_kind(b"PK\x03\x04...")
    'zip'
    >>> detect_kind(b"BZhang et al.") is None
    True
    """
    if head.startswith(_PREFIXES):
        kind = next(kind for prefix, kind in _KINDS if head.startswith(prefix))
        return kind if kind != "bzip2" or head[4:10] in _BZIP2_BLOCKS else None
    if head[257:262] == b"ustar" or (b"\0" in head[:HEADER_BYTES] and _is_tar_header(head[:HEADER_BYTES])):
        return "tar"
    return None


def is_skipped(name: str) -> bool:
    """Return whether a name in a folder or an archive is hidden.

    >>> is_skipped(".git"), is_skipped("__MACOSX"), is_skipped("page.txt")
    (True, True, False)
    """
    return name.startswith(".") or name == "__MACOSX"


def _is_tar_header(block: bytes) -> bool:
    """Return whether the checksum of a tar header is right: the oldest format (v7) lacks the magic `ustar`."""
    stated = block[148:156].strip(b" \0")
    if len(block) < HEADER_BYTES or not stated or stated.strip(b"01234567"):
        return False
    # The checksum counts its own eight bytes as spaces.
    return int(stated, 8) == sum(block) - sum(block[148:156]) + 8 * ord(" ")
