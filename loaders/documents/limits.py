"""Limits on the size of documents and archives, the budget of one source, and sizes as text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from programme.exceptions import ProgrammeError
from programme.patterns import lazy_pattern

KB, MB, GB, TB = (1024**power for power in range(1, 5))

_FREE_BYTES = 4 * MB
"""An archive may unpack to this size whatever its ratio: small files of repeated text compress very well."""

_UNITS = {"": 1, "k": KB, "m": MB, "g": GB, "t": TB}
_SIZE = lazy_pattern(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.I)


class Limits(NamedTuple):
    """Bounds against hostile input, each with an option of `loader` that raises it.

    Sizes are in bytes. `ratio` is unpacked size to packed size; `depth` is how deeply an archive may be nested in
    others; `members` counts all entries of an archive. `held` has no option: a larger document is read in chunks.
    `allow_private` lets public pages redirect to hosts that only this machine or its network can reach.
    """

    document_size: int = 8 * GB
    unpacked_size: int = 64 * GB
    ratio: int = 200
    depth: int = 1
    members: int = 250_000
    json_depth: int = 64
    xml_entities: bool = False
    allow_private: bool = False
    held: int = 32 * MB


DEFAULT_LIMITS = Limits()


class OverLimitError(ProgrammeError):
    """A source exceeds a limit; the message says which one and names the option that raises it."""


class Budget:
    """Counts what one source has used of its limits; `packed_size` is its size as received, in bytes."""

    def __init__(self, limits: Limits, packed_size: int) -> None:
        self._limits = limits
        self._packed_size = max(packed_size, 1)
        self._unpacked = 0
        self._members = 0

    def spend(self, size: int) -> None:
        """Count unpacked bytes; raises OverLimitError."""
        self._unpacked += size
        if self._unpacked > self._limits.unpacked_size:
            limit = format_size(self._limits.unpacked_size)
            raise OverLimitError(f"unpacks to more than {limit}; to allow more, use --max-unpacked-size")
        if self._unpacked > max(_FREE_BYTES, self._limits.ratio * self._packed_size):
            ratio = f"{self._limits.ratio:,} times its size"
            raise OverLimitError(
                f"unpacks to more than {ratio}, as hostile archives do; if you trust it, use --max-ratio"
            )

    def count_member(self) -> None:
        """Count one member of an archive; raises OverLimitError."""
        self._members += 1
        if self._members > self._limits.members:
            raise too_many_members(self._limits)


def too_many_members(limits: Limits) -> OverLimitError:
    """Return the error of an archive with too many members."""
    return OverLimitError(f"holds more than {limits.members:,} members; to allow more, use --max-members")


def too_large(limits: Limits) -> str:
    """Return the problem of a document that is too large."""
    return f"larger than {format_size(limits.document_size)}; to allow more, use --max-document-size"


def limit_size(blocks: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """Pass on blocks until together they exceed the size of a document; then raise OverLimitError."""
    size = 0
    for block in blocks:
        size += len(block)
        if size > limits.document_size:
            raise OverLimitError(too_large(limits))
        yield block


def format_size(size: int) -> str:
    """Return a size in bytes as people write it.

    >>> format_size(16 * 1024**3), format_size(1536 * 1024), format_size(900)
    ('16 GB', '1.5 MB', '900 bytes')
    """
    for unit, name in ((TB, "TB"), (GB, "GB"), (MB, "MB"), (KB, "kB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"


def parse_size(text: str) -> int:
    """Return the bytes of a size as people write it; raises ValueError.

    >>> parse_size("16 GB") == 16 * 1024**3, parse_size("1.5m"), parse_size("900")
    (True, 1572864, 900)
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None or float(found[1]) == 0:
        raise ValueError(f"{text!r} is not a size; write it like 500MB or 2GB")
    return int(float(found[1]) * _UNITS[found[2].lower()])
