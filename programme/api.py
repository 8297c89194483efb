"""The Python library: `programme.open` gives a `Database` to fill, query and export.

The methods do what the commands of the same names do. Heavy imports stand inside the functions that need them, so that
a script that only ingests never waits for DuckDB or SQLAlchemy.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from programme.database_url import parse_database_url
from programme.exceptions import QueryError
from programme.filters import parameter_text, parameter_values, query_statement
from programme.given import Source, described_documents, limits_of
from programme.loaders.store import ingest
from programme.loaders.store.database import open_database
from programme.loaders.store.outcome import Outcome

if TYPE_CHECKING:
    import duckdb
    from sqlalchemy import Engine
    from sqlmodel import Session

    from programme.loaders.store.connection import Connection


def open(database: str | Path, *, create: bool = False) -> Database:  # noqa: A001 - read as `programme.open`
    """Open a database: a path to a SQLite file, or the URL of a SQLite or PostgreSQL database.

    With `create`, one that is missing or empty is set up first. Raises StoreError where there is none otherwise, and
    where its tables are of another version (`loader upgrade` migrates an older one).
    """
    open_database(database, create=create).close()
    return Database(database)


def check(*sources: Source, **options: Any) -> list[Outcome]:
    """Parse documents as `Database.ingest` would, and write nothing; return an Outcome for each, in order.

    Takes the same options.
    """
    documents, given = described_documents(sources, options)
    return list(ingest.check(documents, given.format, given.hints))


_NOT_GIVEN = ("self", "sources", "workers", "limits")
"""Parameters of `Database.ingest` that say nothing about documents."""


class Database:
    """An open database. Use it as a context manager, or call `close` at the end.

    Rows are written by `ingest`, `forget` and `reread` alone; everything else reads. A connection to DuckDB is opened
    by the first query and kept, so that relations stay usable; it sees what is ingested later.
    """

    def __init__(self, database: str | Path) -> None:
        """Keep the path or URL; raises StoreError for text that is neither. `programme.open` also checks the tables."""
        self._url = parse_database_url(database)
        self.database = str(database)
        self._duckdb: duckdb.DuckDBPyConnection | None = None
        self._engine: Engine | None = None

    def __repr__(self) -> str:
        # The parsed URL shows no password: notebooks are shared with their output.
        return f"<programme.Database {self._url}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection. Relations and ORM objects from it cannot load anything more."""
        if self._duckdb is not None:
            self._duckdb.close()
        if self._engine is not None:
            self._engine.dispose()
        self._duckdb = self._engine = None

    def ingest(
        self,
        *sources: Source,
        format: str | None = None,
        venue: str | None = None,
        year: int | None = None,
        date: datetime.date | None = None,
        time_zone: str | None = None,
        captured: datetime.date | str | None = None,
        keep: bool = False,
        as_uri: str | None = None,
        manifest: str | Path | None = None,
        column: Mapping[str, str] | None = None,
        workers: int = 1,
        **limits: Any,
    ) -> list[Outcome]:
        """Ingest documents and return an Outcome for each, in order. Ingesting the same bytes again changes nothing.

        `format` names the format of all of them, as `loader formats` lists it; `venue` (`icml`), `year`, `date` and
        `time_zone` say what no page states. `captured` says when they were captured (a day, an instant or ISO 8601
        text, in UTC without an offset), `as_uri` what the only one is a capture of; with `keep` no later capture
        replaces them. `manifest` is a CSV file that lists more of them, as `loader ingest --manifest` reads it.
        `column` says what columns of a table of papers hold, with their names: `{"title": "Paper name"}`.
        `limits` are fields of `programme.loaders.documents.Limits`, such as `document_size` in bytes.

        With several `workers`, so many processes read many documents; they import the main module of a script again, so
        it has to run what it does below `if __name__ == "__main__":`.

        A source that cannot be read has the status `refused` and its reason under `problems`; the others are in.
        Raises ProgrammeError for an option or limit that cannot be, and StoreError if the database cannot be written.
        """
        options = {name: value for name, value in locals().items() if name not in _NOT_GIVEN}
        with closing(self._connection()) as connection:
            documents, given = described_documents(sources, options | limits, connection)
            return list(ingest.ingest(connection, documents, given.format, given.hints, workers=workers))

    def refresh(self, *sources: str, **limits: Any) -> list[Outcome]:
        """Ask the addresses that documents came from again: those named, by themselves or their start, or all of them.

        Returns an Outcome for each: `unchanged`, `replaced` by a newer capture, or `refused` with the reason under
        `problems`. `limits` are as for `ingest`. Documents ingested with `keep` are asked for only where named.
        """
        from programme.loaders.store.refresh import planned, refresh

        with closing(self._connection()) as connection:
            return list(refresh(connection, planned(connection, sources), limits_of(limits)))

    def fetch(
        self,
        edition: str,
        *,
        source: str | None = None,
        into: str | Path = "fetched",
        mirror: str | None = None,
        **limits: Any,
    ) -> list[Outcome]:
        """Fetch what public sources have of an edition such as `icml-2024`, keep the files in `into`, and ingest them.

        `source` names one of the sources that `loader sources` lists; by default all that have the edition are asked.
        `mirror` is a URL whose host is asked instead of theirs. Returns an Outcome for each answer. Raises SourceError,
        a ProgrammeError, where no source has the edition. `limits` are as for `ingest`.
        """
        from programme.loaders.sources.catalogue import requests_for_edition
        from programme.loaders.sources.fetching import Fetcher
        from programme.loaders.store import ingest

        requests = requests_for_edition(edition, source)
        with closing(self._connection()) as connection:
            fetcher = Fetcher(into, ingest.known_validators(connection), mirror, limits_of(limits))
            return [one for found in fetcher.fetch(requests) for one in ingest.ingest(connection, [found])]

    def check(self, *sources: Source, **options: Any) -> list[Outcome]:
        """Parse documents as `ingest` would, and write nothing; takes the same options."""
        return check(*sources, **options)

    def forget(self, document: str | Path) -> str:
        """Delete a document, given by SHA-256 (8 digits or more), path or URI, with every fact that only it states.

        Returns its URI. Raises StoreError where there is no such document, or several.
        """
        from programme.loaders.store.forget import forget

        with closing(self._connection()) as connection:
            return forget(connection, str(document)).uri

    def sql(self, statement: str, /, **parameters: Any) -> duckdb.DuckDBPyRelation:
        """Run a SELECT in DuckDB's SQL and return a relation, with `parameters` for each `$name` in it.

        Tables and views go by their plain names, instants are ISO 8601 text, and the database is open read-only. A
        relation gives its rows by `fetchall()`, `df()`, `pl()` or `arrow()` and can be named in the next statement.
        Raises QueryError for wrong SQL and for statements that write.
        """
        import duckdb

        from programme.engines import read_only_statements

        read_only_statements(statement)
        try:
            return self.duckdb.sql(statement, params=parameters or None)
        except duckdb.Error as error:
            raise QueryError(str(error)) from None  # it may quote the password

    def query(self, name: str, /, **parameters: Any) -> duckdb.DuckDBPyRelation:
        """Run a curated query and return a relation, its rows in the order of the query.

        A query takes its own parameters, as `loader query NAME -p KEY=VALUE` does. Of a view, they keep the rows with
        these values in the columns of these names; `edition="ICML 2022"` also works where a view has the column
        `editions`. Raises QueryError for an unknown query, parameter or edition.
        """
        from programme.editions import known_values
        from programme.engines import find_query
        from programme.relations import relation_of

        query = find_query(name)
        if query.is_view:
            known = known_values(self.database, query, parameters)
            return self.sql(query_statement(query, "duckdb", known), **known)
        values = parameter_values(query, {key: parameter_text(value, query) for key, value in parameters.items()})
        return relation_of(self.duckdb, self.database, name, known_values(self.database, query, values))

    @property
    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """The connection to DuckDB, in memory, over this database, read-only: for COPY, macros, data frames."""
        if self._duckdb is None:
            from programme.engines import duckdb_connection

            self._duckdb = duckdb_connection(self.database)
            # `sql` stands between DuckDB and the frame whose variables a statement may name.
            self._duckdb.execute("SET python_scan_all_frames = true")
        return self._duckdb

    def orm(self) -> Session:
        """Return a read-only SQLModel Session over the classes of `programme.models`.

        Facts come from documents, so that every one has a source and the same documents give the same database; what
        was written past the loaders, the next ingest may overwrite. Close the Session, or use it in a `with` statement.
        """
        from sqlmodel import Session

        if self._engine is None:
            from programme.engines import read_only_engine

            self._engine = read_only_engine(self.database)
        return Session(self._engine)

    def export(
        self,
        format: str,
        destination: str | Path,
        *,
        edition: str | None = None,
        query: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        listing: str | None = None,
        replace: bool = False,
        as_of: datetime.date | str | None = None,
        site: str | None = None,
        each: bool = False,
    ) -> str:
        """Export to a file or folder; return one line that says what was written.

        `format` is `parquet`, `csv`, `jsonl` (a folder with a file per table, or the rows of `query` in one file),
        `xlsx` (the rows of `query`), `duckdb`, `sqlite`, or `bibtex`, `ris`, `csl-json`, `ics` or `atom`, which with
        `query` hold the papers or slots that its rows name. `edition` keeps what belongs to one, `listing` (a key)
        makes a feed of one listing, and `site` is the address of a site that calendars and feeds link to. With
        `each`, every poster in a calendar is an event. `as_of` exports the database as the documents stood then, at
        the end of a day or at an instant; see `dump`. The destination gets its name only when it is complete; `replace`
        allows an existing one. Raises StoreError for options that do not go together and where nothing can be written.
        """
        from programme.export.writing import ExportOptions, write
        from programme.queries import catalogue

        options = ExportOptions(
            format=format,
            destination=str(destination),
            edition=edition,
            query=query,
            parameters={k: parameter_text(v, catalogue().get(query or "")) for k, v in (parameters or {}).items()},
            listing=listing,
            replace=replace,
            as_of=as_of,
            site=site,
            each=each,
        )
        return write(self.database, options)

    def dump(self, *, as_of: datetime.date | str | None = None) -> Iterator[str]:
        """Yield all facts as sorted lines of text, keys instead of ids.

        The same documents give the same lines, in any order of ingest and in any database. `as_of` (a day, which means
        its end, an instant, or ISO 8601 text, in UTC without an offset) gives the lines of a database that only ever
        got the captures up to then. Raises StoreError where there are none.
        """
        from programme.loaders.store.dump import dump
        from programme.loaders.store.replay import dump_as_of

        # Each table is a query of its own, between which others may write.
        with closing(self._connection()) as connection, nullcontext() if as_of else connection.snapshot():
            yield from dump_as_of(connection, as_of) if as_of else dump(connection)

    def reread(self, *, everything: bool = False) -> list[Outcome]:
        """Read stored documents again that older rules have read, or `everything`; all or nothing.

        Returns an Outcome for each: `refused` is one that this version cannot read any more. It is kept, and states
        nothing but a problem.
        """
        from programme.loaders.store.reread import reread

        with closing(self._connection()) as connection:
            return list(reread(connection, everything=everything))

    def _connection(self) -> Connection:
        return open_database(self.database)
