"""The floor: minimal plain Python that loads session pages into SQLite. Run as `python -m benchmarks.floor FOLDER DB`.

It reads, splits at blank lines and inserts, without keys, indexes, provenance, cleaning or kept documents.
"""

import gc
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

CHUNK_PAGES = 500
SCHEMA = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, uri TEXT, size_bytes INTEGER);
CREATE TABLE sessions (id INTEGER PRIMARY KEY, document_id INTEGER, title TEXT, moderator TEXT);
CREATE TABLE slots (session_id INTEGER, position INTEGER, time TEXT, kind TEXT, title TEXT, paper_id INTEGER);
CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, abstract TEXT);
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE authorships (paper_id INTEGER, position INTEGER, author_id INTEGER);
CREATE TABLE repo_links (paper_id INTEGER, url TEXT);
"""
INSERTS = {
    "documents": "INSERT INTO documents VALUES (?, ?, ?)",
    "sessions": "INSERT INTO sessions VALUES (?, ?, ?, ?)",
    "slots": "INSERT INTO slots VALUES (?, ?, ?, ?, ?, ?)",
    "papers": "INSERT INTO papers VALUES (?, ?, ?)",
    "authors": "INSERT INTO authors VALUES (?, ?)",
    "authorships": "INSERT INTO authorships VALUES (?, ?, ?)",
    "repo_links": "INSERT INTO repo_links VALUES (?, ?)",
}
LINK = re.compile(r"(?:github\.com|gitlab\.com|huggingface\.co)/[\w.-]+/[\w.-]+")
Rows = dict[str, list[tuple[Any, ...]]]


class Floor:
    """Turns pages into rows; ids are counters, and a dictionary maps printed names to authors."""

    def __init__(self) -> None:
        self.rows: Rows = {table: [] for table in INSERTS}
        self.authors: dict[str, int] = {}
        self.papers = 0

    def add(self, document_id: int, uri: str, content: bytes) -> None:
        """Parse one page and buffer its rows."""
        rows, authors = self.rows, self.authors
        blocks = content.decode().split("\n\n")  # boilerplate, "\nSession", title, [room], moderator, …
        first = blocks.index("Chat is not available.") + 1
        rows["documents"].append((document_id, uri, len(content)))
        rows["sessions"].append((document_id, document_id, blocks[2], blocks[first - 3][11:]))
        position, at, end = 0, first, len(blocks)
        while at < end:
            position += 1
            kind, _, title = blocks[at + 1].partition("\n")
            if kind == "Q&A":
                rows["slots"].append((document_id, position, blocks[at], kind, title, None))
                at += 2
                continue
            self.papers += 1
            paper, abstract = self.papers, blocks[at + 3]
            rows["slots"].append((document_id, position, blocks[at], kind, title, paper))
            rows["papers"].append((paper, title, abstract))
            for number, name in enumerate(blocks[at + 2].split(" · "), 1):
                author = authors.get(name)
                if author is None:
                    author = authors[name] = len(authors) + 1
                    rows["authors"].append((author, name))
                rows["authorships"].append((paper, number, author))
            if ".co" in abstract:
                rows["repo_links"] += [(paper, link) for link in LINK.findall(abstract)]
            at += 4

    def flush(self, connection: sqlite3.Connection) -> None:
        """Insert the buffered rows and clear the buffers."""
        for table, rows in self.rows.items():
            connection.executemany(INSERTS[table], rows)
            rows.clear()


def load(folder: Path, database: Path) -> None:
    """Load every `.txt` under `folder` into a new database in one transaction."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
    connection.execute("BEGIN")
    gc.disable()
    floor = Floor()
    for number, path in enumerate(sorted(folder.rglob("*.txt")), 1):
        floor.add(number, str(path), path.read_bytes())
        if number % CHUNK_PAGES == 0:
            floor.flush(connection)
    floor.flush(connection)
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
