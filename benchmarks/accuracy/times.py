"""Accuracy of times: instants of labelled slots, and all printed times against the weekdays and dates beside them."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.accuracy.measures import Error, Goal, Result, Share, compared
from benchmarks.accuracy.pages import TRUTH, LabelledPage, labelled_pages
from benchmarks.accuracy.sources import SHARED, Source, sources
from programme.loaders.records import PrintedTime
from programme.loaders.store.fact_types import SessionFacts
from programme.loaders.text.titles import clean_title

FOLDERS = (SHARED / "corpus", SHARED / "seeds")
LABELLED = "labelled instants"
INSTANTS = "printed times with an instant, where a zone is printed and the year is known"
WEEKDAYS = "instants on the weekday printed"
DATES = "instants within the dates of the edition"
NO_PAPER = "no paper"


def times(truth: Iterable[Path] = (TRUTH,), folders: Iterable[Path] = FOLDERS) -> Result:
    """Judge starts and ends of labelled slots, and printed times by the weekdays and dates beside them."""
    result = Result("times")
    for path in truth:
        for page in labelled_pages(path):
            judge_page(result, page)
    score = result.score(LABELLED)
    result.goals += [Goal("precision", score.precision.value, 0.999), Goal("recall", score.recall.value, 0.995)]
    judge_printed(result, sources(folders))
    return result


def judge_page(result: Result, page: LabelledPage) -> None:
    """Score the instants on one labelled page: title and kind of each slot with its start or end."""
    stated = {
        (clean_title(slot["paper"]["title"]) if slot.get("paper") else NO_PAPER, slot["kind"], slot[side])
        for slot in page.labels.get("slots", ())
        for side in ("starts_at", "ends_at")
    }
    found = {
        (slot.title if slot.paper else NO_PAPER, slot.record.raw_kind or "", instant)
        for session in page.facts.sessions
        for slot in session.slots
        for instant in (slot.starts_at, slot.ends_at)
        if instant
    }
    result.score(LABELLED).add(compared(frozenset(stated), frozenset(found)))
    for kind, missing in (("instant missed", stated - found), ("instant not stated", found - stated)):
        result.errors += [Error(kind, page.name, " · ".join(parts)) for parts in sorted(missing)]


def judge_printed(result: Result, documents: Iterable[Source]) -> None:
    """Count printed times that became instants, on the printed weekday, and within the dates of their edition."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for source in documents:
        for session in source.facts.sessions:
            for name, is_right, text in _checks(session):
                asked[name] += 1
                right[name] += is_right
                if not is_right:
                    result.errors.append(Error(f"not among: {name}", source.name, text))
    for name in (INSTANTS, WEEKDAYS, DATES):
        result.shares[name] = Share(right[name], asked[name])


def _checks(session: SessionFacts) -> Iterable[tuple[str, bool, str]]:
    """Yield each check of a printed time in a session: its name, whether it holds, and the slot."""
    for slot in session.slots:
        time, edition = slot.record.time, session.edition
        if not isinstance(time, PrintedTime):
            continue
        text = f"{slot.title}: {slot.record.raw_time or time} is {slot.starts_at}"
        if time.zone and (time.year or edition):
            yield INSTANTS, slot.starts_at is not None, text
        if slot.starts_at is None or time.zone is None:
            continue
        day = datetime.fromisoformat(slot.starts_at).astimezone(ZoneInfo(time.zone)).date()
        if time.weekday is not None:
            yield WEEKDAYS, day.weekday() == time.weekday, text
        if edition and edition.starts_on and edition.ends_on:
            slack = timedelta(days=1)
            yield DATES, edition.starts_on - slack <= day <= edition.ends_on + slack, f"{text}, {edition.name}"
