"""Frames: pickled values in a file, compressed, each with its length and digest, and an empty one at the end."""

import pickle
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, BinaryIO

import zstandard

from programme.exceptions import StoreError

_LENGTH_BYTES, _DIGEST_BYTES = 8, 16


def pack(value: Any) -> bytes:
    """Return a value as `write` takes it and `read` yields it."""
    return zstandard.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def write(out: BinaryIO, packed: bytes) -> None:
    """Write a frame."""
    out.write(len(packed).to_bytes(_LENGTH_BYTES, "big") + digest(packed) + packed)


def write_end(out: BinaryIO) -> None:
    """Write the frame after the last one."""
    out.write(bytes(_LENGTH_BYTES + _DIGEST_BYTES))


def read(stream: BinaryIO, damage: str) -> Iterator[bytes]:
    """Yield packed values up to the end; raises StoreError, with the text `damage`, where one is not as written."""
    while True:
        head = stream.read(_LENGTH_BYTES + _DIGEST_BYTES)
        length = int.from_bytes(head[:_LENGTH_BYTES], "big")
        packed = stream.read(length)
        is_whole = len(head) == _LENGTH_BYTES + _DIGEST_BYTES and len(packed) == length
        if not is_whole or (length and digest(packed) != head[_LENGTH_BYTES:]):
            raise StoreError(damage)
        if not length:
            return
        yield packed


def digest(packed: bytes) -> bytes:
    """Return the digest of a frame."""
    return blake2b(packed, digest_size=_DIGEST_BYTES).digest()
