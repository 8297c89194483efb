"""Shards: files of documents that are read already, which other processes and machines write and one process merges.

A shard begins with a line of JSON, which says what it holds and by which rules it was read; then come `frames`. So a
shard that is cut off, or from another version, is found out before anything of it is written. Its name is the digest of
its documents, of where and when they were captured, and of what the curator said of them; reading them again replaces
it.

The first frame has outlines of the documents and their block, which is all that an empty database needs; the others
have the facts of one document each.

Frames are pickled, for facts are named tuples of many kinds, and unpickled with nothing but those kinds allowed.
"""

import io
import json
import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from hashlib import blake2b
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import zstandard

from programme.exceptions import StoreError
from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, formats
from programme.loaders.records import Hints
from programme.loaders.rules import RULES_VERSION
from programme.loaders.store import frames
from programme.loaders.store.block_reading import block_of_jobs
from programme.loaders.store.large import Totals, large_reading, packed_large, read_slices_by, slice_of
from programme.loaders.store.load import Item
from programme.loaders.store.outcome import Outcome
from programme.loaders.store.readings import Job, Slice, concerns_document, fault, lean, outline, outlined, read_job
from programme.loaders.store.rows import COLUMNS
from programme.loaders.store.workers import Workers
from programme.loaders.store.writer import media_type_of

SUFFIX = ".shard"
_ALLOWED = {
    "datetime": {"date", "time", "datetime", "timezone", "timedelta"},
    "programme.loaders.documents.document": {"Document", "Validators"},
    "programme.loaders.documents.limits": {"Limits"},
    "programme.loaders.formats.reading": {"Parsed"},
    "programme.loaders.store.blocks": {"Block"},
    "programme.loaders.store.outcome": {"Outcome"},
    "programme.loaders.text.editions": {"EditionFact"},
    "programme.loaders.text.links": {"Link"},
}
"""What frames may hold besides the named tuples of `_TUPLES`, by module."""
_TUPLES = frozenset(f"programme.loaders.{name}" for name in ("records", "store.fact_types", "store.readings"))


class Header(NamedTuple):
    """What a shard holds: SHA-256 of each document → what the curator said of it, as text; and the rules of reading.

    `layout` is a digest of the kinds of values in its frames.
    """

    layout: str
    documents: dict[str, str]
    rules_version: int
    format_versions: dict[str, int]


def write_shard(folder: Path, jobs: Sequence[Job]) -> list[Outcome]:
    """Read documents into a shard, and return what became of each; one that is refused is not in it.

    Raises StoreError when the shard cannot be written; what stood there before is still there then.
    """
    readings = [read_job(job) for job in jobs]
    read = [(job, reading) for job, reading in zip(jobs, readings, strict=True) if reading.facts]
    if read:
        head = (
            [(_without_content(job), outline(reading)) for job, reading in read],
            block_of_jobs(jobs, readings, set()),
        )
        facts = (lean(reading.facts) for _, reading in read if reading.facts)
        _write(folder, [job for job, _ in read], map(frames.pack, chain([head], facts)))
    return [reading.outcome for reading in readings]


def _without_content(job: Job) -> Job:
    document = job.document
    return job._replace(
        document=replace(document, content=b"", opener=None, media_type=media_type_of(document), hints=job.hints)
    )


def write_large_shard(folder: Path, pool: Workers, job: Job) -> Outcome:
    """Read a large document into a shard, as `write_shard` reads others."""
    totals = Totals()

    def slices() -> Iterator[bytes]:
        for noted, packed in read_slices_by(pool, partial(_noted_and_packed, job.hints), job):
            totals.add(noted)
            yield packed

    head = frames.pack(([(_without_content(job), None)], None))
    try:
        _write(folder, [job], chain([head], packed_large(job, pool, slices())))
    except Exception as error:
        if not concerns_document(error):
            raise
        return fault(job.document, error)
    return totals.outcome(job.document)


def _noted_and_packed(hints: Hints, parsed: Parsed) -> tuple[Slice, bytes]:
    one = slice_of(parsed, hints)
    return one._replace(facts=outlined(one.facts)), frames.pack(one)


def _write(folder: Path, jobs: Sequence[Job], packed: Iterable[bytes]) -> None:
    documents = {job.document.sha256: _said(job) for job in jobs}
    versions = {one.NAME: one.VERSION for one in formats()}
    header = Header(layout(), documents, RULES_VERSION, versions)._asdict()
    captures = sorted((*_capture(job.document), _said(job)) for job in jobs)
    name = blake2b(json.dumps(captures).encode(), digest_size=16).hexdigest()
    # A reader of the folder does not take this for a shard.
    unfinished = folder / f"{name}.{os.getpid()}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as out:
            out.write(json.dumps(header, sort_keys=True).encode() + b"\n")
            for frame in packed:
                frames.write(out, frame)
            frames.write_end(out)
        unfinished.replace(folder / f"{name}{SUFFIX}")
    except OSError as error:
        raise StoreError(f"{folder}: a shard cannot be written: {error}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _said(job: Job) -> str:
    hints = [None if value is None else str(value) for value in (*job.hints[:4], job.hints.columns)]
    return json.dumps([job.format_name, *hints])


def _capture(document: Document) -> tuple[str, str, str]:
    """Return what makes a capture of a document another: its bytes, where they were, and when.

    A page that is fetched again on the same day, as when a cluster repeats what a lost machine did, is the same.
    """
    instant = str(document.captured_at or "")
    return document.sha256, document.uri, instant[:10] if document.basis == "server" else instant


@cache
def layout() -> str:
    """Return a digest of what frames may hold: the fields of each kind of value, and the columns of tables."""
    kinds = [getattr(import_module(module), name) for module, names in _ALLOWED.items() for name in names]
    for module in _TUPLES:
        kinds += [one for one in vars(import_module(module)).values() if isinstance(one, type)]
    fields = {
        f"{kind.__module__}.{kind.__name__}": [
            *getattr(kind, "_fields", ()),
            *getattr(kind, "__dataclass_fields__", ()),
        ]
        for kind in kinds
    }
    return blake2b(json.dumps([fields, COLUMNS], sort_keys=True).encode(), digest_size=8).hexdigest()


def shards_in(folder: Path) -> list[Path]:
    """Return the shards of a folder, all of them checked, in the order of their names.

    Raises StoreError for a folder without any, and for a shard that cannot be merged: one that is cut off or damaged,
    read by other rules, or with a document of which another shard says something else.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise StoreError(f"{folder}: no shards; `loader parse SOURCE… {folder}` writes them")
    versions = {one.NAME: one.VERSION for one in formats()}
    said: dict[str, tuple[str, Path]] = {}
    for path in paths:
        header = _checked(path)
        same = all(versions.get(name, version) == version for name, version in header.format_versions.items())
        if (header.layout, header.rules_version) != (layout(), RULES_VERSION) or not same:
            raise StoreError(f"{path}: is from another version; run `loader parse` with this one again")
        for sha256, text in header.documents.items():
            before, other = said.setdefault(sha256, (text, path))
            if before != text:
                raise StoreError(
                    f"{path}: document {sha256[:12]} was read with other options than in {other.name}; "
                    "delete the shard that is not meant"
                )
    return paths


def read_shard(path: Path, *, as_block: bool) -> Iterator[Item]:
    """Yield the documents of a shard, as `Load` takes them; with a block, if it has one, for an empty database."""
    with path.open("rb") as stream:
        stream.readline()
        values = map(_unpickled, _frames(path, stream))
        documents, block = next(values)
        block = block if as_block else None
        for job, reading in documents:
            if reading is None:
                yield Item(_with_opener(job), large_reading(values))
                return
            document = replace(job.document, given_format=job.format_name)
            yield Item(document, reading if block else reading._replace(facts=next(values)), block=block)


def _with_opener(job: Job) -> Document:
    """Mark a document as large: its bytes are in the parts of its reading."""

    def opener() -> BinaryIO:
        raise StoreError(f"{job.document.uri}: is in the database with other options; ingest the document itself again")

    return replace(job.document, given_format=job.format_name, opener=opener)


def _checked(path: Path) -> Header:
    """Read a shard to its end, and return its header; raises StoreError where anything is wrong."""
    try:
        with path.open("rb") as stream:
            header = Header(**json.loads(stream.readline()))
            if not (isinstance(header.documents, dict) and isinstance(header.format_versions, dict)):
                raise TypeError
            for _ in _frames(path, stream):
                pass
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error}") from error
    except (ValueError, TypeError) as error:
        raise StoreError(f"{path}: is no shard; delete it, or run `loader parse` again") from error
    return header


def _frames(path: Path, stream: BinaryIO) -> Iterator[bytes]:
    return frames.read(stream, f"{path}: is cut off or damaged; run `loader parse` again")


class _Unpickler(pickle.Unpickler):
    """Makes nothing but our own tuples, dates and times: a shard may come from a folder that others write."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that a shard may hold; raises StoreError for anything else."""
        if name in _ALLOWED.get(module, ()) or module in _TUPLES:
            found = super().find_class(module, name)
            if module in _ALLOWED or (isinstance(found, type) and issubclass(found, tuple)):
                return found
        raise StoreError(f"a shard names {module}.{name}, which no shard of ours holds")


def _unpickled(packed: bytes) -> Any:
    return _Unpickler(io.BytesIO(zstandard.decompress(packed))).load()
