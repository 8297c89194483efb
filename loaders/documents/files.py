"""Reads files and folders."""

# Path.exists() and Path.is_dir() raise for a name that is too long; os.path's never do.
# ruff: noqa: PTH110, PTH112
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote_from_bytes

from programme.loaders.documents.document import (
    HEAD_BYTES,
    MEDIA_TYPE,
    Document,
    Metadata,
    ReadResult,
    Refused,
)
from programme.loaders.documents.instants import file_time
from programme.loaders.documents.kinds import detect_kind, is_skipped
from programme.loaders.documents.limits import Limits, too_large


def read_path(path: str, limits: Limits, skipped: frozenset[str] = frozenset()) -> Iterator[ReadResult]:
    """Yield the document of a file, or those of every file below a folder except those skipped."""
    # A link that was named is followed, so that a file has one URI; a dangling one keeps its name for the message.
    real = os.path.realpath(path) if os.path.exists(path) else path
    if os.path.isdir(real):
        yield from _from_folder(real, real, path_to_uri(real).rstrip("/"), limits, skipped)
    else:
        yield from _from_file(real, path_to_uri(real), limits)


def path_to_uri(path: str) -> str:
    """Return the `file:` URI of a path, made absolute without following links."""
    return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 - resolve() would follow links


def describe_error(error: OSError | ValueError) -> str:
    """Return the problem that an error of the operating system stands for, in plain words."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, ValueError) and "null" in str(error):  # its wording differs between versions of Python
        return "no file has a NUL character in its name"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _from_folder(root: str, folder: str, uri: str, limits: Limits, skipped: frozenset[str]) -> Iterator[ReadResult]:
    """Read a folder, sorted by name; `root` is the folder the user named, which no link may leave."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not is_skipped(entry.name)), key=lambda entry: entry.name)
    except OSError as error:
        yield Refused(uri, f"this folder cannot be listed: {describe_error(error)}")
        return
    for entry in entries:
        entry_uri = f"{uri}/{quote_from_bytes(os.fsencode(entry.name))}"
        if entry.is_symlink():
            yield from _from_link(root, entry.path, entry_uri, limits)
        elif entry.is_dir(follow_symlinks=False):
            yield from _from_folder(root, entry.path, entry_uri, limits, skipped)
        elif entry.path not in skipped:
            yield from _from_file(entry.path, entry_uri, limits)


def _from_link(root: str, path: str, uri: str, limits: Limits) -> Iterator[ReadResult]:
    """Read the file that a link in a folder points to.

    A link to a folder inside `root` yields nothing: that folder is read where it is, and a loop is impossible.
    """
    real = os.path.realpath(path)
    if os.path.commonpath([root, real]) != root:
        yield Refused(uri, f"a link to {real}, outside the folder; name that path itself to read it")
    elif not os.path.isdir(real):
        yield from _from_file(path, path_to_uri(real) if os.path.exists(real) else uri, limits)


def _from_file(path: str, uri: str, limits: Limits) -> Iterator[ReadResult]:
    """Read one file, or yield the reason why not; pipes, sockets and devices are never opened."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path takes longer to make than this
        if not stat.S_ISREG(status.st_mode):
            yield Refused(uri, "not a regular file (a pipe, socket or device)")
            return
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            content = file.read() if status.st_size <= limits.held else file.read(HEAD_BYTES)
    except (OSError, ValueError) as error:
        dangling = isinstance(error, FileNotFoundError) and Path(path).is_symlink()
        yield Refused(
            uri, f"a link to {Path(path).readlink()}, which does not exist" if dangling else describe_error(error)
        )
        return
    kind, modified_at = detect_kind(content), file_time(status.st_mtime)
    if not content:
        yield Refused(uri, "empty")
    elif kind is None and status.st_size > limits.document_size:
        yield Refused(uri, too_large(limits))
    elif kind is None and status.st_size <= limits.held:
        yield Document.of(uri, content, MEDIA_TYPE, modified_at, "file", limits)
    else:
        from programme.loaders.documents.unpacking import Item, unpack

        del content  # up to 32 MB, which would be held while the file is unpacked
        reopen = cast("partial[BinaryIO]", partial(open, path, "rb"))
        metadata = Metadata(captured_at=modified_at, basis="file")
        yield from unpack(Item(uri, reopen, metadata, is_seekable=True), limits, status.st_size)
