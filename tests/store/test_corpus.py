"""The whole corpus is ingested, in any order, with the same facts in both databases."""

import csv
import json
import re
from pathlib import Path
from random import Random

import pytest

from programme.loaders.documents import Document, documents_from
from programme.loaders.store.database import open_database
from programme.loaders.store.dump import dump
from programme.loaders.store.ingest import check, ingest

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
STRUCTURED = sorted(
    str(path.relative_to(CORPUS))
    for kind in ("acl_anthology/*", "hf_daily_papers_api/*", "miniconf_iclr2020/papers.csv", "papercopilot/*")
    for path in CORPUS.glob(kind)
) or ["(none)"]
PAGES = {"iclr2026_calendar.txt": 14, "icml2022_day_7_18.txt": 0, "icml2025_poster44177.txt": 1}
PAGES |= {"mlsys2025_session3155.txt": 5, "neurips2022_day_12_3.txt": 0}
"""Papers of each text page, counted by hand."""


def records_with_a_title(path: Path) -> int:
    """Count the records that hold a title, without the code of the formats."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        return len(re.findall(r"<paper\b(?:(?!</paper>).)*?<title>", text, re.DOTALL))
    if path.suffix == ".csv":
        return sum(bool(row["title"].strip()) for row in csv.DictReader(text.splitlines(keepends=True)))
    found = json.loads(text)
    found = found["data"] if isinstance(found, dict) else found
    return sum("title" in record if isinstance(record, str) else bool(_title(record)) for record in found)


def _title(record: dict[str, dict[str, str]]) -> object:
    return record.get("title") or record.get("paper", {}).get("title")


@pytest.mark.parametrize("name", STRUCTURED)
def test_every_record_with_a_title_is_a_paper(shared: Path, sqlite_url: str, name: str) -> None:
    path = shared / "corpus" / name
    connection = open_database(sqlite_url, create=True)
    (outcome,) = ingest(connection, documents_from([path]))
    assert (outcome.status, outcome.coverage) == ("loaded", 1.0)
    mentions = connection.query(
        "SELECT count(*) FROM (SELECT DISTINCT document_id, line_start, path FROM paper_sources) AS mentions"
    )
    assert mentions == [(records_with_a_title(path),)]


@pytest.mark.parametrize(("name", "papers"), PAGES.items())
def test_every_line_of_a_page_is_read(shared: Path, name: str, papers: int) -> None:
    (outcome,) = check(documents_from([shared / "corpus" / "virtual_site_text" / name]))
    assert (outcome.status, outcome.records["papers"], outcome.coverage) == ("loaded", papers, 1.0)


def test_any_order_gives_the_same_facts_in_both_databases(shared: Path, sqlite_url: str, postgres_url: str) -> None:
    sources = [shared / "corpus", shared / "seeds"]
    documents = [found for found in documents_from(sources) if isinstance(found, Document)]
    one, other = (open_database(url, create=True) for url in (sqlite_url, postgres_url))
    assert {outcome.status for outcome in ingest(one, documents)} == {"loaded"}
    Random(7).shuffle(documents)  # noqa: S311 - the same order every time
    half = len(documents) // 2
    assert {outcome.status for outcome in ingest(other, documents[half:])} == {"loaded"}
    assert {outcome.status for outcome in ingest(other, documents)} == {"loaded", "unchanged"}
    assert list(dump(one)) == list(dump(other))
