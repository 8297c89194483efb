"""Files and folders that come to be all at once: written beside their place under another name, then renamed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from programme.database_url import parse_database_url
from programme.exceptions import StoreError

EXPORTED = (".parquet", ".csv", ".jsonl")
"""What the files of an exported folder end in; a folder with anything else is never replaced."""


@contextmanager
def written_whole(destination: str | Path, *, is_folder: bool = False, replace: bool = False) -> Iterator[Path]:
    """Give a path to write to, a file yet to be made or a folder; at the end it gets the name of `destination`.

    On an error what is there is removed. Raises StoreError where the name is taken, unless it may be replaced, and for
    what the system refuses.
    """
    path = Path(destination)
    path = path.resolve() if path.is_symlink() else path
    _check(path, is_folder=is_folder, replace=replace)
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
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        _remove(partial)


def refuse_database(database: str, destination: str | Path) -> None:
    """Raise StoreError where a destination is the very file that is read, or a folder that holds it."""
    url = parse_database_url(database)
    if url.engine == "sqlite":
        place, own = Path(destination).resolve(), Path(url.location).resolve()
        if place == own or place in own.parents:
            raise StoreError(f"{destination}: is the database itself or holds it; name another destination")


def _check(path: Path, *, is_folder: bool, replace: bool) -> None:
    if not path.name:
        raise StoreError(f"{path}: is no name for a {'folder' if is_folder else 'file'}")
    if not path.absolute().parent.is_dir():
        raise StoreError(f"{path}: the folder {path.absolute().parent} does not exist; create it first")
    if not path.exists() or (is_folder and path.is_dir() and not any(path.iterdir())):
        return
    if path.is_dir() != is_folder:
        raise StoreError(f"{path}: is a {'folder' if path.is_dir() else 'file'}; name another destination")
    if not replace:
        raise StoreError(f"{path}: is there already; name another destination, or give --replace")
    if is_folder and any(held.suffix not in EXPORTED for held in path.iterdir()):
        raise StoreError(f"{path}: holds more than an export; remove it yourself, or name another destination")


def _replace_folder(path: Path, partial: Path) -> None:
    """Put a folder in the place of another, which is never seen half."""
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
            leftover.unlink(missing_ok=True)
