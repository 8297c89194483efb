"""Documents that are stored already and ingested again: what is known of them, and whether more is said of them now."""

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from zstandard import decompress

from programme.loaders.records import Hints
from programme.loaders.store.connection import Connection
from programme.loaders.store.kept import GIVEN, kept_hints
from programme.loaders.store.readings import Job, LargeReading, Reading
from programme.loaders.text.file_names import name_hints


class Stored(NamedTuple):
    """What is known of a stored document; `scopes` are looked up where they are None."""

    id: int
    format: str
    given_format: str | None
    hints: Hints
    uri: str
    scopes: list[str] | None = None


def stored_documents(connection: Connection, digests: Collection[str]) -> dict[str, Stored]:
    """Return those of some documents that are stored, by SHA-256."""
    sql = f"SELECT sha256, id, format, given_format, uri, {GIVEN} FROM documents WHERE sha256 IN (?)"
    return {
        sha256: Stored(id_, name, format_name, kept_hints(uri, *given), uri)
        for sha256, id_, name, format_name, uri, *given in connection.query_in(sql, digests)
    }


def least_uri(*uris: str) -> str:
    """Return the URI that names a document with several, whatever the order in which its copies come."""
    return min(uris, key=lambda uri: (len(uri), uri))


def job_again(job: Job, stored: Stored) -> Job:
    """Return a job with what the curator says of a document now, and what was said of it before."""
    hints = Hints(*(new or old for new, old in zip(job.hints, stored.hints, strict=True)))  # type: ignore[arg-type]
    hints = hints._replace(named=name_hints(least_uri(stored.uri, job.document.uri)))
    return Job(job.document, job.format_name or stored.given_format, hints)


def says_more(again: Job, stored: Stored) -> bool:
    """Return whether a document has to be read again, because more is said of it than before."""
    _, format_name, hints = again
    is_same = (hints, format_name) == (stored.hints, stored.given_format)
    return not is_same and (hints != stored.hints or format_name != stored.format)


def with_content(job: Job, reading: Reading | LargeReading | None) -> Job:
    """Return a job with the bytes of its document, which one out of a shard has in its reading alone."""
    if isinstance(reading, Reading) and reading.content and not job.document.content:
        return job._replace(document=replace(job.document, content=decompress(reading.content)))
    return job
