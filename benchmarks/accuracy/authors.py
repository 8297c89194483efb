"""Accuracy of authors: two columns that list the same people are compared, and people are judged by profile ids.

For two columns, the name forms in both are counted, and the other names by how they differ.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.measures import Error, Goal, Result, Score, Share
from benchmarks.accuracy.people import IdentifiedName, identified_names, judge_links, judge_people
from benchmarks.accuracy.sources import SHARED, second_statements, sources, statements
from programme.loaders.text.names import clean_name, name_form

FOLDERS = (SHARED / "corpus",)
TOTAL = "all names"
SPELLING = "spelling alone"


class Bylines(NamedTuple):
    """Two bylines of one paper; `source` is that of the second."""

    source: str
    record: str
    first: tuple[str, ...]
    second: tuple[str, ...]


def authors(folders: Iterable[Path] = FOLDERS) -> Result:
    """Compare bylines that documents state twice, and judge which names are one person."""
    pairs: list[Bylines] = []
    stated: list[IdentifiedName] = []
    bylines: dict[str, frozenset[str]] = {}
    shown: dict[str, str] = {}
    for source in sources(folders):
        first = {}
        for statement in statements(source):
            first[statement.record] = authors = statement.facts.record.authors
            by_form = {name_form(name): clean_name(name) for name in authors}
            shown |= by_form
            bylines[statement.facts.title_key] = bylines.get(statement.facts.title_key, frozenset()) | by_form.keys()
        stated += identified_names(source)
        for second in second_statements(source):
            names = first.get(second.record)
            if names and second.facts.record.authors:
                pairs.append(Bylines(second.source, second.record, names, second.facts.record.authors))
    result = judge(pairs)
    judge_people(result, stated)
    judge_links(result, bylines, shown)
    return result


def judge(pairs: Iterable[Bylines]) -> Result:
    """Score the name forms of pairs of bylines: in both (found), only in the second (extra) or the first (missed).

    Two remaining names that differ by spelling alone should have had one form.
    """
    result = Result("authors")
    whole: dict[str, list[bool]] = {}
    kinds: Counter[str] = Counter()
    total = result.score(TOTAL)
    for pair in pairs:
        first, second = ([name_form(name) for name in names] for names in (pair.first, pair.second))
        both = sum((Counter(first) & Counter(second)).values())
        score = Score(both, len(second) - both, len(first) - both)
        total.add(score)
        result.score(pair.source).add(score)
        whole.setdefault(pair.source, []).append(first == second)
        if first != second and score.extra == score.missed == 0:
            shown = f"{', '.join(pair.first)} / {', '.join(pair.second)}"
            result.errors.append(Error("another order", pair.record, shown))
        for one, other in _left_over(pair.first, pair.second):
            kind = difference(one, other)
            kinds[kind] += 1
            result.errors.append(Error(kind, pair.record, f"{one or '–'} / {other or '–'}"))
    for source, agreements in whole.items():
        result.shares[f"bylines that agree, {source}"] = Share(sum(agreements), len(agreements))
    for kind, count in kinds.most_common():
        result.numbers[f"names that differ: {kind}"] = str(count)
    joined = Share(total.found, total.found + kinds[SPELLING])
    result.shares["one form for names that differ by spelling alone"] = joined
    result.goals.append(Goal("one form for names that differ by spelling alone", joined.value, 0.999))
    return result


def _left_over(first: Sequence[str], second: Sequence[str]) -> list[tuple[str, str]]:
    """Pair the names whose form only one byline has: by family name, then in printed order."""
    kept = Counter(map(name_form, first)) & Counter(map(name_form, second))
    ones, others = _without(first, kept), _without(second, kept)
    pairs = []
    for one in list(ones):
        near = next((other for other in others if _are_near(one, other)), None)
        if near is not None:
            ones.remove(one)
            others.remove(near)
            pairs.append((one, near))
    length = max(len(ones), len(others))
    padded = [names + [""] * (length - len(names)) for names in (ones, others)]
    return pairs + list(zip(*padded, strict=True))


def _without(names: Sequence[str], kept: Counter[str]) -> list[str]:
    rest = Counter(kept)
    left = []
    for name in names:
        form = name_form(name)
        if rest[form]:
            rest[form] -= 1
        else:
            left.append(name)
    return left


def _are_near(one: str, other: str) -> bool:
    words, others = name_form(one).split(), name_form(other).split()
    return bool({words[-1], words[0]} & {others[-1], others[0]}) or "".join(words) == "".join(others)


def difference(one: str, other: str) -> str:
    """Return how two names with different forms differ.

    >>> difference("Ann Q. Lee", "Ann Lee"), difference("A. Lee", "Ann Lee"), difference("Lee Ann", "Ann Lee")
    ('a middle name', 'initials', 'order of the words')
    >>> difference("AnnLee", "Ann Lee"), difference("Ann Lee", ""), difference("Ann Lee", "Ann Leigh")
    ('spelling alone', 'in one byline alone', 'family name')
    """
    if not one or not other:
        return "in one byline alone"
    words, others = name_form(one).split(), name_form(other).split()
    if "".join(words) == "".join(others):
        return SPELLING
    if sorted(words) == sorted(others):
        return "order of the words"
    if len(words) == len(others) and all(map(_is_initial_of, words, others)):
        return "initials"
    if words[0] == others[0] and words[-1] == others[-1]:
        return "a middle name"
    if words[-1] == others[-1]:
        return "given name"
    return "family name" if words[0] == others[0] else "another name"


def _is_initial_of(one: str, other: str) -> bool:
    """Return whether two words are the same, or one is the initial of the other."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
