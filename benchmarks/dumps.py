"""Measures time and memory for large dumps. Run as `python -m benchmarks.dumps [--size 1GB]`.

Writes an invented dump of each kind, then parses and ingests it, each in a fresh process; `--parse-only` skips the
databases.
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import words
from benchmarks.processes import Cost, measure

MAX_MEMORY = 400
"""Megabytes of memory that a dump of any size may take."""

SENTENCES = 4000
AUTHORS = 100_000
VENUES = ("ICML", "NeurIPS", "ICLR", "CVPR", "ACL", "EMNLP")


class Invented:
    """Draws titles, names and abstracts, the same for the same seed; titles are numbered, so all differ."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0
        draw = self.random.choices
        pool = words.NOUNS + words.ADJECTIVES + words.VERBS
        self.sentences = [" ".join(draw(pool, k=18)).capitalize() + "." for _ in range(SENTENCES)]

    def title(self) -> str:
        """Return the title of the next paper."""
        self.count += 1
        choice = self.random.choice
        return f"{choice(words.ADJECTIVES)} {choice(words.NOUNS)} for {choice(words.TASKS)}, Part {self.count}".title()

    def author(self) -> tuple[str, str]:
        """Return a first and a last name; a few authors write many papers, most write one."""
        number = int(AUTHORS * self.random.random() ** 2)
        first = words.FIRST_NAMES[number % len(words.FIRST_NAMES)]
        last = words.LAST_NAMES[number // len(words.FIRST_NAMES) % len(words.LAST_NAMES)]
        return f"{first} {chr(65 + number % 23)}.", last

    def abstract(self) -> str:
        """Return wrapped lines of prose."""
        return "\n".join(self.random.choices(self.sentences, k=8))

    def arxiv(self) -> str:
        """Return the arXiv identifier of the current paper."""
        return f"{10 + self.count // 1_200_000:02}{1 + self.count // 100_000 % 12:02}.{self.count % 100_000:05}"

    def repository(self) -> str:
        """Return the URL of a repository of the current paper."""
        return f"https://github.com/{self.author()[1].lower()}/part-{self.count}"


def links(invented: Invented) -> Iterator[dict[str, Any]]:
    """Yield records of links between papers and code; one paper in three has a second repository."""
    while True:
        title, arxiv = invented.title(), invented.arxiv()
        for is_official in (True, False)[: 1 + (invented.random.random() < 0.3)]:
            yield {
                "paper_url": f"https://paperswithcode.com/paper/part-{invented.count}",
                "paper_title": title,
                "paper_arxiv_id": arxiv,
                "paper_url_abs": f"http://arxiv.org/abs/{arxiv}v1",
                "paper_url_pdf": f"http://arxiv.org/pdf/{arxiv}v1.pdf",
                "repo_url": invented.repository(),
                "is_official": is_official,
                "mentioned_in_paper": is_official,
                "mentioned_in_github": True,
                "framework": "pytorch",
            }


def papers(invented: Invented) -> Iterator[dict[str, Any]]:
    """Yield records of papers with abstracts."""
    methods = [{"name": task, "full_name": task, "description": invented.abstract()[:300]} for task in words.TASKS[:3]]
    while True:
        title, arxiv, year = invented.title(), invented.arxiv(), 2010 + invented.count % 15
        yield {
            "paper_url": f"https://paperswithcode.com/paper/part-{invented.count}",
            "arxiv_id": arxiv,
            "nips_id": None,
            "openreview_id": None,
            "title": title,
            "abstract": f"{invented.abstract()} Code: {invented.repository()}.",
            "short_abstract": invented.sentences[0],
            "url_abs": f"https://arxiv.org/abs/{arxiv}v1",
            "url_pdf": f"https://arxiv.org/pdf/{arxiv}v1.pdf",
            "proceeding": f"{invented.random.choice(VENUES)} {year} 7" if invented.count % 2 else None,
            "authors": [" ".join(invented.author()) for _ in range(invented.random.randint(1, 7))],
            "tasks": words.TASKS[:2],
            "date": f"{year}-06-09",
            "conference_url_abs": None,
            "conference_url_pdf": None,
            "conference": None,
            "reproduces_paper": None,
            "methods": methods,
        }


def snapshot(invented: Invented) -> Iterator[dict[str, Any]]:
    """Yield records of the arXiv metadata snapshot."""
    while True:
        title, people = invented.title(), [invented.author() for _ in range(invented.random.randint(1, 7))]
        yield {
            "id": invented.arxiv(),
            "submitter": "Nobody",
            "authors": ", ".join(" ".join(person) for person in people),
            "title": title,
            "comments": f"12 pages. Code at {invented.repository()}" if invented.count % 5 == 0 else "12 pages",
            "journal-ref": None,
            "doi": f"10.1234/part.{invented.count}" if invented.count % 3 == 0 else None,
            "report-no": None,
            "categories": "cs.LG stat.ML",
            "license": None,
            "abstract": f"  {invented.abstract()}\n",
            "versions": [{"version": "v1", "created": "Thu, 9 Jun 2022 09:00:00 GMT"}],
            "update_date": "2022-06-10",
            "authors_parsed": [[last, first, ""] for first, last in people],
        }


KINDS: dict[str, Callable[[Invented], Iterator[dict[str, Any]]]] = {
    "links-between-papers-and-code.json": links,
    "papers-with-abstracts.json": papers,
    "arxiv-metadata-oai-snapshot.json": snapshot,
}


def write(path: Path, size: int) -> int:
    """Write a dump of about `size` bytes, of the kind given by its name; return the number of records."""
    is_list = KINDS[path.name] is not snapshot
    written = count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[\n" if is_list else "")
        for record in KINDS[path.name](Invented(seed=7)):
            written += file.write((",\n" if is_list and count else "") + json.dumps(record) + ("" if is_list else "\n"))
            count += 1
            if written >= size:
                break
        file.write("\n]\n" if is_list else "")
    return count


def write_snapshot(path: Path, records: int) -> None:
    """Write a snapshot like arXiv's of so many records."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in islice(snapshot(Invented(seed=7)), records))


def parse(path: Path) -> int:
    """Parse a dump without keeping anything; return the number of records."""
    from programme.loaders.documents import Document, documents_from
    from programme.loaders.formats import read_slices

    (document,) = documents_from([path])
    assert isinstance(document, Document), document
    return sum(len(parsed.records) for parsed in read_slices(document))


def row(name: str, step: str, size: int, records: int, cost: Cost) -> str:
    """Return one row of the table."""
    verdict = "met" if cost.peak <= MAX_MEMORY else "**missed**"
    rate = f"{records / cost.wall:,.0f} | {size / 1e6 / cost.wall:.0f}"
    return f"| {name} | {step} | {records:,} | {cost.wall:.1f} | {rate} | {cost.peak:.0f} | ≤ {MAX_MEMORY}, {verdict} |"


def rows(folder: Path, name: str, size: int, *, is_parse_only: bool) -> Iterator[str]:
    """Write a dump, parse it, and ingest it into a new database; yield a row for each step."""
    path, database = folder / name, folder / "dump.db"
    records = int(measure([sys.executable, "-m", "benchmarks.dumps", "--write", str(path), "--size", str(size)])[1])
    cost, read = measure([sys.executable, "-m", "benchmarks.dumps", "--parse", str(path)])
    assert int(read) == records, f"{read} of {records} records were read"
    yield row(name, "parse", size, records, cost)
    if not is_parse_only:
        command = [sys.executable, "-m", "programme", "ingest", str(path), "--json", "--database", str(database)]
        cost, report = measure(command)
        (document,) = json.loads(report)["documents"]
        assert (document["status"], document["coverage"]) == ("loaded", 1.0), document
        yield row(name, "ingest", size, records, cost)
        for left in folder.glob("dump.db*"):
            left.unlink()
    path.unlink()


def size_in_bytes(text: str) -> int:
    """Return a size in bytes.

    >>> size_in_bytes("1GB"), size_in_bytes("50 MB"), size_in_bytes("700")
    (1000000000, 50000000, 700)
    """
    found = re.fullmatch(r"(\d+)\s*([KMG]?)B?", text.strip(), re.IGNORECASE)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it like 1GB")
    return int(found[1]) * {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}[found[2].upper()]


def main() -> None:
    """Read the options, measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure time and memory for large dumps.")
    parser.add_argument("--size", type=size_in_bytes, default=10**9, help="bytes of each dump (default 1GB)")
    parser.add_argument("--parse-only", action="store_true", help="skip the databases")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--parse", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write or options.parse:
        print(write(options.write, options.size) if options.write else parse(options.parse))
        return
    with tempfile.TemporaryDirectory(prefix="programme-dumps-") as name:
        if shutil.disk_usage(name).free < 6 * options.size:
            sys.exit(f"{name}: six times the size of a dump must be free; point TMPDIR at a larger disk")
        print("| dump | step | records | s | records/s | MB/s | peak MB | target |\n|---|---|---|---|---|---|---|---|")
        for kind in KINDS:
            for line in rows(Path(name), kind, options.size, is_parse_only=options.parse_only):
                print(line, flush=True)


if __name__ == "__main__":
    main()
