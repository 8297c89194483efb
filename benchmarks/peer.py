"""The peer: the same pages loaded with sqlite-utils as documented. Run as `python -m benchmarks.peer FOLDER DB`.

It stores the same facts as the floor, with keys, lookup tables, indexes and full-text search, without provenance.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlite_utils
from sqlite_utils.db import Table

LINK = re.compile(r"(?:github\.com|gitlab\.com|huggingface\.co)/[\w.-]+/[\w.-]+")


def slots(path: Path) -> Iterator[dict[str, Any]]:
    """Split one page into its slots, a dict each."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    at = blocks.index("Chat is not available.") + 1
    position = 0
    while at < len(blocks):
        position += 1
        kind, _, title = blocks[at + 1].partition("\n")
        has_paper = kind != "Q&A"
        yield {
            "session": f"{path.stem}: {blocks[2]}",
            "position": position,
            "time": blocks[at],
            "kind": kind,
            "title": title,
            "byline": blocks[at + 2] if has_paper else None,
            "abstract": blocks[at + 3] if has_paper else None,
        }
        at += 4 if has_paper else 2


def load(folder: Path, database: Path) -> None:
    """Load every `.txt` under `folder` into a new database."""
    db = sqlite_utils.Database(database)
    _table(db, "documents").insert_all(
        ({"uri": str(path), "size_bytes": path.stat().st_size} for path in sorted(folder.rglob("*.txt"))), pk="uri"
    )
    rows = (slot for path in sorted(folder.rglob("*.txt")) for slot in slots(path))
    _table(db, "slots").insert_all(rows)
    _table(db, "slots").extract("session", table="sessions", fk_column="session_id")
    _table(db, "slots").extract(["title", "byline", "abstract"], table="papers", fk_column="paper_id")
    papers = list(db.query("SELECT id, byline, abstract FROM papers WHERE byline IS NOT NULL"))
    names = [
        {"paper_id": paper["id"], "position": position, "name": name}
        for paper in papers
        for position, name in enumerate(paper["byline"].split(" · "), 1)
    ]
    _table(db, "authorships").insert_all(
        names, pk=("paper_id", "position"), foreign_keys=[("paper_id", "papers", "id")]
    )
    _table(db, "authorships").extract("name", table="authors", fk_column="author_id")
    links = ({"paper_id": paper["id"], "url": url} for paper in papers for url in LINK.findall(paper["abstract"]))
    _table(db, "repo_links").insert_all(links, foreign_keys=[("paper_id", "papers", "id")])
    db.index_foreign_keys()
    _table(db, "papers").enable_fts(["title", "abstract"], tokenize="unicode61 remove_diacritics 2")


def _table(db: sqlite_utils.Database, name: str) -> Table:
    table = db[name]
    assert isinstance(table, Table)
    return table


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
