"""What `loader ingest` and `loader check` say: one line a document, one line a problem, and the totals."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from programme.cli.progress import Progress
from programme.loaders.documents import display_uri
from programme.loaders.store.ingest import FEW, Outcome

_NOUNS = {
    "sessions": ("session", "sessions"),
    "slots": ("slot", "slots"),
    "papers": ("paper", "papers"),
    "repo_links": ("repository link", "repository links"),
    "listing_entries": ("listing entry", "listing entries"),
}

MAX_PROBLEMS = 20
"""A document with more problems shows as many."""

STOPPED = 130
"""The exit status of what Ctrl-C stopped."""


class Report:
    """Totals over outcomes. With `as_json` it keeps every outcome and prints them at the end."""

    def __init__(self, *, as_json: bool) -> None:
        self.statuses: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        self.problem_count = 0
        self._documents: list[dict[str, Any]] | None = [] if as_json else None

    def follow(self, outcomes: Iterable[Outcome], progress: Progress) -> None:
        """Take outcomes as they come: say what went wrong at once, and show progress."""
        few: list[Outcome] = []
        with progress:
            for number, outcome in enumerate(outcomes, 1):
                self._count(outcome)
                for line in problem_lines(outcome):
                    progress.say(line)
                if number <= FEW:
                    few.append(outcome)
                progress.advance()
        if self._documents is None and sum(self.statuses.values()) <= FEW:
            for outcome in few:
                print(document_line(outcome))

    def finish(self, *, is_stopped: bool = False) -> int:
        """Print the totals, and return the exit status; `is_stopped` when documents may be left."""
        if self._documents is not None:
            totals = {**self.statuses, "documents": self.statuses.total(), "problems": self.problem_count}
            print(json.dumps({"documents": self._documents, "totals": totals | {"records": dict(self.records)}}))
        else:
            print(self._summary())
        if is_stopped:
            done = self.statuses["loaded"] + self.statuses["unchanged"]
            documents = "1 document is" if done == 1 else f"{done:,} documents are"
            print(f"stopped: {documents} in; the same command goes on where it stopped", file=sys.stderr)
            return STOPPED
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
        problems = f"; {self.problem_count:,} problem{'s' * (self.problem_count > 1)}" if self.problem_count else ""
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
        "problems": [{"line": p.line, "path": p.path, "text": p.text, "problem": p.problem} for p in outcome.problems],
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
    return f"{display_uri(outcome.uri)}: {', '.join(said)}"


def problem_lines(outcome: Outcome) -> Iterator[str]:
    """One line per problem: document, line, path, what is wrong, and the text in question; of many the first few."""
    refused = "refused: " if outcome.status == "refused" else ""
    for problem in outcome.problems[:MAX_PROBLEMS]:
        place = f", line {problem.line}" if problem.line else ""
        if problem.path and not problem.problem.startswith(problem.path):
            place += f", {problem.path}"
        text = f" ({_cut(problem.text)})" if problem.text else ""
        yield f"{display_uri(outcome.uri)}{place}: {refused}{problem.problem}{text}"
    more = len(outcome.problems) - MAX_PROBLEMS
    if more > 0:
        yield f"{display_uri(outcome.uri)}: … and {more:,} more; `loader check --json` lists them"


def _phrases(records: dict[str, int]) -> Iterator[str]:
    for table, (one, many) in _NOUNS.items():
        count = records.get(table, 0)
        if count:
            yield f"{count:,} {one if count == 1 else many}"


def _cut(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
