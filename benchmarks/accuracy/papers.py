"""Accuracy of papers across sources: mentions should be joined even with their identifiers hidden.

Recall is measured on pairs of statements in different sources that share an identifier or are columns of one record;
precision on joined pairs from different sources whose identifiers can be compared. Other joined pairs are counted but
cannot be judged. Joined pairs within one source are listed separately: regular columns of a journal have the same title
in every issue and no authors, so that only identifiers can separate them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.measures import Error, Goal, Result, Score, Share
from benchmarks.accuracy.sources import SHARED, Statement, second_statements, sources, statements
from programme.loaders.store.clusters import cluster, components
from programme.loaders.store.identity import Mention, contradict

FOLDERS = (SHARED / "corpus", SHARED / "seeds")
TOTAL = "of two sources"
WITHIN = "of one source"
NO_SECOND = frozenset({"acl-anthology"})
"""Formats whose second statements are derived from the first, so that joining them proves nothing."""

Pair = tuple[int, int]


class Pool(NamedTuple):
    """Statements and their mentions; the id of a mention is its index."""

    stated: list[Statement]
    mentions: list[Mention]


def papers(folders: Iterable[Path] = FOLDERS) -> Result:
    """Join the papers of all documents in the folders, with their additional columns, and judge the pairs."""
    stated: list[Statement] = []
    lost: list[str] = []
    for source in sources(folders):
        stated += statements(source)
        if source.facts.parsed.format not in NO_SECOND:
            stated += second_statements(source, lost)
    result = judge(stated)
    result.numbers["BibTeX entries that were not read"] = str(len(lost))
    result.errors += [Error("BibTeX entry not read", record, "the `bibtex` of this record") for record in lost]
    return result


def judge(stated: Sequence[Statement]) -> Result:
    """Score the pairs of one pool of statements, with identifiers hidden and visible."""
    result = Result("papers")
    pool = Pool(list(stated), [_mention(number, statement) for number, statement in enumerate(stated)])
    same = _same_pairs(pool)
    joined = _joined_pairs(mention._replace(identifiers=frozenset()) for mention in pool.mentions)
    total = result.score(TOTAL)
    unjudged = 0
    for pair in sorted(joined | same):
        score = Score()
        if pair in same:
            score = Score(found=1) if pair in joined else Score(missed=1)
        elif _are_contradictory(pool, pair):
            score = Score(extra=1)
        else:
            unjudged += 1
            result.errors.append(_error("joined without a judge", pool, pair))
        whose = TOTAL if _are_of_two_sources(pool, pair) else WITHIN
        for group in (whose, _kind(pool, pair)):
            result.score(group).add(score)
        if score.missed or score.extra:
            kind = "not joined" if score.missed else "joined, identifiers differ"
            is_signed = all(pool.mentions[number].authors for number in pair)
            result.errors.append(_error(f"{kind}, {whose}{'' if is_signed else ', without authors'}", pool, pair))
    shared = {pair for pair in same if _share_identifier(pool, pair)}
    result.shares["joined of those that share an identifier, which is hidden"] = Share(
        len(shared & joined), len(shared)
    )
    shown = _joined_pairs(pool.mentions)
    result.shares["joined when identifiers are shown"] = Share(len(same & shown), len(same))
    apart = {pair for pair in joined - same if _are_contradictory(pool, pair)}
    result.shares["contradictory pairs kept apart when identifiers are shown"] = Share(len(apart - shown), len(apart))
    result.numbers["joined pairs without a judge"] = str(unjudged)
    result.scores = {group: score for group, score in result.scores.items() if score != Score()}
    result.goals = [Goal("precision", total.precision.value, 0.999), Goal("recall", total.recall.value, 0.995)]
    return result


def _mention(number: int, statement: Statement) -> Mention:
    record = statement.facts.record
    key, identifiers = statement.facts.title_key, frozenset(statement.facts.identifiers)
    return Mention(number, statement.facts.title, key, record.authors, identifiers=identifiers)


def _same_pairs(pool: Pool) -> set[Pair]:
    """Return the pairs from different sources that share an identifier or a record."""
    places: dict[str, list[int]] = {}
    for number, (statement, mention) in enumerate(zip(pool.stated, pool.mentions, strict=True)):
        for name in (*mention.identifiers, f"record {statement.record}"):
            places.setdefault(name, []).append(number)
    return {pair for group in places.values() for pair in _pairs(group) if _are_of_two_sources(pool, pair)}


def _joined_pairs(mentions: Iterable[Mention]) -> set[Pair]:
    """Return the pairs that the rules of the store join into one paper."""
    papers = (paper for component in components(mentions) for paper in cluster(component))
    return {pair for paper in papers for pair in _pairs(mention.id for mention in paper.mentions)}


def _pairs(numbers: Iterable[int]) -> Iterator[Pair]:
    yield from combinations(sorted(set(numbers)), 2)


def _are_of_two_sources(pool: Pool, pair: Pair) -> bool:
    return pool.stated[pair[0]].source != pool.stated[pair[1]].source


def _share_identifier(pool: Pool, pair: Pair) -> bool:
    return not pool.mentions[pair[0]].identifiers.isdisjoint(pool.mentions[pair[1]].identifiers)


def _are_contradictory(pool: Pool, pair: Pair) -> bool:
    """Return whether identifiers say that two statements are different papers."""
    one, other = (pool.mentions[number].identifiers for number in pair)
    return one.isdisjoint(other) and contradict(one, other)


def _kind(pool: Pool, pair: Pair) -> str:
    """Return the sources of a pair, days of one list merged: `papercopilot/a.json + papercopilot/a.json: bibtex`."""
    names = {_family(pool.stated[number].source) for number in pair}
    return " + ".join(sorted(names))


def _family(source: str) -> str:
    folder, _, name = source.partition("/")
    return folder if name[:2].isdigit() and ":" not in name else source


def _error(kind: str, pool: Pool, pair: Pair) -> Error:
    shown = []
    for number in pair:
        statement, mention = pool.stated[number], pool.mentions[number]
        identifiers = ", ".join(sorted(mention.identifiers)) or "no identifier"
        shown.append(f"{mention.title!r} by {', '.join(mention.authors) or 'nobody'} ({identifiers})")
        if statement.source not in statement.record:
            shown[-1] += f" in {statement.source}"
    return Error(kind, pool.stated[pair[0]].record, " / ".join(shown))
