"""The database as it stood: the captures up to an instant, loaded anew from the bytes that are kept.

What was shown then by rules of that time is not kept: the present rules read the captures.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from programme.exceptions import ProgrammeError, StoreError
from programme.loaders.documents import Document
from programme.loaders.documents.instants import parse_instant, whole_seconds
from programme.loaders.store.captures import KEPT
from programme.loaders.store.connection import Connection
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import ingest
from programme.loaders.store.kept import capture_of, kept_document

_CAPTURES = f"""
SELECT DISTINCT c.document_id, s.uri, c.captured_at, c.basis, c.etag, c.last_modified,
  CASE WHEN s.scope LIKE '{KEPT}%' THEN 1 ELSE 0 END
FROM captures c JOIN sources s ON s.id = c.source_id
WHERE c.captured_at <= ? ORDER BY 1, 2, 3
"""


def last_second(moment: date | str) -> datetime:
    """Return the instant itself, or of a day its last second, in UTC; raises ProgrammeError for other text.

    >>> last_second("2024-07-01").isoformat(), last_second("2024-07-01T09:00+02:00").isoformat()
    ('2024-07-01T23:59:59+00:00', '2024-07-01T07:00:00+00:00')
    """
    if isinstance(moment, str):
        try:
            instant = parse_instant(moment)
        except ValueError as error:
            raise ProgrammeError(f"--as-of: {error}") from None
        # Only a day is as short as this.
        moment = instant.date() if len(moment.strip()) <= len("2024-07-01") else instant
    if isinstance(moment, datetime):
        return whole_seconds(moment)
    return datetime.combine(moment, time(23, 59, 59), UTC)


@contextmanager
def as_of(connection: Connection, moment: date | str) -> Iterator[Path]:
    """Yield the path of a SQLite database with the captures up to a moment, which is deleted at the end.

    Raises StoreError where there are none.
    """
    instant = last_second(moment).strftime("%Y-%m-%dT%H:%M:%SZ")
    with TemporaryDirectory(prefix="programme-") as folder:
        path = Path(folder) / "programme.db"
        with closing(open_database(path, create=True)) as past, connection.snapshot():
            ((first,),) = connection.query("SELECT min(captured_at) FROM captures")
            if first is None or first > instant:
                held = f"its first capture is of {first}" if first else "it has no documents"
                raise StoreError(f"{connection.database}: held nothing as of {instant}; {held}")
            # Always as one load of everything: nobody sees this database before it is complete.
            for _ in ingest(past, _captures(connection, instant), batch_threshold=0):
                pass
        yield path


def dump_as_of(connection: Connection, moment: date | str) -> Iterator[str]:
    """Yield the lines of the dump as of a moment."""
    with as_of(connection, moment) as path, closing(open_database(path)) as past:
        yield from dump(past)


def _captures(connection: Connection, instant: str) -> Iterator[Document]:
    """Yield a document for each capture up to an instant."""
    rows = connection.query(_CAPTURES, (instant,))
    for document_id, captures in groupby(rows, key=lambda row: int(row[0])):
        document, format_name, hints = kept_document(connection, document_id)
        document = replace(document, given_format=format_name, hints=hints)
        for _, *capture in captures:
            yield capture_of(document, *capture)
