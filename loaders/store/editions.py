"""The edition of each record of a document: stated there, given by the curator, inferred from days or a file's name."""

from collections.abc import Iterable, Sequence

from programme.loaders.records import (
    EditionRecord,
    Hints,
    Moments,
    PaperRecord,
    PrintedTime,
    Problem,
    SessionRecord,
    StatedEdition,
)
from programme.loaders.store.fact_types import EditionFacts
from programme.loaders.text.editions import (
    EditionFact,
    Inference,
    PrintedDay,
    contradiction,
    infer_edition,
    other_days,
    stated_edition,
)
from programme.loaders.text.venues import unknown_venue

Time = PrintedTime | Moments

EditionBasis = tuple[EditionFact | None, str | None]
"""An edition and how it is known: `stated` by the document, `given` by the curator or `inferred`; both may be None."""

OF_UNKNOWN = "names a conference of which no edition is known, so none is taken from the days; give --venue and --year"


class EditionOf:
    """The editions of one document's records.

    What a record states comes first, then what the curator gave, then what the printed days fit, and last what the name
    of the file says, if the days do not contradict it. Where the days of one session fit several editions, those of all
    sessions together decide. `problems` holds each reason once, `candidates` the slugs of editions that fit alike.
    """

    def __init__(self, sessions: Sequence[SessionRecord], hints: Hints) -> None:
        self._hints = hints
        self._of_all: Inference | None = None
        self._given: EditionBasis = (None, None)
        self.problems: list[Problem] = []
        self.candidates: set[str] = set()
        self._reported: set[str] = set()
        times = [time for session in sessions for time in _times(session)]
        if hints.venue is not None and (problem := unknown_venue(hints.venue)):
            self._report(problem)
        if hints.venue is not None and hints.year is not None:
            edition = stated_edition(hints.venue, hints.year)
            self._given = (edition, "given")
            if problem := contradiction(edition, _printed_days(times)[0]):
                self._report(problem)
        elif len(sessions) > 1:
            self._of_all = self._infer(times)
        self._named = self._of_name(times)
        days = {day for time in times if (day := _whole_day(time))}
        self._days = " to ".join(dict.fromkeys((min(days), max(days)))) if days else ""

    @staticmethod
    def stated(edition: StatedEdition) -> EditionBasis:
        """Return the edition that a record names."""
        return stated_edition(edition.venue, edition.year), "stated"

    def session(self, record: SessionRecord) -> EditionBasis:
        """Return the edition of a session; where none is certain, a problem says why, once for the document."""
        if record.edition:
            return self.stated(record.edition)
        if self._given[0]:
            return self._given
        if record.is_of_unknown:
            self._report(OF_UNKNOWN, record.line_start, record.title, record.path)
            return None, None
        if self._of_all and self._of_all.edition:
            return self._inferred(self._of_all.edition)
        inference = self._infer(_times(record))
        if inference.edition:
            return self._inferred(inference.edition)
        if self._named:
            name = self._hints.named.name if self._hints.named else ""
            self._report(f"the edition {self._named.name} is taken from the file's name", text=name)
            return self._named, "inferred"
        self.candidates |= {edition.slug for edition in inference.candidates}
        if inference.problem:
            self._report(inference.problem, record.line_start, record.title, record.path)
        return None, None

    def _inferred(self, edition: EditionFact) -> EditionBasis:
        """Return an edition that the printed days fit; say so where a year is printed or the curator gave a part.

        Pages of virtual sites print no year, and no other conference has those sites.
        """
        venue, year = self._hints.venue, self._hints.year
        if venue is not None or year is not None:
            option = f"--year {year}" if venue is None else f"--venue {venue}"
            self._report(f"with {option} alone, the printed days fit {edition.name}, which is taken")
        elif self._days:
            alone = f"the edition {edition.name} is taken from the days {self._days}"
            self._report(f"{alone}; give --venue and --year where it is another")
        return edition, "inferred"

    def _of_name(self, times: Sequence[Time]) -> EditionFact | None:
        """Return the edition that the name of the file says, unless the curator or the printed days contradict it."""
        named = self._hints.named.edition if self._hints.named else None
        if named is None or self._hints.venue not in (None, named.venue) or self._hints.year not in (None, named.year):
            return None
        edition = stated_edition(named.venue, named.year)
        days, years = _printed_days(times)
        return None if contradiction(edition, days) or years - {edition.year} else edition

    def _report(self, problem: str, line: int | None = None, text: str = "", path: str | None = None) -> None:
        if problem not in self._reported:
            self._reported.add(problem)
            self.problems.append(Problem(line, text, problem, path))

    def paper(self, record: PaperRecord) -> EditionBasis:
        """Return the edition of a paper outside sessions and listings.

        The numbers of papers count within an edition, so for a paper with a number the file's name may say it.
        """
        if record.edition:
            return self.stated(record.edition)
        if self._named and record.site_id and not self._given[0]:
            return self._named, "inferred"
        return self._given

    def entry(self, record: PaperRecord) -> EditionBasis:
        """Return the edition that an entry of a listing states; the day of the listing says nothing about it."""
        return self.stated(record.edition) if record.edition else (None, None)

    def _infer(self, times: Sequence[Time]) -> Inference:
        """Find the edition that all printed days fit; a printed year counts where all times have the same."""
        days, years = _printed_days(times)
        year = self._hints.year or (years.pop() if len(years) == 1 else None)
        return infer_edition(days, self._hints.venue, year)


def stated_editions(records: Iterable[EditionRecord], problems: list[Problem]) -> tuple[EditionFacts, ...]:
    """Return the editions that a list states; where the shipped table has other days, a problem says so."""
    found = []
    for record in records:
        fact = stated_edition(record.edition.venue, record.edition.year)
        found.append(EditionFacts(record, fact))
        if fact.starts_on and fact.ends_on and record.starts_on and record.ends_on:
            problem = other_days(fact, record.starts_on, record.ends_on)
            if problem:
                problems.append(Problem(record.line_start, record.venue_name, problem, record.path))
    return tuple(found)


def _times(session: SessionRecord) -> list[Time]:
    """Return the times of a session's slots, or its own where they have none."""
    return [slot.time for slot in session.slots if slot.time] or ([session.time] if session.time else [])


def _whole_day(time: Time) -> str | None:
    """Return the day of a time as ISO 8601; None where it has no year."""
    if not isinstance(time, PrintedTime):
        return time.day.isoformat()
    return f"{time.year}-{time.month:02}-{time.day:02}" if time.year and time.month and time.day else None


def _printed_days(times: Iterable[Time]) -> tuple[list[PrintedDay], set[int]]:
    """Return the days that times print, and the years."""
    days: list[PrintedDay] = []
    years: set[int] = set()
    for time in times:
        if not isinstance(time, PrintedTime):
            days.append((time.day.weekday(), time.day.day, time.day.month))
            years.add(time.day.year)
        elif time.day and time.month:
            days.append((time.weekday, time.day, time.month))
            years |= {time.year} if time.year else set()
    return days, years
