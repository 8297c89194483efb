"""Results of a task: shares with 95 % Wilson intervals, scores, goals, and each error."""

from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""Quantile of the normal distribution for a two-sided 95 % interval."""

Interval = tuple[float, float]


def wilson(right: int, of: int) -> Interval:
    """Return the 95 % Wilson score interval of a share; (0, 1) if nothing was measured.

    >>> [round(bound, 4) for bound in wilson(81, 263)]  # Newcombe 1998, table I, method 3
    [0.2553, 0.3662]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not of:
        return 0.0, 1.0
    share, squared = right / of, Z * Z / of
    middle = share + squared / 2
    reach = Z * sqrt((share * (1 - share) + squared / 4) / of)
    return max(0.0, (middle - reach) / (1 + squared)), min(1.0, (middle + reach) / (1 + squared))


class Share(NamedTuple):
    """A number of right answers and the total."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share; 1 if nothing was measured."""
        return self.right / self.of if self.of else 1.0

    @property
    def interval(self) -> Interval:
        """The 95 % Wilson interval of the share."""
        return wilson(self.right, self.of)


@dataclass
class Score:
    """Counts for one group: facts stated and found, found but not stated (extra), stated but not found (missed)."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> Share:
        """The share of found facts that are stated."""
        return Share(self.found, self.found + self.extra)

    @property
    def recall(self) -> Share:
        """The share of stated facts that are found."""
        return Share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Score(found=8, extra=1, missed=3).f1
        0.8
        """
        return _f1(self._overlap.value)

    @property
    def f1_interval(self) -> Interval:
        """The 95 % interval of F1, a function of found / (found + extra + missed), whose Wilson interval it is."""
        low, high = self._overlap.interval
        return _f1(low), _f1(high)

    @property
    def _overlap(self) -> Share:
        return Share(self.found, self.found + self.extra + self.missed)

    def add(self, other: "Score") -> None:
        """Add the counts of another score."""
        self.found += other.found
        self.extra += other.extra
        self.missed += other.missed


def _f1(overlap: float) -> float:
    return 2 * overlap / (1 + overlap)


def compared(stated: frozenset[object], found: frozenset[object]) -> Score:
    """Return the score of one set of facts against another.

    >>> compared(frozenset("abc"), frozenset("bcd"))
    Score(found=2, extra=1, missed=1)
    """
    return Score(len(stated & found), len(found - stated), len(stated - found))


class Error(NamedTuple):
    """One disagreement: its class, its place, and the text a person needs to judge it."""

    kind: str
    place: str
    text: str


class Goal(NamedTuple):
    """A target, and the number measured."""

    name: str
    measured: float
    at_least: float

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.measured >= self.at_least


@dataclass
class Result:
    """The result of one task: scores by group, shares and other numbers by name, goals, remarks and all errors."""

    task: str
    scores: dict[str, Score] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def score(self, group: str) -> Score:
        """Return the score of a group, a new one at first."""
        return self.scores.setdefault(group, Score())
