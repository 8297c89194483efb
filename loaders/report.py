"""What `loader ingest` and `loader check` say: one line a document, one line a problem, and the totals."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from loaders.documents import shown
from loaders.store.ingest import FEW, Outcome

_NOUNS = {
    "sessions": ("session", "sessions"),
    "slots": ("slot", "slots"),
    "papers": ("paper", "papers"),
    "repo_links": ("repository link", "repository links"),
    "listing_entries": ("listing entry", "listing entries"),
}


class Report:
    """Totals over outcomes. With `as_json` it keeps every outcome and prints them at the end."""

    def __init__(self, *, as_json: bool) -> None:
        self.statuses: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        self.problem_count = 0
        self._documents: list[dict[str, Any]] | None = [] if as_json else None

    def follow(self, outcomes: Iterable[Outcome]) -> None:
        """Take outcomes as they come: say what went wrong at once, and show progress on a terminal."""
        started, shown_at = time.monotonic(), 0.0
        few: list[Outcome] = []
        for number, outcome in enumerate(outcomes, 1):
            self._count(outcome)
            for line in problem_lines(outcome):
                _say(line)
            if number <= FEW:
                few.append(outcome)
            now = time.monotonic()
            if sys.stderr.isatty() and now - shown_at > 0.1:
                shown_at = now
                print(f"\r{number:,} documents, {number / (now - started + 1e-9):,.0f}/s ", end="", file=sys.stderr)
        if shown_at:
            print("\r\x1b[K", end="", file=sys.stderr)
        if self._documents is None and sum(self.statuses.values()) <= FEW:
            for outcome in few:
                print(document_line(outcome))

    def finish(self) -> int:
        """Print the totals, and return the exit status."""
        if self._documents is not None:
            totals = {**self.statuses, "documents": self.statuses.total(), "problems": self.problem_count}
            print(json.dumps({"documents": self._documents, "totals": totals | {"records": dict(self.records)}}))
        else:
            print(self._summary())
        return 1 if self.statuses["refused"] else 0

    def _count(self, outcome: Outcome) -> None:
        self.statuses[outcome.status] += 1
        self.records.update(outcome.records)
        self.problem_count += len(outcome.problems)
        if self._documents is not None:
            self._documents.append(outcome_json(outcome))

    def _summary(self) -> str:
        parts = [f"{count:,} {status}" for status, count in sorted(self.statuses.items())] or ["nothing to read"]
        stated = list(_phrases(self.records))
        problems = f"; {self.problem_count:,} problems" if self.problem_count else ""
        return f"{', '.join(parts)}{': ' if stated else ''}{', '.join(stated)}{problems}"


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as `--json` prints it."""
    return {
        "uri": outcome.uri,
        "sha256": outcome.sha256,
        "format": outcome.format,
        "status": outcome.status,
        "records": outcome.records,
        "coverage": outcome.coverage,
        "problems": [{"line": p.line, "text": p.text, "problem": p.problem} for p in outcome.problems],
    }


def document_line(outcome: Outcome) -> str:
    """One line about a document that was not refused, or that was.

    >>> document_line(Outcome("file:///p/a.txt", "unchanged"))
    '/p/a.txt: unchanged'
    """
    said = [outcome.status]
    if outcome.status == "loaded":
        said = [outcome.format or "", *_phrases(outcome.records)]
        if outcome.coverage is not None and outcome.coverage < 1:
            said.append(f"{outcome.coverage:.1%} of its lines read")
    return f"{shown(outcome.uri)}: {', '.join(said)}"


def problem_lines(outcome: Outcome) -> Iterator[str]:
    """One line per problem: document, line, what is wrong, and the text in question."""
    for problem in outcome.problems:
        place = f", line {problem.line}" if problem.line else ""
        text = f" ({_cut(problem.text)})" if problem.text else ""
        refused = "refused: " if outcome.status == "refused" else ""
        yield f"{shown(outcome.uri)}{place}: {refused}{problem.problem}{text}"


def _phrases(records: dict[str, int]) -> Iterator[str]:
    for table, (one, many) in _NOUNS.items():
        count = records.get(table, 0)
        if count:
            yield f"{count:,} {one if count == 1 else many}"


def _cut(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _say(line: str) -> None:
    print(line, file=sys.stderr)
