"""Write a release into a folder, as a whole: readers see the one before it or this one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory

from programme.exceptions import StoreError
from programme.export.copying import fill_sqlite
from programme.export.duckdb_files import write_duckdb, write_folder
from programme.export.files import atomic_path, refuse_database
from programme.export.publish import changelog, citation, croissant, data_package
from programme.export.publish.places import PublicRows
from programme.export.publish.release import VERSION, File, Release, Terms, from_json, next_release
from programme.export.sources import REVISION
from programme.loaders.store.database import open_database, upgrade
from programme.loaders.store.dump import dump
from programme.loaders.store.revisions import head

SQLITE, DUCKDB = data_package.DATABASES
TABLES = "parquet"
CHECKSUMS = "SHA256SUMS"
_OWN = {SQLITE, DUCKDB, TABLES, CHECKSUMS, data_package.NAME, croissant.NAME, citation.NAME, changelog.NAME}


def publish(database: str, folder: str | Path, terms: Terms, version: str | None = None) -> str:
    """Publish a database into a folder, and return one line that says what was done.

    Nothing is written where the folder holds this release already. Raises StoreError for a folder that holds other
    files, and for a version that is not `MAJOR.MINOR.PATCH`.
    """
    if version is not None and not VERSION.fullmatch(version):
        raise StoreError(f"{version}: is not a version; write it as 1.0.0")
    refuse_database(database, folder)
    path = Path(folder)
    earlier = _earlier(path)
    with closing(open_database(database)) as connection, connection.snapshot():
        release = next_release(earlier, _release(dump(connection), terms), version)
        if release == earlier and all((path / name).exists() for name in _OWN):
            return f"{folder}: version {release.version} is up to date"
        with atomic_path(path, is_folder=True, replace=True, is_own=lambda held: held.name in _OWN) as partial:
            fill_sqlite(PublicRows(connection), partial / SQLITE)
            _write_files(partial, release, earlier, path)
    return f"{folder}: version {release.version}, facts sha256:{release.facts_sha256}"


def _release(lines: Iterator[str], terms: Terms) -> Release:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line}\n".encode())
    today = datetime.now(UTC).date().isoformat()
    return Release("", today, digest.hexdigest(), head(), installed("programme"), terms)


def _earlier(folder: Path) -> Release | None:
    """Return the release that a folder holds."""
    file = folder / data_package.NAME
    if not file.is_file():
        return None
    try:
        return from_json(json.loads(file.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError):
        raise StoreError(f"{file}: is not of a folder that `loader publish` has made; name another folder") from None


def _write_files(partial: Path, release: Release, earlier: Release | None, folder: Path) -> None:
    """Write everything of a release into a folder that holds its SQLite file, the checksums last."""
    database = str(partial / SQLITE)
    write_duckdb(database, partial / DUCKDB)
    write_folder(database, partial / TABLES, "parquet")
    files = [_described(partial, path) for path in sorted(partial.rglob("*")) if path.is_file()]
    texts = {
        data_package.NAME: data_package.data_package(release, files),
        croissant.NAME: croissant.croissant(release, files),
        citation.NAME: citation.citation(release),
        changelog.NAME: _changes(release, earlier, folder, partial),
    }
    for name, text in texts.items():
        (partial / name).write_text(text, encoding="utf-8", newline="\n")
        files.append(_described(partial, partial / name))
    lines = sorted(f"{file.sha256}  {file.path}\n" for file in files)
    (partial / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _described(folder: Path, path: Path) -> File:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    relative = path.relative_to(folder)
    # Parts of large documents lie in `document_parts.2.parquet` and so on.
    table = relative.name.partition(".")[0] if relative.parent.name == TABLES else None
    return File(relative.as_posix(), path.stat().st_size, digest, None if table == REVISION else table)


def _changes(release: Release, earlier: Release | None, folder: Path, partial: Path) -> str:
    """Return the changelog: that of the folder, with what is new in front."""
    old = folder / changelog.NAME
    text = old.read_text(encoding="utf-8") if old.is_file() else None
    if release == earlier:
        return text or changelog.HEAD
    with closing(open_database(partial / SQLITE)) as connection:
        found = {}
        if earlier is not None:
            with _facts(folder / SQLITE) as before:
                found = changelog.differences(before, dump(connection))
        places: dict[str, str] = dict(connection.query("SELECT sha256, uri FROM documents"))
    return changelog.appended(changelog.section(release, earlier, found, places), text)


@contextmanager
def _facts(file: Path) -> Iterator[Iterator[str]]:
    """Open the facts of an earlier release; one of an older schema is migrated, in a copy of it."""
    if not file.is_file():
        raise StoreError(f"{file}: is missing, so that nothing can be compared with it; publish into another folder")
    with TemporaryDirectory() as temporary:
        copied = Path(temporary) / SQLITE
        shutil.copyfile(file, copied)
        upgrade(copied)
        with closing(open_database(copied)) as connection:
            yield dump(connection)
