"""What an error of SQLite or DuckDB means to the person who has the file, and what helps."""

import sqlite3

_DAMAGED = "the file is damaged; restore a copy, or ingest the documents into a new database"
_FULL = "free some space on its disk, and run the command again"
_REMEDIES = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "its disk fails or is full; free some space, or move the file to another disk",
    sqlite3.SQLITE_CANTOPEN: "check that the path is right, and that it may be read and written",
    sqlite3.SQLITE_READONLY: "allow writing to the file and its folder",
}


def problem(error: BaseException) -> str:
    """Return what SQLite says and what to do about it.

    >>> problem(sqlite3.OperationalError("no such table: moons"))
    'no such table: moons'
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    remedy = _REMEDIES.get(code)
    return f"{error}; {remedy}" if remedy else str(error)


def duckdb_problem(error: BaseException) -> str:
    """Return what DuckDB says, or in place of what it says of a damaged file or a full disk, what to do about it.

    >>> duckdb_problem(ValueError("IO Error: database disk image is malformed"))
    'the file is damaged; restore a copy, or ingest the documents into a new database'
    """
    chain: list[str] = []
    found: BaseException | None = error
    while found is not None:
        chain.append(str(found))
        found = found.__cause__ or found.__context__
    if any("malformed" in text for text in chain):
        return _DAMAGED
    if any("No space left" in text for text in chain):
        return "No space left on device: " + _FULL.replace("its disk", "the disk")
    return str(error)
