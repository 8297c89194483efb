"""Accuracy of repository links in labelled abstracts: found, missed, extra, their role, and the speed of the search.

A line of a truth file holds `id`, `title`, `abstract`, `certain` and `repositories`, a list of [host, path, role].
"""

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.accuracy.measures import Error, Goal, Result, Score, Share, compared
from benchmarks.accuracy.pages import TRUTH as SEEDS
from benchmarks.accuracy.pages import LabelledPage, labelled_pages
from benchmarks.accuracy.sources import SHARED, sources
from programme.loaders.text.links import Link, find_links
from programme.loaders.text.titles import clean_title

TRUTH = SHARED / "truth" / "repo_links.jsonl"
CERTAIN = "all certain"
UNCERTAIN = "uncertain labels"
Repository = tuple[str, str]
"""Host, and path without case."""


def links(truth: Sequence[Path] = (TRUTH,), folders: Iterable[Path] = (SHARED / "corpus",)) -> Result:
    """Judge the links in labelled abstracts and pages, and time the search in all abstracts of the folders."""
    result = Result("links")
    rows = (line for path in truth for line in path.read_text(encoding="utf-8").splitlines())
    judge(result, (json.loads(row) for row in rows if row.strip()))
    for page in labelled_pages() if SEEDS.exists() else ():
        judge_page(result, page)
    abstracts = [
        facts.record.abstract
        for source in sources(folders)
        for facts in source.facts.mentions()
        if facts.record.abstract
    ]
    if abstracts:
        speed = megabytes_per_second(abstracts)
        result.numbers["speed"] = f"{speed:.1f} MB/s over {len(abstracts)} abstracts"
        result.goals.append(Goal("speed in MB/s", speed, 10))
    return result


def judge(result: Result, rows: Iterable[dict[str, Any]]) -> None:
    """Add the scores of labelled abstracts to a result, with uncertain labels separate, and the goals."""
    right_roles = roles = without_links = kept_without = 0
    total, uncertain, hosts = result.score(CERTAIN), Score(), Result("hosts")
    for row in rows:
        stated = {(host, path.casefold()): role for host, path, role in row["repositories"]}
        found: dict[Repository, Link] = {}
        for link in find_links(row["abstract"]):
            if link.kind == "repository":
                found.setdefault((link.host, link.path.casefold()), link)
        _list_errors(result, row, stated, found)
        if not row["certain"]:
            uncertain.add(compared(frozenset(stated), frozenset(found)))
            continue
        total.add(compared(frozenset(stated), frozenset(found)))
        for host in sorted({host for host, _ in (*stated, *found)}):
            of_host = [frozenset(key for key in keys if key[0] == host) for keys in (stated, found)]
            hosts.score(host).add(compared(*of_host))
        both = stated.keys() & found.keys()
        roles += len(both)
        right_roles += sum(found[key].role == stated[key] for key in both)
        if not stated:
            without_links += 1
            kept_without += not found
    by_size = sorted(hosts.scores.items(), key=lambda host: (-host[1].recall.of, host[0]))
    result.scores |= {**dict(by_size), UNCERTAIN: uncertain}
    result.shares["role"] = Share(right_roles, roles)
    result.shares["no link where none is stated"] = Share(kept_without, without_links)
    result.goals += [
        Goal("precision", total.precision.value, 0.995),
        Goal("recall", total.recall.value, 0.99),
        Goal("role", result.shares["role"].value, 0.99),
    ]


def judge_page(result: Result, page: LabelledPage) -> None:
    """Score the repositories that abstracts on a labelled page state."""
    labels = page.labels.get("papers") or [slot["paper"] for slot in page.labels["slots"] if slot.get("paper")]
    stated = {(clean_title(paper["title"]), path.casefold()) for paper in labels for path in paper["repositories"]}
    found = {
        (paper.title, f"{link.host}/{link.path}".casefold())
        for paper in page.facts.mentions()
        for _, link in paper.links
        if link.kind == "repository"
    }
    result.score(f"page {page.name}").add(compared(frozenset(stated), frozenset(found)))
    for kind, wrong in (("missed on a page", stated - found), ("extra on a page", found - stated)):
        result.errors += [Error(kind, page.name, " · ".join(parts)) for parts in sorted(wrong)]


def _list_errors(
    result: Result, row: dict[str, Any], stated: dict[Repository, str], found: dict[Repository, Link]
) -> None:
    """List each missed or extra repository with the text around it, or the end of the abstract."""
    doubt = "" if row["certain"] else ", label uncertain"
    text = row["abstract"]
    for key in sorted(stated.keys() - found.keys()):
        result.errors.append(Error(f"missed{doubt}", str(row["id"]), f"{'/'.join(key)} in: {_near(text, key)}"))
    for key in sorted(found.keys() - stated.keys()):
        result.errors.append(Error(f"extra{doubt}", str(row["id"]), f"{'/'.join(key)} in: {_around(text, found[key])}"))
    for key in sorted(found.keys() & stated.keys()):
        if found[key].role != stated[key]:
            said = f"{'/'.join(key)} is {stated[key]}, read as {found[key].role}"
            result.errors.append(Error(f"role{doubt}", str(row["id"]), f"{said}, in: {_around(text, found[key])}"))


def _around(text: str, link: Link) -> str:
    return f"…{text[max(0, link.start - 160) : link.end + 80]}…"


def _near(text: str, key: Repository) -> str:
    """Return the part of an abstract that names a repository that was not found."""
    name = key[1].rsplit("/", 1)[-1]
    place = text.casefold().rfind(name)
    return f"…{text[-240:] if place < 0 else text[max(0, place - 160) : place + len(name) + 80]}…"


def megabytes_per_second(abstracts: Sequence[str], rounds: int = 3) -> float:
    """Return how many megabytes of abstracts one core searches per second: the best of several rounds."""
    size = sum(len(abstract.encode()) for abstract in abstracts) / 1e6
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for abstract in abstracts:
            find_links(abstract)
        best = min(best, time.process_time() - started)
    return size / max(best, 1e-9)
