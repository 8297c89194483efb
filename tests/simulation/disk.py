"""A disk that fails: SQLite's calls to the system in this process, of which the Nth goes wrong.

The functions of SQLite's own file system layer are replaced by ones that count. There is no way back, so this is for a
process that ends soon.
"""

import _sqlite3
import ctypes
import os
import random
import signal
from collections.abc import Callable
from ctypes import c_char_p, c_int, c_int64, c_void_p
from typing import Any

SECTOR = 4096
FULL, FAILED_READ, FAILED_SYNC = 13, 10 | 1 << 8, 10 | 4 << 8
"""SQLITE_FULL, SQLITE_IOERR_READ and SQLITE_IOERR_FSYNC."""

FAULTS = ("kill", "torn", "power", "full", "sync", "read")
"""Killed before a call; killed when half of a write is done; all writes since the last sync lost, or some; no space
left from here on; a sync that fails; a read that fails."""

_READ, _WRITE, _TRUNCATE, _SYNC = (8 + 8 * number for number in (1, 2, 3, 4))
"""Offsets in `sqlite3_io_methods`: a number, and pointers."""
_METHODS_BYTES = 8 + 8 * 18
_OPEN = 8 * 5
"""Offset of `xOpen` in `sqlite3_vfs`: three numbers with padding, two pointers and one more."""

_Io = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)
_Open = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, c_int, c_void_p)


def is_available() -> bool:
    """Return whether the SQLite of this Python lets its functions be found."""
    return hasattr(_sqlite3, "__file__") and hasattr(ctypes.CDLL(_sqlite3.__file__), "sqlite3_vfs_find")


_installed: list["Disk"] = []
"""Keeps what SQLite calls from being collected as garbage."""


class Disk:
    """What the failing disk of a process knows: the calls that are left, and what was written since the last sync."""

    def __init__(self, fault: str, call: int, seed: int) -> None:
        self._fault = fault
        self._left = call
        self._random = random.Random(seed)  # noqa: S311 - it is to be repeated
        self._paths: dict[int, bytes] = {}
        self._unsynced: dict[bytes, tuple[int, dict[int, bytes]]] = {}
        self._kept: list[Any] = []

    def install(self) -> None:
        """Replace the functions of the default file system layer."""
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
        find.restype = c_void_p
        slot = c_void_p.from_address(find(None) + _OPEN)
        original = _Open(slot.value or 0)
        patched: dict[int, int] = {}

        def opened(vfs: int, path: bytes | None, file: int, flags: int, out: int) -> int:
            status = int(original(vfs, path, file, flags, out))
            methods = c_void_p.from_address(file)
            if status == 0 and path and methods.value and methods.value not in patched.values():
                if methods.value not in patched:
                    patched[methods.value] = self._patched(methods.value)
                methods.value = patched[methods.value]
                self._paths[file] = path
            return status

        function = _Open(opened)
        self._kept.append(function)
        slot.value = ctypes.cast(function, c_void_p).value
        _installed.append(self)

    def _patched(self, methods: int) -> int:
        """Return a copy of a table of functions with ours in it."""
        table = ctypes.create_string_buffer(ctypes.string_at(methods, _METHODS_BYTES), _METHODS_BYTES)
        address = ctypes.addressof(table)

        def replace(offset: int, kind: Any, make: Callable[[Any], Callable[..., int]]) -> None:
            slot = c_void_p.from_address(address + offset)
            function = kind(make(kind(slot.value)))
            slot.value = ctypes.cast(function, c_void_p).value
            self._kept.append(function)

        self._kept.append(table)
        replace(_READ, _Io, self._reader)
        replace(_WRITE, _Io, self._writer)
        replace(_TRUNCATE, _Truncate, self._truncater)
        replace(_SYNC, _Sync, self._syncer)
        return address

    def _is_due(self, *faults: str) -> bool:
        """Count a call, and return whether the fault that this process has comes with it; a kill does not return."""
        self._left -= 1
        if self._left > 0:
            return False
        if self._fault == "power":
            self._lose_power()
        if self._fault in ("kill", "power"):
            os.kill(os.getpid(), signal.SIGKILL)
        return self._fault in faults

    def _reader(self, original: Callable[..., int]) -> Callable[..., int]:
        def read(file: int, data: int, size: int, offset: int) -> int:
            return FAILED_READ if self._is_due("read") else int(original(file, data, size, offset))

        return read

    def _writer(self, original: Callable[..., int]) -> Callable[..., int]:
        def write(file: int, data: int, size: int, offset: int) -> int:
            if self._is_due("full", "torn"):
                if self._fault == "full":
                    return FULL
                original(file, data, size // 2, offset)
                os.kill(os.getpid(), signal.SIGKILL)
            self._remember(self._paths[file], offset, size)
            return original(file, data, size, offset)

        return write

    def _truncater(self, original: Callable[..., int]) -> Callable[..., int]:
        def truncate(file: int, size: int) -> int:
            self._is_due()
            return original(file, size)

        return truncate

    def _syncer(self, original: Callable[..., int]) -> Callable[..., int]:
        def sync(file: int, flags: int) -> int:
            if self._is_due("sync"):
                return FAILED_SYNC
            self._unsynced.pop(self._paths[file], None)
            return original(file, flags)

        return sync

    def _remember(self, path: bytes, offset: int, size: int) -> None:
        """Keep what the disk had before a write, where it may come back."""
        if self._fault != "power":
            return
        with open(path, "rb") as found:  # noqa: PTH123 - a path of bytes
            length, sectors = self._unsynced.setdefault(path, (os.path.getsize(path), {}))  # noqa: PTH202
            for number in range(offset // SECTOR, (offset + size - 1) // SECTOR + 1):
                if number not in sectors and number * SECTOR < length:
                    found.seek(number * SECTOR)
                    sectors[number] = found.read(min(SECTOR, length - number * SECTOR))

    def _lose_power(self) -> None:
        """Let the disk have lost all writes since the last sync of each file, or some of them."""
        for path, (length, sectors) in self._unsynced.items():
            loses_all = self._random.random() < 0.5
            if not os.path.exists(path):  # noqa: PTH110
                continue
            with open(path, "r+b") as file:  # noqa: PTH123
                for number, before in sectors.items():
                    if loses_all or self._random.random() < 0.5:
                        file.seek(number * SECTOR)
                        file.write(before)
                if loses_all:
                    file.truncate(length)
