"""Prints the accuracy of the facts. Run as `python -m benchmarks.accuracy [TASK…] [--truth FILE] [--errors N|all]`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.accuracy.authors import authors
from benchmarks.accuracy.editions import editions
from benchmarks.accuracy.links import links
from benchmarks.accuracy.measures import Result
from benchmarks.accuracy.papers import papers
from benchmarks.accuracy.printing import lines
from benchmarks.accuracy.times import times

TASKS: dict[str, Callable[..., Result]] = {
    "links": links,
    "papers": papers,
    "authors": authors,
    "times": times,
    "editions": editions,
}
LABELLED = {"links": ".jsonl", "times": ".json", "editions": ".json"}
"""Tasks that read labels → the suffix of their truth files."""


def measure(task: str, truth: Sequence[Path], folders: Sequence[Path]) -> Result:
    """Run one task on the given truth files and folders of documents, or on its default ones."""
    arguments: dict[str, Sequence[Path]] = {"folders": folders} if folders else {}
    if task in LABELLED and (labels := [path for path in truth if path.suffix == LABELLED[task]]):
        arguments["truth"] = labels
    return TASKS[task](**arguments)


def main() -> None:
    """Read the options, run the tasks and print each result; truth files select the tasks that read them."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description="Print the accuracy of the facts."
    )
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"{', '.join(TASKS)} (default: all)")
    parser.add_argument(
        "--truth", type=Path, action="append", default=[], metavar="FILE", help="labels: abstracts .jsonl, pages .json"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        action="append",
        default=[],
        help="documents to read (default: those beside the checkout)",
    )
    parser.add_argument(
        "--errors", default="20", metavar="N", help="errors to list of each class: a number or `all` (default 20)"
    )
    options = parser.parse_args()
    if unknown := set(options.tasks) - TASKS.keys():
        parser.error(f"no task is called {', '.join(sorted(unknown))}; there are: {', '.join(TASKS)}")
    if missing := [str(path) for path in (*options.truth, *options.folder) if not path.exists()]:
        parser.error(f"no such file or folder: {', '.join(missing)}")
    if options.errors != "all" and not options.errors.isdecimal():
        parser.error(f"--errors takes a number or `all`, got {options.errors!r}")
    suffixes = {path.suffix for path in options.truth}
    chosen = options.tasks or [task for task in TASKS if not suffixes or LABELLED.get(task) in suffixes]
    for task in chosen:
        result = measure(task, options.truth, options.folder)
        for line in lines(result, None if options.errors == "all" else int(options.errors)):
            print(line)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
