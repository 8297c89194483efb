"""A Parquet file as JSON Lines, which DuckDB writes.

A document is text: its lines can be shown, read again and cleared of contact data; and every format that reads a list
of objects reads the same list saved as Parquet.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from programme.duckdb_setup import check_memory
from programme.exceptions import QueryError
from programme.loaders.documents.archives import UnreadableError
from programme.loaders.documents.limits import Limits, limit_size
from programme.loaders.documents.streams import read_blocks

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH_ROWS = 1000

_SETTINGS: dict[str, Any] = {
    "threads": 1,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def json_lines(packed: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Yield the rows of a Parquet file, an object on each line; raises UnreadableError for a damaged one."""
    import duckdb

    try:
        check_memory()
    except QueryError as error:
        raise UnreadableError(str(error)) from None
    with _file_of(limit_size(read_blocks(packed), limits)) as path:
        try:
            with duckdb.connect(config=_SETTINGS) as connection:
                found = _query(connection, path)
                while rows := found.fetchmany(BATCH_ROWS):
                    yield "".join(f"{row[0]}\n" for row in rows).encode()
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0].replace(f" in file '{path}'", "").replace(path, "it").strip(" .")
            raise UnreadableError(f"damaged Parquet file: {reason}") from None


@contextmanager
def _file_of(blocks: Iterator[bytes]) -> Iterator[str]:
    """Write blocks to a temporary file and yield its path, which DuckDB needs; a stream may come out of an archive."""
    with tempfile.TemporaryFile(prefix="loader-") as file:
        for block in blocks:
            file.write(block)
        file.flush()
        # The file has no name, so that nothing is left of it whatever becomes of this process.
        unnamed = f"/proc/self/fd/{file.fileno()}"
        if Path(unnamed).exists():
            yield unnamed
            return
        with tempfile.TemporaryDirectory(prefix="loader-") as folder:
            file.seek(0)
            path = Path(folder) / "table.parquet"
            with path.open("wb") as named:
                shutil.copyfileobj(file, named)
            yield str(path)


def _query(connection: "DuckDBPyConnection", path: str) -> "DuckDBPyConnection":
    """Start reading all columns but those of bytes, which have no JSON."""
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
    names = [name for name, type_, *_ in described if "BLOB" not in type_]
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    rows = f"SELECT {columns} FROM read_parquet(?)"
    return connection.execute(f"SELECT to_json(row)::VARCHAR FROM ({rows}) AS row", [path])
