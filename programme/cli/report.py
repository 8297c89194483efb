"""What `loader ingest` and `loader check` print: progress, a line per document and per problem, and the totals."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from programme.cli.output import cut
from programme.database_url import parse_database_url
from programme.loaders.documents import display_uri
from programme.loaders.store.ingest import Outcome
from programme.messages import message

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from programme.loaders.store.connection import Connection

_NOUNS = {
    "sessions": ("session", "sessions"),
    "slots": ("slot", "slots"),
    "papers": ("paper", "papers"),
    "papers_by_number": ("paper by its number on the site", "papers by their numbers on the site"),
    "repo_links": ("repository link", "repository links"),
    "listing_entries": ("listing entry", "listing entries"),
    "editions": ("edition", "editions"),
    "corrections": ("correction", "corrections"),
}
"""What one document states. A paper in it is a mention: other documents may state the same paper."""

_ROWS = {
    "papers": ("paper", "papers"),
    "authors": ("author", "authors"),
    "sessions": ("session", "sessions"),
    "slots": ("slot", "slots"),
}
"""What a database holds, each thing once."""

MAX_DOCUMENT_LINES = 32
"""With more documents than this only the totals and the problems are printed."""

MAX_PROBLEMS = 20
"""Problems printed of one document."""

MAX_TEXT = 60
"""Characters printed of the text that a problem is about."""

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of the signal."""

BAR_AFTER_S = 0.5
"""Work that is over sooner shows no bar."""

_BAR_INTERVAL_S = 0.1
_NEVER = float("inf")


class Report:
    """Totals of a run. With `as_json` it keeps every outcome and prints them at the end.

    `is_quiet` prints the number of problems only. `count_rows` returns what the database called `database` holds
    afterwards; without it, as for `loader check`, nothing is written and the report says so.
    """

    def __init__(
        self,
        *,
        as_json: bool = False,
        is_quiet: bool = False,
        database: str = "",
        count_rows: Callable[[], dict[str, int]] | None = None,
    ) -> None:
        self.statuses: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        self.problem_count = 0
        self._documents: list[dict[str, Any]] | None = [] if as_json else None
        self._is_quiet = is_quiet
        self._database = database
        self._count_rows = count_rows

    def follow(self, outcomes: Iterable[Outcome], progress: "Progress") -> None:
        """Count outcomes as they arrive, and print problems at once: a long run may be interrupted."""
        first: list[Outcome] = []
        with progress:
            for number, outcome in enumerate(outcomes, 1):
                self._count(outcome)
                for line in () if self._is_quiet else problem_lines(outcome):
                    progress.print(line)
                if number <= MAX_DOCUMENT_LINES:
                    first.append(outcome)
                progress.advance(outcome.records.get("papers", 0))
        if self._documents is None and not self._is_quiet and self.statuses.total() <= MAX_DOCUMENT_LINES:
            for outcome in first:
                if outcome.status != "refused":  # which its problem said
                    print(document_line(outcome))

    def finish(self, *, is_interrupted: bool = False) -> int:
        """Print the totals and return the exit status; `is_interrupted` when documents may be left."""
        is_changed = self.statuses["loaded"] or self.statuses["replaced"]
        rows = self._count_rows() if self._count_rows and is_changed else {}
        if self._documents is not None:
            totals: dict[str, Any] = {
                **self.statuses,
                "documents": self.statuses.total(),
                "problems": self.problem_count,
            }
            totals |= {"records": dict(self.records)} | ({"database": rows} if rows else {})
            print(json.dumps({"documents": self._documents, "totals": totals}))
        else:
            print(self._summary())
            if rows:
                print(
                    f"{parse_database_url(self._database)} now holds {', '.join(_phrases(rows, _ROWS)) or 'no papers'}"
                )
        if is_interrupted:
            done = self.statuses["loaded"] + self.statuses["unchanged"]
            documents = "1 document is" if done == 1 else f"{done:,} documents are"
            verb = "loaded" if self._count_rows else "checked"
            print(f"interrupted: {documents} {verb}; run the same command again to continue", file=sys.stderr)
            return INTERRUPTED
        return 1 if self.statuses["refused"] else 0

    def _count(self, outcome: Outcome) -> None:
        self.statuses[outcome.status] += 1
        self.records.update(outcome.records)
        self.problem_count += len(outcome.problems)
        if self._documents is not None:
            self._documents.append(outcome_json(outcome))

    def _summary(self) -> str:
        loaded = "loaded" if self._count_rows else "readable"
        counts = {loaded if status == "loaded" else status: count for status, count in self.statuses.items()}
        parts = [f"{count:,} {status}" for status, count in sorted(counts.items())] or ["no documents found"]
        mentions = _NOUNS | {"papers": ("mention of a paper", "mentions of papers")}
        stated = ", ".join(_phrases(self.records, mentions))
        problems = f"; {self.problem_count:,} problem{'s' * (self.problem_count > 1)}" if self.problem_count else ""
        return f"{', '.join(parts)}{': ' if stated else ''}{stated}{problems}"


def row_counts(connection: "Connection") -> dict[str, int]:
    """Count what a database holds, for the report."""
    return {table: connection.query(f"SELECT count(*) FROM {table}")[0][0] for table in _ROWS}


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as `--json` prints it."""
    return {
        "uri": outcome.uri,
        "sha256": outcome.sha256,
        "format": outcome.format,
        "status": outcome.status,
        "records": outcome.records,
        "coverage": outcome.coverage,
        "note": outcome.note,
        "problems": [{"line": p.line, "path": p.path, "text": p.text, "problem": p.problem} for p in outcome.problems],
    }


def document_line(outcome: Outcome) -> str:
    """Return one line about a document that was not refused.

    >>> document_line(Outcome("file:///p/a.txt", "unchanged"))
    '/p/a.txt: unchanged'
    >>> document_line(Outcome("file:///p/a.txt", "history", note="older than the capture of 2026-11-25 09:14"))
    '/p/a.txt: history, older than the capture of 2026-11-25 09:14'
    """
    parts = [] if outcome.status == "replaced" else [outcome.status]  # its note starts with `replaces`
    if outcome.status == "loaded":
        parts = [outcome.format or "", *_phrases(outcome.records, _NOUNS)]
        if outcome.coverage is not None and outcome.coverage < 1:
            parts.append(f"{outcome.coverage:.1%} of its lines read")
    if outcome.note:
        parts.append(outcome.note)
    return message(f"{display_uri(outcome.uri)}: {', '.join(parts)}")


def problem_lines(outcome: Outcome) -> Iterator[str]:
    """Yield one line per problem, `document, line, path: problem (text)`, for the first MAX_PROBLEMS of them."""
    refused = "refused: " if outcome.status == "refused" else ""
    for problem in outcome.problems[:MAX_PROBLEMS]:
        place = f", line {problem.line}" if problem.line else ""
        if problem.path and not problem.problem.startswith(problem.path):
            place += f", {problem.path}"
        text = f" ({cut(problem.text, MAX_TEXT)})" if problem.text else ""
        yield message(f"{display_uri(outcome.uri)}{place}: {refused}{problem.problem}{text}")
    more = len(outcome.problems) - MAX_PROBLEMS
    if more > 0:
        yield f"{message(display_uri(outcome.uri))}: … and {more:,} more; `loader check --json` lists them"


def _phrases(counts: dict[str, int], nouns: dict[str, tuple[str, str]]) -> Iterator[str]:
    for table, (singular, plural) in nouns.items():
        count = counts.get(table, 0)
        if count:
            yield f"{count:,} {singular if count == 1 else plural}"


class Progress:
    """A bar on the terminal with what is done, rate and time left; nothing in a pipe or for one document.

    `count` returns the total, or None where it is not known; it is called only when there is a bar. So is rich imported
    only then: that takes longer than ingesting a page. `size` returns the bytes read so far.
    """

    def __init__(self, count: Callable[[], int | None], size: Callable[[], int] = lambda: 0) -> None:
        self._count = count
        self._size = size
        self._done = self._papers = 0
        self._total: int | None = None
        self._started = time.monotonic()
        self._next_at = self._started + BAR_AFTER_S if sys.stderr.isatty() else _NEVER
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def advance(self, papers: int = 0) -> None:
        """Count one more document, and the papers in it."""
        self._done += 1
        self._papers += papers
        now = time.monotonic()
        if now >= self._next_at:
            self._next_at = now + _BAR_INTERVAL_S
            self._update(self._done / (now - self._started))

    def print(self, line: str) -> None:
        """Print a line on standard error, above the bar."""
        if self._bar is None:
            print(line, file=sys.stderr)
        else:
            self._bar.console.out(line, highlight=False)

    def _update(self, rate: float) -> None:
        if self._bar is None:
            self._total = self._count()
            if self._total == 1:
                self._next_at = _NEVER
                return
            self._bar = _new_bar()
            self._bar.add_task("", total=None, done="", rate="")
        total = self._total if self._total is not None and self._done <= self._total else None
        done = f"{self._done:,} documents" if total is None else f"{self._done:,} of {total:,} documents"
        done += f", {self._papers:,} papers" if self._papers else ""
        done += f", {self._size() / 1e6:,.1f} MB" if self._size() else ""
        (task,) = self._bar.task_ids
        self._bar.update(task, total=total, completed=self._done, done=done, rate=f"{rate:,.0f}/s")
        self._bar.start()


def _new_bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.fields[done]}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    return Bar(*columns, console=Console(stderr=True), transient=True)
