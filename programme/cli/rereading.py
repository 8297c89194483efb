"""`loader reread`, which `loader upgrade` ends with: documents read again by the rules of this version."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated, Any

import typer

from programme.cli import options
from programme.cli.options import DEFAULT_DATABASE, DatabaseOption


def reread(
    everything: Annotated[bool, typer.Option("--all", help="Read every document again, stale or not.")] = False,
    as_json: options.JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Read stored documents again that older rules have read.

    All or nothing, from the bytes in the database. Afterwards it holds what a fresh load of them would give. A document
    that cannot be read any more is kept, and states nothing but a problem.
    """
    from programme.database_url import parse_database_url

    documents: list[dict[str, Any]] | None = [] if as_json else None
    said, statuses = run(database, everything=everything, documents=documents)
    if as_json:
        totals = {**statuses, "documents": statuses.total()}
        print(json.dumps({"documents": documents, "totals": totals}))
    else:
        print(f"{parse_database_url(database)}: {said or 'no document is stale'}")
    raise typer.Exit(1 if statuses["refused"] else 0)


def run(
    database: str, *, everything: bool = False, documents: list[dict[str, Any]] | None = None
) -> tuple[str, Counter[str]]:
    """Read documents again; return what to say of it, nothing where none is stale, and their number by status.

    Documents that are refused are named on standard error; `documents` receives what became of each, as JSON.
    """
    from programme.cli.report import INTERRUPTED, Progress, outcome_json, problem_lines
    from programme.loaders.store import reread as store
    from programme.loaders.store.database import open_database

    statuses: Counter[str] = Counter()
    with closing(open_database(database)) as connection:
        plan = store.planned(connection, everything=everything)
        try:
            with Progress(lambda: len(plan.document_ids)) as progress:
                for outcome in store.reread(connection, everything=everything):
                    statuses[outcome.status] += 1
                    if documents is not None:
                        documents.append(outcome_json(outcome))
                    for line in problem_lines(outcome) if outcome.status == "refused" else ():
                        progress.print(line)
                    progress.advance()
        except KeyboardInterrupt:
            print("interrupted: nothing was read again; `loader reread` does it", file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None
    return ", ".join(_phrases(statuses)), statuses


def _phrases(statuses: Counter[str]) -> Iterator[str]:
    if count := statuses["loaded"]:
        yield f"{count:,} document{'' if count == 1 else 's'} read again"
    if count := statuses["refused"]:
        yield f"{count:,} refused"
