"""Which sessions, papers and slots of two captures are the same: each of the later one has its place in the earlier.

`test_changes.py` says what follows from it.
"""

import pytest

from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store import matching
from programme.loaders.store.contents import Contents
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.matching import Match, match
from tests.pages import Talk, session_page
from tests.store.test_changes import at, facts, listing, papers

Places = list[int | None]
UNDATED = "Sun 3 Jan"
"""A day without a year and without an edition, so that no instant is known."""


def block(title: str, hour: int, *names: str, day: str = "Tue 20 July") -> bytes:
    """Return a session with a talk of five minutes for each name, or with questions for `Q&A`."""
    times = [at(f"{hour}:{number}0", f"{hour}:{number}5", day) for number in range(len(names))]
    return session_page(
        title,
        [
            Talk(name, time=time, kind="Q&A") if name == "Q&A" else Talk(name, f"Ada {name}", time=time)
            for name, time in zip(names, times, strict=True)
        ],
    )


def page(*blocks: bytes, hints: Hints = NO_HINTS) -> DocumentFacts:
    return facts(b"\n\n".join(blocks), hints)


def matched(before: DocumentFacts, after: DocumentFacts) -> Match:
    return match(Contents(before), Contents(after))


def sessions(before: list[bytes], after: list[bytes]) -> Places:
    return matched(page(*before), page(*after)).sessions.before_of


def test_title_and_start_come_before_talks() -> None:
    before = [block("Gardens", 7, "Rakes"), block("Gardens", 9, "Hoes")]
    assert sessions(before, [block("Gardens", 7, "Hoes"), block("Gardens", 9, "Rakes")]) == [0, 1]


def test_one_that_stays_leaves_the_others_to_be_matched() -> None:
    before = [block("Gardens", 7, "Rakes"), block("Parks", 9, "Hoes")]
    assert sessions(before, [block("Gardens", 7, "Rakes"), block("Lawns", 9, "Hoes")]) == [0, 1]


def test_of_one_title_those_that_share_a_talk_are_the_same() -> None:
    before = [block("Gardens", 7, "Rakes", "Carts", "Sheds"), block("Gardens", 9, "Hoes", "Ponds", "Walls")]
    after = [block("Gardens", 10, "Hoes", "Bees", "Ants"), block("Gardens", 11, "Rakes", "Owls", "Mice")]
    assert sessions(before, after) == [1, 0]


def test_of_those_that_share_as_much_the_nearest_is_the_same() -> None:
    before = [block("Gardens", 7, "Rakes", "Q&A")]
    late, early = block("Gardens", 12, "Hoes", "Q&A"), block("Gardens", 8, "Carts", "Q&A")
    undated = block("Gardens", 7, "Hoes", "Q&A", day=UNDATED)
    assert sessions(before, [late, early]) == [None, 0]
    assert sessions(before, [undated, early]) == [None, 0]
    assert sessions([undated, early], before) == [1]


def test_the_only_ones_of_a_title_are_the_same() -> None:
    assert sessions([block("Gardens", 7, "Rakes")], [block("Gardens", 8, "Hoes")]) == [0]


def test_of_a_session_that_is_split_the_part_with_most_talks_is_the_same() -> None:
    whole, most, rest = (
        block("Gardens", hour, *names)
        for hour, names in ((7, ("Rakes", "Hoes", "Carts")), (8, ("Rakes", "Hoes")), (9, ("Carts",)))
    )
    assert sessions([whole], [rest, most]) == [None, 0]
    assert sessions([rest, most], [whole]) == [1]


def test_many_of_one_title_are_compared_in_order_of_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MAX_COMPARISONS", 5)
    early, late = block("Gardens", 7, "Rakes", "Carts", "Sheds"), block("Gardens", 9, "Hoes", "Ponds", "Walls")
    first, second = block("Gardens", 10, "Rakes", "Owls", "Mice"), block("Gardens", 11, "Hoes", "Bees", "Ants")
    third, undated = block("Gardens", 12, "Seeds"), block("Gardens", 9, "Hoes", "Ponds", "Walls", day=UNDATED)
    assert sessions([early, late], [second, first, third]) == [1, 0, None]
    assert sessions([late, early], [first, second, third]) == [1, 0, None]
    assert sessions([early, late], [block("Gardens", 9, "Rakes", "Owls", "Mice", day=UNDATED), second, third]) == [
        0,
        1,
        None,
    ]
    assert sessions([early, undated], [first, second, third]) == [None, None, None]
    assert sessions([early, late], [first, second]) == [0, 1]
    crossed = [block("Gardens", 10, "Hoes", "Bees", "Ants"), block("Gardens", 11, "Rakes", "Owls", "Mice")]
    assert sessions([early, late], crossed) == [1, 0]
    assert sessions([early, late], [*crossed, third]) == [None, None, None]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("Rakes", "Hoes", "Carts"), ("Rakes", "Hoes", "Bees"), [0]),
        (("Rakes", "Hoes"), ("Rakes", "Bees"), [None]),
        (("Rakes", "Hoes"), ("Rakes", "Hoes", "Bees", "Ants", "Owls"), [None]),
        (("Rakes", "Hoes", "Bees", "Ants", "Owls"), ("Rakes", "Hoes"), [None]),
        (("Q&A",), ("Q&A",), [None]),
    ],
)
def test_under_another_title_more_than_half_must_be_the_same(
    before: tuple[str, ...], after: tuple[str, ...], expected: Places
) -> None:
    assert sessions([block("Gardens", 7, *before)], [block("Parks", 9, *after)]) == expected


def test_sessions_of_two_editions_are_different() -> None:
    for title in ("Gardens", "Parks"):
        before = page(block("Gardens", 7, "Rakes"), hints=Hints("icml", 2021))
        after = page(block(title, 7, "Rakes"), hints=Hints("neurips", 2021))
        assert matched(before, after).sessions.before_of == [None]


def test_a_session_whose_edition_is_no_longer_known_is_the_same() -> None:
    gardens = block("Gardens", 9, "Rakes", day=UNDATED)
    assert matched(page(gardens, hints=Hints("mlsys", 2021)), page(gardens)).sessions.before_of == [0]


def test_papers_of_one_title_are_the_same_unless_identifiers_and_authors_differ() -> None:
    one, other = {"author": "Cy Lund"}, {"author": "Dee Moss"}
    assert matched(papers(one), papers(other)).papers.before_of == [0]
    one, other = one | {"arxiv": "2101.00001"}, other | {"arxiv": "2101.00002"}
    assert matched(papers(one), papers(other)).papers.before_of == [None]


def test_an_identifier_stands_for_one_paper() -> None:
    one, other = {"title": "On Mulch", "author": "Ada Quill;Cy Lund"}, {"title": "On Hay", "author": "Bo Renn;Dee Moss"}
    identified = {"arxiv": "2101.00001"}
    assert matched(papers(identified), papers(one | identified, other | identified)).papers.before_of == [0, None]


@pytest.mark.parametrize("field", ["arxiv", "openreview"])
def test_any_of_several_identifiers_is_enough(field: str) -> None:
    identifiers = {"arxiv": "2101.00001", "openreview": "https://openreview.net/forum?id=abcdefghij"}
    after = papers({"title": "On Mulch"} | identifiers)
    assert matched(papers({field: identifiers[field]}), after).papers.before_of == [0]


def talks(*titles: str, byline: str = "Ada Quill", day: str = "Tue 20 July") -> DocumentFacts:
    """Return a session whose talks are at the same time."""
    return page(session_page("Gardens", [Talk(title, byline, time=at("7:00", "7:20", day)) for title in titles]))


def test_a_paper_in_the_place_of_another_with_its_authors_is_the_same() -> None:
    for kept_first in (True, False):
        before, after = ("Rakes", "Hoes"), ("Rakes", "Spades")
        found = matched(*(talks(*(titles if kept_first else titles[::-1])) for titles in (before, after)))
        assert found.papers.before_of == found.slots.before_of == [0, 1]


def test_a_place_without_time_or_authors_says_nothing() -> None:
    for fields in ({"byline": ""}, {"day": UNDATED}):
        found = matched(talks("Rakes", **fields), talks("Spades", **fields))
        assert found.papers.before_of == found.slots.before_of == [None]


def test_a_break_of_another_title_is_the_same_where_its_time_is_known() -> None:
    for day, expected in (("Tue 20 July", [0, 1]), (UNDATED, [0, None])):
        before, after = (
            page(
                session_page(
                    "Gardens",
                    [
                        Talk("Rakes", time=at("7:00", "7:20", day)),
                        Talk(title, time=at("8:00", "8:20", day), kind="Break"),
                    ],
                )
            )
            for title in ("To be announced", "Lunch")
        )
        assert matched(before, after).slots.before_of == expected


def test_a_paper_with_two_slots_keeps_each_at_its_time() -> None:
    early, late = (Talk("Rakes", "Ada Quill", time=at(f"{hour}:00", f"{hour}:20")) for hour in (7, 9))
    before, after = (page(session_page("Gardens", pair)) for pair in ((early, late), (late, early)))
    assert matched(before, after).slots.before_of == [1, 0]


def test_a_paper_with_slots_in_two_sessions_keeps_each_at_its_time() -> None:
    before = page(block("Gardens", 7, "Rakes", "Carts", "Sheds"), block("Parks", 9, "Rakes", "Ponds", "Walls"))
    after = page(block("Lawns", 9, "Rakes", "Bees", "Ants"), block("Woods", 7, "Rakes", "Owls", "Mice"))
    assert matched(before, after).slots.before_of == [3, None, None, 0, None, None]


def test_a_talk_is_found_in_another_session_at_another_time() -> None:
    before, after = (
        page(block("Gardens", 7, "Rakes", "Carts", "Sheds")),
        page(block("Woods", 9, "Owls", "Rakes", "Mice")),
    )
    assert matched(before, after).slots.before_of == [None, 0, None]


def test_a_listing_of_one_day_is_the_same_whatever_its_entries() -> None:
    one, other = listing(("Rakes", "")), listing(("Hoes", ""))
    assert matched(one, other).listings.before_of == [0]


def test_a_paper_twice_in_a_session_keeps_the_kind_of_each_slot() -> None:
    def both(*slots: tuple[str, int]) -> DocumentFacts:
        stated = [Talk("Rakes", "Ada Quill", time=at(f"{hour}:00", f"{hour}:20"), kind=kind) for kind, hour in slots]
        return page(session_page("Gardens", stated))

    found = matched(both(("Oral", 7), ("Poster", 8)), both(("Poster", 9), ("Oral", 10)))
    assert found.slots.before_of == [1, 0]


def test_a_break_and_a_paper_of_one_title_are_different() -> None:
    before, after = (
        page(session_page("Gardens", [Talk("Rakes", byline, time=at("7:00", "7:20"), kind=kind)]))
        for byline, kind in (("", "Break"), ("Ada Quill", "Other"))
    )
    assert [len(contents.papers) for contents in (Contents(before), Contents(after))] == [0, 1]
    assert matched(before, after).slots.before_of == [None]
