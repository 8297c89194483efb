"""Files and folders that appear only when complete: written beside their destination, then renamed."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from programme.database_url import parse_database_url
from programme.exceptions import StoreError

EXPORT_SUFFIXES = (".parquet", ".csv", ".jsonl")
"""A folder that holds any other file is never replaced."""


@contextmanager
def atomic_path(
    destination: str | Path,
    *,
    is_folder: bool = False,
    replace: bool = False,
    is_own: Callable[[Path], bool] | None = None,
) -> Iterator[Path]:
    """Yield a path to write to, an empty folder or a file yet to be made, and rename it to `destination` at the end.

    After an error it is removed. `is_own` says of what a folder holds whether it may be lost when the folder is
    replaced, by default what exports write. Raises StoreError if the destination exists and must not be replaced, and
    if the system refuses to write.
    """
    path = Path(destination)
    path = path.resolve() if path.is_symlink() else path
    _check(path, is_folder=is_folder, replace=replace, is_own=is_own or _is_exported)
    # In the same folder, since only within one file system is renaming atomic; two exports at once must not share it.
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        if is_folder:
            partial.mkdir()
        yield partial
        if path.is_dir():
            _replace_folder(path, partial)
        else:
            partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error}); name another destination") from error
    finally:
        _remove(partial)


def refuse_database(database: str, destination: str | Path) -> None:
    """Raise StoreError if a destination is the database that is read, or a folder that holds it."""
    url = parse_database_url(database)
    if url.engine == "sqlite":
        target, source = Path(destination).resolve(), Path(url.location).resolve()
        if target == source or target in source.parents:
            raise StoreError(f"{destination}: is the database itself or holds it; name another destination")


def _check(path: Path, *, is_folder: bool, replace: bool, is_own: Callable[[Path], bool]) -> None:
    if not path.name:
        raise StoreError(f"{path}: is not a name for a {'folder' if is_folder else 'file'}")
    parent = path.absolute().parent
    if not parent.is_dir():
        raise StoreError(f"{path}: the folder {parent} does not exist; create it first")
    if not os.access(parent, os.W_OK):
        raise StoreError(f"{path}: cannot be written: the folder {parent} is read-only; name another destination")
    if not path.exists() or (is_folder and path.is_dir() and not any(path.iterdir())):
        return
    if path.is_dir() != is_folder:
        raise StoreError(f"{path}: is a {'folder' if path.is_dir() else 'file'}; name another destination")
    if not replace:
        raise StoreError(f"{path}: exists already; name another destination, or give --replace")
    if is_folder and not all(map(is_own, path.iterdir())):
        raise StoreError(f"{path}: holds other files than an export; remove it yourself, or name another destination")


def _is_exported(held: Path) -> bool:
    """Return whether an export has written what a folder holds: a file, or a folder that is split by edition."""
    if not held.is_dir():
        return held.suffix in EXPORT_SUFFIXES
    parts = list(held.iterdir())
    return bool(parts) and all(part.name.startswith("edition=") for part in parts)


def _replace_folder(path: Path, partial: Path) -> None:
    """Replace a folder by another; a reader sees the old one or the new one, never half of either."""
    old = path.with_name(f"{partial.name}.old")
    path.rename(old)
    try:
        partial.rename(path)
    except OSError:
        old.rename(path)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        for leftover in (path, path.with_name(f"{path.name}-journal"), path.with_name(f"{path.name}.wal")):
            # On a read-only disk, deleting what does not exist is an error too; it must not hide the first one.
            with suppress(OSError):
                leftover.unlink()
