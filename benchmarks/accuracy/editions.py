"""Accuracy of editions: for labelled pages, and for documents whose file name states the edition (`icml2019.json`)."""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.accuracy.measures import Error, Goal, Result, Score
from benchmarks.accuracy.pages import TRUTH, LabelledPage, labelled_pages
from benchmarks.accuracy.sources import SHARED, Source, sources
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.text.editions import EditionFact, venue_slug

FOLDERS = (SHARED / "corpus",)
LABELLED = "sessions of labelled pages"
NAMED = "papers and sessions of documents named after an edition"
_NAME = re.compile(r"(?<![a-z])([a-z]+)((?:19|20)\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)\.([a-z]+)\b")


def editions(truth: Iterable[Path] = (TRUTH,), folders: Iterable[Path] = FOLDERS) -> Result:
    """Judge the editions of labelled pages by their labels, and those of other documents by their file names."""
    result = Result("editions")
    for path in truth:
        for page in labelled_pages(path):
            judge_page(result, page)
    score = result.score(LABELLED)
    result.goals += [Goal("precision", score.precision.value, 0.999), Goal("recall", score.recall.value, 0.995)]
    for source in sources(folders):
        judge_named(result, source)
    return result


def judge_page(result: Result, page: LabelledPage) -> None:
    """Score the editions of the sessions on one labelled page."""
    if "venue" in page.labels:
        stated = f"{page.labels['venue']}-{page.labels['year']}"
        for session in page.facts.sessions:
            _judge(result, LABELLED, stated, session.edition, f"{page.name}: {session.title}")


def judge_named(result: Result, source: Source) -> None:
    """Score the editions in one document if its name states which one it should be."""
    stated = edition_of_name(source.name)
    if stated is None:
        return
    for title, edition in _stated(source.facts):
        for group in (NAMED, source.name):
            _judge(result, group, stated, edition, f"{source.name}: {title}")


def _stated(facts: DocumentFacts) -> Iterable[tuple[str, EditionFact | None]]:
    yield from ((session.title, session.edition) for session in facts.sessions)
    yield from ((paper.title, paper.edition) for paper in facts.papers)


def _judge(result: Result, group: str, stated: str, edition: EditionFact | None, place: str) -> None:
    found = edition.slug if edition else None
    if found == stated:
        score = Score(found=1)
    elif found is None:
        score = Score(missed=1)
    else:
        score = Score(extra=1, missed=1)
    result.score(group).add(score)
    if found != stated and ":" in place and group in (LABELLED, NAMED):
        kind = "no edition" if found is None else "another edition"
        result.errors.append(Error(kind, place, f"{stated} is stated, {found or 'none'} was read"))


def edition_of_name(name: str) -> str | None:
    """Return the edition that the name of a document states, or None.

    >>> edition_of_name("papercopilot/nips2018.json"), edition_of_name("anthology/2022.acl.xml")
    ('neurips-2018', 'acl-2022')
    >>> edition_of_name("days/2024-12-02.json"), edition_of_name("icml2022_day_7_18.txt")
    (None, 'icml-2022')
    """
    found = _NAME.search(name.rsplit("/", 1)[-1])
    if found is None:
        return None
    return f"{venue_slug(found[1] or found[4])}-{found[2] or found[3]}"
