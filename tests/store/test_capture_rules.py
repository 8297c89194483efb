"""The pure rules of captures: what succeeds what, and which days a document stands for."""

from datetime import date

import pytest

from programme.loaders.formats.reading import Parsed
from programme.loaders.records import ListingRecord
from programme.loaders.store.captures import part, scope_of, scopes_of, succession, within
from programme.loaders.store.fact_types import DocumentFacts, ListingFacts
from programme.loaders.store.rows import CaptureRow


def capture(document: int, day: int) -> CaptureRow:
    """The capture of a document on a day; the id of the capture is ten times that of the document, and the day."""
    return CaptureRow(10 * document + day, 1, document, f"2021-07-{day:02}", "given", None, None, False, None)


def lines(captures: list[CaptureRow], related: set[tuple[int, int]]) -> list[tuple[int, int | None, bool]]:
    """Return each capture with the one it replaces and whether it is current; digests order as documents do."""
    digests = {one.document_id: f"{one.document_id:02}" for one in captures}
    found = succession(captures, digests, lambda before, after: (before, after) in related)
    return [(one.id, one.replaces_id, one.is_current) for one in found]


def test_captures_of_one_instant_are_ordered_by_digest() -> None:
    assert lines([capture(2, 1), capture(1, 1)], {(1, 2)}) == [(11, None, False), (21, 11, True)]


def test_the_same_document_again_needs_nothing_in_common() -> None:
    assert lines([capture(1, 1), capture(1, 2)], set()) == [(11, None, False), (12, 11, True)]


def test_only_the_latest_eight_lines_are_compared() -> None:
    others = [capture(number, number) for number in range(1, 9)]
    later = capture(10, 10)
    assert lines([*others, later], {(1, 10)})[-1] == (110, 11, True)
    assert lines([*others, capture(9, 9), later], {(1, 10)})[-1] == (110, None, True)


def listing(**day: object) -> ListingFacts:
    return ListingFacts(ListingRecord("Daily", "site", 1, 1, **day), "key", [])  # type: ignore[arg-type]


ELEVENTH, NINTH = listing(month=8, day=11), listing(listed_on=date(2025, 3, 9), month=3, day=9)
UNDATED = [listing(), listing(month=8), listing(day=11)]


def facts(*listings: ListingFacts, is_window: bool = True) -> DocumentFacts:
    parsed = Parsed("daily", (), (), 1, 1, 1, is_window=is_window)
    return DocumentFacts(parsed, [], list(listings), [], [], [])


def test_the_scope_of_a_listing_is_its_day_as_far_as_it_is_known() -> None:
    assert [scope_of(one) for one in (ELEVENTH, NINTH, *UNDATED)] == ["--08-11", "2025-03-09", "", "", ""]


def test_a_document_stands_for_the_days_that_its_window_shows() -> None:
    assert scopes_of(facts(NINTH, ELEVENTH, ELEVENTH)) == ["--08-11", "2025-03-09"]
    assert scopes_of(facts()) == [""]
    assert scopes_of(facts(ELEVENTH, is_window=False)) == [""]


@pytest.mark.parametrize(("scope", "expected"), [("", "*"), ("kept:ab12", "*"), ("--08-11", "--08-11")])
def test_a_scope_stands_for_a_day_or_for_the_whole_document(scope: str, expected: str) -> None:
    assert part(scope) == expected


def test_the_facts_of_some_days() -> None:
    both = facts(ELEVENTH, NINTH)
    assert within(both, frozenset({"--08-11"})).listings == [ELEVENTH]
    assert within(both, frozenset({"--08-11", "*"})) == both
