"""Measures how good "More like this" is. Run as `python -m benchmarks.similar DATABASE`.

Authors and programme committees say which papers belong together: those that link to one repository, and those in one
session. For papers that have such others, it prints how often at least one of them is among the first ten, and how
often ten papers drawn by chance would hold one.
"""

import argparse
import json
import sqlite3
from contextlib import closing
from random import Random

from programme.site.parts.similar import COUNTS, NEAREST, TOO_COMMON, expression_of, words_of

FIRST = 10
SAMPLED = 400
GROUPS = {
    "session": "SELECT DISTINCT session_id, paper_id FROM slots WHERE paper_id IS NOT NULL",
    "repository": "SELECT DISTINCT repository_id, paper_id FROM repo_links WHERE role <> 'denied'",
}
MAX_GROUP = 60
"""Papers of a larger session or repository need not be alike."""


def related(connection: sqlite3.Connection, sql: str) -> dict[int, set[int]]:
    """Return the papers that share a group with each paper."""
    groups: dict[int, set[int]] = {}
    for group, paper in connection.execute(sql):
        groups.setdefault(group, set()).add(paper)
    found: dict[int, set[int]] = {}
    for papers in groups.values():
        if 2 <= len(papers) <= MAX_GROUP:
            for paper in papers:
                found.setdefault(paper, set()).update(papers - {paper})
    return found


def first_ten(connection: sqlite3.Connection, paper: int) -> set[int]:
    """Return the ids of the ten papers most like one."""
    title, abstract = connection.execute("SELECT title, abstract FROM papers WHERE id = ?", (paper,)).fetchone()
    words = {"words": json.dumps(words_of(title, abstract)), "too_common": TOO_COMMON}
    expression = expression_of(connection.execute(COUNTS, words).fetchall())
    asked = {"expression": expression, "id": paper, "most": FIRST}
    return {row[0] for row in connection.execute(NEAREST, asked)} if expression else set()


def main() -> None:
    """Read the option, measure and print the table."""
    parser = argparse.ArgumentParser(description='Measure how good "More like this" is.')
    parser.add_argument("database", help="a SQLite file of real documents")
    with closing(sqlite3.connect(parser.parse_args().database)) as connection:
        (papers,) = connection.execute("SELECT count(*) FROM papers").fetchone()
        print("| papers of one | asked | among the first ten | by chance |\n|---|---|---|---|")
        for name, sql in GROUPS.items():
            others = related(connection, sql)
            asked = Random(1).sample(sorted(others), min(SAMPLED, len(others)))
            hits = sum(bool(first_ten(connection, paper) & others[paper]) for paper in asked)
            chance = sum(1 - (1 - len(others[paper]) / papers) ** FIRST for paper in asked)
            shares = (f"{part / max(1, len(asked)):.1%}" for part in (hits, chance))
            print(f"| {name} | {len(asked)} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
