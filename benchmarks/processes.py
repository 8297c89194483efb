"""Runs commands as fresh processes and measures their time and memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryFile

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a process: wall seconds, CPU seconds (user and system), peak memory in MB (10⁶ bytes)."""

    wall: float
    cpu: float
    peak: float = 0.0


def measure(command: Sequence[str]) -> tuple[Cost, str]:
    """Run `command`; return its cost and its standard output. Exits with its standard error if it fails."""
    os.sync()  # or the next process would pay for writes of the last one
    with TemporaryFile("w+") as output, TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(command)}: exit status {process.returncode}\n{errors.read()}")
        return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MAXRSS_UNIT / 1e6), output.read()


def middle(costs: Iterable[Cost]) -> Cost:
    """Return the median of each measure.

    >>> middle([Cost(1, 4, 5), Cost(3, 1, 5), Cost(2, 2, 7)])
    Cost(wall=2, cpu=2, peak=5)
    """
    taken = list(costs)
    return Cost(median(c.wall for c in taken), median(c.cpu for c in taken), median(c.peak for c in taken))


def alternate(contenders: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Run every contender once per round, so that slow phases of the machine affect all alike; return the medians."""
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            costs[name].append(contender())
    return {name: middle(taken) for name, taken in costs.items()}
