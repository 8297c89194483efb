"""The edition of each record of a document: stated there, given by the curator, or inferred from the printed days."""

from collections.abc import Iterable, Sequence

from programme.loaders.records import Hints, PaperRecord, PrintedTime, Problem, SessionRecord, SlotRecord, StatedEdition
from programme.loaders.text.editions import EditionFact, Inference, PrintedDay, infer_edition, stated_edition

EditionBasis = tuple[EditionFact | None, str | None]
"""An edition and how it is known: `stated` by the document, `given` by the curator or `inferred`; both may be None."""


class EditionOf:
    """The editions of one document's records.

    What a record states comes first, then what the curator gave, then what the printed days fit. Where the days of one
    session fit several editions, those of all sessions together decide. `problems` holds each reason once.
    """

    def __init__(self, sessions: Sequence[SessionRecord], hints: Hints) -> None:
        self._hints = hints
        self._of_all: Inference | None = None
        self._given: EditionBasis = (None, None)
        if hints.venue is not None and hints.year is not None:
            self._given = (stated_edition(hints.venue, hints.year), "given")
        elif len(sessions) > 1:
            self._of_all = self._infer([slot for session in sessions for slot in session.slots])
        self.problems: list[Problem] = []
        self._reported: set[str] = set()

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
        if self._of_all and self._of_all.edition:
            return self._of_all.edition, "inferred"
        inference = self._infer(record.slots)
        if inference.problem and inference.problem not in self._reported:
            self._reported.add(inference.problem)
            self.problems.append(Problem(record.line_start, record.title, inference.problem, record.path))
        return inference.edition, "inferred" if inference.edition else None

    def paper(self, record: PaperRecord) -> EditionBasis:
        """Return the edition of a paper outside sessions and listings."""
        return self.stated(record.edition) if record.edition else self._given

    def entry(self, record: PaperRecord) -> EditionBasis:
        """Return the edition that an entry of a listing states; the day of the listing says nothing about it."""
        return self.stated(record.edition) if record.edition else (None, None)

    def _infer(self, slots: Iterable[SlotRecord]) -> Inference:
        """Find the edition that all printed days fit; a printed year counts where all slots have the same."""
        days: list[PrintedDay] = []
        years: set[int] = set()
        for slot in slots:
            time = slot.time
            if time is None:
                continue
            if not isinstance(time, PrintedTime):
                days.append((time.day.weekday(), time.day.day, time.day.month))
                years.add(time.day.year)
            elif time.day and time.month:
                days.append((time.weekday, time.day, time.month))
                years |= {time.year} if time.year else set()
        year = self._hints.year or (years.pop() if len(years) == 1 else None)
        return infer_edition(days, self._hints.venue, year)
