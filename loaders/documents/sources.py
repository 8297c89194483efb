"""Reads sources as a user names them: path, folder, glob pattern, URL, folder of an object store or standard input."""

import glob
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from programme.exceptions import ProgrammeError
from programme.loaders.documents.document import Metadata, ReadResult, Refused, Validators, format_error
from programme.loaders.documents.files import describe_error, path_to_uri, read_path
from programme.loaders.documents.given import described
from programme.loaders.documents.instants import whole_seconds
from programme.loaders.documents.kinds import is_skipped
from programme.loaders.documents.limits import DEFAULT_LIMITS, Limits, OverLimitError, limit_size
from programme.patterns import lazy_pattern

if TYPE_CHECKING:
    from programme.loaders.documents.web import Web

_SCHEME = lazy_pattern(r"([a-z][a-z0-9+.-]+)://", re.I)
_OBJECT_STORE = lazy_pattern(r"(?:s3|gs)://", re.I)


def documents_from(
    sources: Iterable[str | Path],
    *,
    limits: Limits = DEFAULT_LIMITS,
    validators: Callable[[str], Validators | None] | None = None,
    skipped: frozenset[str] = frozenset(),
    captured: datetime | None = None,
    uri: str | None = None,
    keep: bool = False,
    obeys_robots: bool = False,
) -> Iterator[ReadResult]:
    """Read sources in order: a file, a folder with everything below it, a glob pattern, a URL, or `-` (standard input).

    A folder may lie in an object store: `s3://BUCKET/FOLDER`, `gs://…`. A source that cannot be read yields a Refused
    with the reason, and reading continues. Hidden names in folders and archives are skipped, and so are `skipped`, real
    paths of files, in folders and patterns. `validators` returns what is known of a URL, or None; a page that the
    server then says has not changed yields NotModified. `captured`, `uri` and `keep` describe the documents, as in
    `described`. With `obeys_robots`, for URLs that no person names, the robots.txt of a host decides what is read of
    it.
    """
    return described(
        _read_all(sources, _Reader(limits, validators, skipped, obeys_robots)), captured=captured, uri=uri, keep=keep
    )


def _read_all(sources: Iterable[str | Path], reader: "_Reader") -> Iterator[ReadResult]:
    try:
        for source in (os.fspath(named) for named in sources):
            try:
                yield from reader.read(source)
            except ProgrammeError:
                raise
            except Exception as error:  # a fault of ours or of a library, from which other sources must not suffer
                yield Refused(
                    source if _SCHEME.match(source) else path_to_uri(source),
                    f"cannot be read: {type(error).__name__}: {format_error(error)}",
                )
    finally:
        reader.close()


def files_of(sources: Iterable[str | Path], skipped: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the files of sources by absolute path, and URLs, for others to read: together they give the same documents.

    A folder that holds a link stays whole, because a link is read as part of its folder.
    """
    for named in sources:
        source = os.fspath(named)
        if not os.path.lexists(source) and _SCHEME.match(source):
            if _OBJECT_STORE.match(source):
                from programme.loaders.documents.object_stores import objects_in

                yield from objects_in(source)
            else:
                yield source
            continue
        is_pattern = glob.has_magic(source) and not os.path.lexists(source)
        matches = sorted(glob.glob(source, recursive=True)) if is_pattern else [source]  # noqa: PTH207 - as in reading
        for path in matches or [source]:
            real = os.path.realpath(path)
            names = sorted(_paths(real))
            is_linked = any(os.path.islink(name) for name in names)  # noqa: PTH114 - as in reading
            yield from [real] if is_linked else (name for name in names if name not in skipped)


def count_files(sources: Iterable[str | Path]) -> int | None:
    """Count the documents of sources without opening any; None if an archive or standard input is among them."""
    count = 0
    for source in sources:
        path = os.fspath(source)
        if path == "-" or _OBJECT_STORE.match(path):
            return None
        is_pattern = glob.has_magic(path) and not os.path.lexists(path) and not _SCHEME.match(path)
        for match in glob.glob(path, recursive=True) if is_pattern else [path]:  # noqa: PTH207 - as in reading
            for name in _names(match):
                if name.lower().endswith((".zip", ".tar", ".tgz", ".gz", ".zst", ".bz2", ".xz", ".warc", ".wet")):
                    return None
                count += 1
    return count


def _names(path: str) -> Iterator[str]:
    """Yield the name of a file, or those of all files below a folder."""
    return (os.path.basename(each) for each in _paths(path))  # noqa: PTH119 - a URL may stand there


def _paths(path: str) -> Iterator[str]:
    """Yield the path of a file, or those of all files below a folder, links to folders among them."""
    if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir() raises for a name that is too long
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not is_skipped(name)]
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        yield from (os.path.join(folder, name) for name in (*names, *linked) if not is_skipped(name))  # noqa: PTH118


class _Reader:
    """Reads sources one after another within the limits; keeps its connections open for the next URL."""

    def __init__(
        self,
        limits: Limits,
        validators: Callable[[str], Validators | None] | None,
        skipped: frozenset[str],
        obeys_robots: bool,
    ) -> None:
        self._obeys_robots = obeys_robots
        self._limits = limits
        self._skipped = skipped
        self._validators = validators
        self._web: Web | None = None

    def close(self) -> None:
        if self._web is not None:
            self._web.close()

    def read(self, path: str) -> Iterator[ReadResult]:
        """Yield what one source holds.

        The order matters: a file may be called `[1].txt`, so a path that exists is never taken for a pattern or a URL.
        """
        if path == "-":
            yield from self._from_standard_input()
        elif os.path.lexists(path):
            yield from read_path(path, self._limits, self._skipped)
        elif scheme := _SCHEME.match(path):
            yield from self._from_url(path, scheme[1].lower())
        elif glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
            if not matches:
                yield Refused(path_to_uri(path), "no file matches this pattern")
            for match in matches:
                if os.path.realpath(match) not in self._skipped:
                    yield from read_path(match, self._limits, self._skipped)
        else:
            yield from read_path(path, self._limits)

    def _from_url(self, url: str, scheme: str) -> Iterator[ReadResult]:
        if scheme == "file":
            yield Refused(url, "a file: URI; give the path instead")
        elif _OBJECT_STORE.match(url):
            from programme.loaders.documents.object_stores import read_objects

            yield from read_objects(url, self._limits)
        elif scheme not in ("http", "https"):
            yield Refused(url, f"{scheme}: URLs cannot be read; only http, https, s3 and gs can")
        else:
            if self._web is None:
                from programme.loaders.documents.web import Web

                self._web = Web(self._limits, self._validators)
            if self._obeys_robots and (problem := self._web.robots.problem(url)):
                yield Refused(url, problem)
                return
            yield from self._web.read(url)

    def _from_standard_input(self) -> Iterator[ReadResult]:
        """Read standard input; a large one is spooled to a temporary file.

        Its URI holds the start of its SHA-256, so that one standard input can be told from another.
        """
        from programme.loaders.documents.streams import Spool, read_blocks
        from programme.loaders.documents.unpacking import Item, unpack

        digest = hashlib.sha256()

        def hashed() -> Iterator[bytes]:
            for block in limit_size(read_blocks(sys.stdin.buffer), self._limits):
                digest.update(block)
                yield block

        try:
            spool = Spool(hashed(), self._limits.held)
        except (OverLimitError, OSError) as error:
            yield Refused("stdin:", describe_error(error) if isinstance(error, OSError) else str(error))
            return
        uri = f"stdin:{digest.hexdigest()[:12]}" if spool.size else "stdin:"
        metadata = Metadata(captured_at=whole_seconds(datetime.now(UTC)), basis="file")
        yield from unpack(Item(uri, spool.open, metadata, is_seekable=True), self._limits, spool.size)
