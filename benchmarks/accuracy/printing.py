"""Formats results as Markdown tables, followed by the errors."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.accuracy.measures import Interval, Result, Share


def lines(result: Result, errors: int | None) -> Iterator[str]:
    """Yield the lines of one result, with at most `errors` errors of each class, or all if None."""
    yield f"## {result.task}"
    yield ""
    if result.scores:
        yield "| | precision | recall | F1 | found | extra | missed |"
        yield "|---|---|---|---|---|---|---|"
        for group, score in result.scores.items():
            f1 = _number(score.f1, score.f1_interval)
            counts = f"{score.found} | {score.extra} | {score.missed}"
            yield f"| {group} | {_share(score.precision)} | {_share(score.recall)} | {f1} | {counts} |"
        yield ""
    if result.shares or result.numbers:
        yield "| | share | right | of |"
        yield "|---|---|---|---|"
        for name, share in result.shares.items():
            yield f"| {name} | {_share(share)} | {share.right} | {share.of} |"
        for name, number in result.numbers.items():
            yield f"| {name} | {number} | | |"
        yield ""
    for goal in result.goals:
        verdict = "met" if goal.is_met else "NOT MET"
        yield f"- {goal.name}: {goal.measured:.4f}, target at least {goal.at_least:g}: {verdict}"
    yield from (f"- {remark}" for remark in result.remarks)
    yield ""
    yield from _errors(result, errors)


def _errors(result: Result, at_most: int | None) -> Iterator[str]:
    """Yield the errors by class, each on one line."""
    counts = Counter(error.kind for error in result.errors)
    for kind, count in counts.most_common():
        yield f"### {kind}: {count}"
        yield ""
        listed = [error for error in result.errors if error.kind == kind]
        for error in listed[:at_most]:
            yield f"- {error.place}: {' '.join(error.text.split())}"
        if at_most is not None and count > at_most:
            yield f"- … and {count - at_most} more (`--errors all`)"
        yield ""


def _share(share: Share) -> str:
    return _number(share.value, share.interval) if share.of else "–"


def _number(value: float, interval: Interval) -> str:
    """Return a share with its interval.

    >>> _number(0.98765, (0.9512, 0.9981))
    '0.9877 (0.951–0.998)'
    """
    return f"{value:.4f} ({interval[0]:.3f}–{interval[1]:.3f})"
