"""What changed between two captures: each rule of matching and each field, with the changes written out by hand."""

import json
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.loaders.documents import Document
from programme.loaders.formats import read
from programme.loaders.records import NO_HINTS, Hints
from programme.loaders.store.change_summary import summary
from programme.loaders.store.changes import Change, compare, related
from programme.loaders.store.fact_types import DocumentFacts
from programme.loaders.store.facts import document_facts
from programme.loaders.store.keys import session_key, title_key
from tests.pages import Talk, daily_page, session_page

ABSTRACT = "Raking is as old as leaves, and much has been written about it since the first autumn of all of them."
OTHER = "Raking is as old as leaves, and nothing at all has been written about it since the first autumn of them."
CODE = "https://github.com/quill/rake"


def at(start: str, end: str, day: str = "Tue 20 July") -> str:
    return f"{day} {start} - {end} PDT"


RAKES = Talk("Careful Rakes", "Ada Quill · Bo Renn", ABSTRACT, at("7:00", "7:20"))
LEAVES = Talk("Old Leaves", "Cy Lund", time=at("7:20", "7:40"))
QUESTIONS = Talk("Q&A", time=at("7:40", "7:50"), kind="Q&A")
TALKS = (RAKES, LEAVES, QUESTIONS)


def facts(content: bytes, hints: Hints = NO_HINTS) -> DocumentFacts:
    return document_facts(read(Document.of("test:page", content), hints=hints), hints)


def session(*talks: Talk, title: str = "Gardens", **fields: str) -> DocumentFacts:
    return facts(session_page(title, talks, **fields))


def sessions(**talks: list[Talk]) -> DocumentFacts:
    return facts(b"\n\n".join(session_page(title, listed) for title, listed in talks.items()))


def listing(*entries: tuple[str, str], day: str = "Aug 11") -> DocumentFacts:
    return facts(daily_page(day, entries))


def papers(*records: dict[str, Any]) -> DocumentFacts:
    base = {"title": "Careful Rakes", "author": "Ada Quill;Bo Renn", "status": "Oral", "track": "main", "site": ""}
    return facts(json.dumps([base | record for record in records]).encode())


def rows(before: DocumentFacts, after: DocumentFacts) -> list[tuple[str | None, ...]]:
    """Return subject, title, change or field, before and after of each change."""
    return [(c.subject, c.title, c.field or c.change, c.before, c.after) for c in compare(before, after)]


def moved(subject: str, title: str, start: str, end: str) -> list[tuple[str, ...]]:
    """Return the changes of something that moves; times are given as `14:00 15:00`, on the day of TALKS."""
    return [
        (subject, title, field, *(f"2021-07-20T{clock}:00Z" for clock in clocks.split()))
        for field, clocks in (("starts_at", start), ("ends_at", end))
    ]


def test_a_talk_at_another_time() -> None:
    after = session(RAKES, QUESTIONS, replace(LEAVES, time=at("8:00", "8:20")))
    assert rows(session(*TALKS), after) == [
        ("session", "Gardens", "ends_at", "2021-07-20T14:50:00Z", "2021-07-20T15:20:00Z"),
        *moved("slot", "Old Leaves", "14:20 15:00", "14:40 15:20"),
    ]


def test_a_session_at_another_time_has_another_key() -> None:
    later = [replace(RAKES, time=at("8:00", "8:20")), replace(LEAVES, time=at("8:20", "8:40"))]
    changes = compare(session(RAKES, LEAVES), session(*later))
    assert [(c.subject, c.field) for c in changes] == [
        (subject, field) for subject in ("session", "slot", "slot") for field in ("starts_at", "ends_at")
    ]
    former, key = (session_key("icml-2021", "gardens", f"2021-07-20T{hour}:00:00Z") for hour in (14, 15))
    assert {(c.subject, c.session_key, c.former_key) for c in changes} == {
        ("session", key, former),
        ("slot", key, None),
    }


def test_room_moderators_and_spelling_of_a_session() -> None:
    after = session(*TALKS, title="GARDENS", room="Hall F", moderator="Dee Moss")
    assert rows(session(*TALKS), after) == [
        ("session", "GARDENS", "title", "Gardens", "GARDENS"),
        ("session", "GARDENS", "room", None, "Hall F"),
        ("session", "GARDENS", "moderators", None, "Dee Moss"),
    ]


def test_a_session_with_another_title_and_the_same_papers() -> None:
    changes = compare(session(*TALKS), session(*TALKS, title="Gardens and Parks"))
    assert [(c.subject, c.field, c.before, c.after) for c in changes] == [
        ("session", "title", "Gardens", "Gardens and Parks")
    ]
    assert changes[0].former_key == session_key("icml-2021", "gardens", "2021-07-20T14:00:00Z")


def test_a_session_whose_edition_becomes_known() -> None:
    page = session_page("Gardens", [replace(RAKES, time=at("9:00", "9:30", "Sun 3 Jan"))])
    changes = rows(facts(page), facts(page, Hints("mlsys", 2021)))
    assert [row[:3] for row in changes] == [
        ("session", "Gardens", "starts_at"),
        ("session", "Gardens", "ends_at"),
        ("session", "Gardens", "edition"),
        ("slot", "Careful Rakes", "starts_at"),
        ("slot", "Careful Rakes", "ends_at"),
    ]
    assert changes[2][3:] == (None, "mlsys-2021")


def test_a_talk_of_an_unknown_edition_moves_as_printed() -> None:
    before, after = (
        session(replace(RAKES, time=at(*clock, "Sun 3 Jan"))) for clock in (("9:00", "9:30"), ("9:10", "9:30"))
    )
    assert rows(before, after)[1:] == [
        ("slot", "Careful Rakes", "raw_time", "Sun 3 Jan 9:00 - 9:30 PDT", "Sun 3 Jan 9:10 - 9:30 PDT")
    ]
    (key, _) = compare(before, after)
    assert (key.subject, key.field, key.before) == ("session", "key", key.former_key)


def test_sessions_of_one_title_are_matched_by_their_papers() -> None:
    """Both move, and each is now nearer to where the other was."""
    first, second = (
        session_page("Gardens", [RAKES]),
        session_page("Gardens", [replace(LEAVES, time=at("9:00", "9:20"))]),
    )
    late, early = (
        session_page("Gardens", [replace(RAKES, time=at("9:10", "9:30"))]),
        session_page("Gardens", [replace(LEAVES, time=at("7:10", "7:30"))]),
    )
    assert rows(facts(first + b"\n\n" + second), facts(early + b"\n\n" + late)) == [
        *moved("session", "Gardens", "16:00 14:10", "16:20 14:30"),
        *moved("session", "Gardens", "14:00 16:10", "14:20 16:30"),
        *moved("slot", "Old Leaves", "16:00 14:10", "16:20 14:30"),
        *moved("slot", "Careful Rakes", "14:00 16:10", "14:20 16:30"),
    ]


def test_sessions_of_one_title_that_share_nothing_are_different() -> None:
    hoes, carts = Talk("Hoes", "Dee Moss", time=at("9:00", "9:20")), Talk("Carts", "Eve Hart", time=at("9:30", "9:50"))
    before = facts(session_page("Gardens", [RAKES]) + b"\n\n" + session_page("Gardens", [LEAVES]))
    after = facts(session_page("Gardens", [hoes]) + b"\n\n" + session_page("Gardens", [carts]))
    assert [(c.subject, c.change) for c in compare(before, after)] == [
        (subject, change)
        for subject in ("session", "slot", "paper")
        for change in ("added", "added", "removed", "removed")
    ]


def test_a_talk_in_another_session() -> None:
    walks = Talk("Walks", time=at("7:00", "7:20"), kind="Invited Talk")
    before, after = sessions(Gardens=[RAKES, LEAVES], Parks=[walks]), sessions(Gardens=[RAKES], Parks=[walks, LEAVES])
    assert [row for row in rows(before, after) if row[0] != "session"] == [
        ("slot", "Old Leaves", "session", "Gardens", "Parks")
    ]


def test_questions_move_to_another_session_only_where_there_are_no_others() -> None:
    lone = rows(
        sessions(Gardens=[RAKES, QUESTIONS], Parks=[LEAVES]), sessions(Gardens=[RAKES], Parks=[LEAVES, QUESTIONS])
    )
    assert ("slot", "Q&A", "session", "Gardens", "Parks") in lone
    later = replace(QUESTIONS, time=at("9:00", "9:10"))
    several = rows(
        sessions(Gardens=[RAKES, QUESTIONS], Parks=[LEAVES]),
        sessions(Gardens=[RAKES], Parks=[LEAVES, QUESTIONS, later]),
    )
    assert [row[:3] for row in several if row[0] == "slot"] == [
        ("slot", "Q&A", "added"),
        ("slot", "Q&A", "added"),
        ("slot", "Q&A", "removed"),
    ]


def test_of_several_alike_the_one_at_another_time_moves() -> None:
    breaks = [replace(QUESTIONS, time=at(f"8:{minute}0", f"8:{minute}5")) for minute in range(4)]
    assert rows(session(RAKES, *breaks[:3]), session(RAKES, breaks[0], *breaks[2:])) == [
        ("session", "Gardens", "ends_at", "2021-07-20T15:25:00Z", "2021-07-20T15:35:00Z"),
        *moved("slot", "Q&A", "15:10 15:30", "15:15 15:35"),
    ]


def test_what_is_added_or_removed_says_when_and_where() -> None:
    before, after = sessions(Gardens=[RAKES]), facts(session_page("Parks", [LEAVES], room="Hall F"))
    times = '"starts_at": "2021-07-20T14:%s:00Z", "ends_at": "2021-07-20T14:%s:00Z"'
    parks = '{"kind": "%s", ' + times % (20, 40) + ', "room": "Hall F"}'
    gardens = '{"kind": "%s", ' + times % ("00", 20) + "}"
    assert [row for row in rows(before, after) if row[0] != "paper"] == [
        ("session", "Parks", "added", None, parks % "other"),
        ("session", "Gardens", "removed", gardens % "other", None),
        ("slot", "Old Leaves", "added", None, parks % "oral"),
        ("slot", "Careful Rakes", "removed", gardens % "oral", None),
    ]


def test_a_poster_becomes_an_oral() -> None:
    assert rows(session(replace(RAKES, kind="Poster")), session(RAKES)) == [
        ("slot", "Careful Rakes", "kind", "poster", "oral")
    ]


def test_a_talk_with_another_title_in_its_place() -> None:
    changes = compare(session(*TALKS), session(replace(RAKES, title="Careless Rakes"), *TALKS[1:]))
    assert [(c.subject, c.field, c.before, c.after) for c in changes] == [
        ("slot", "title", "Careful Rakes", "Careless Rakes"),
        ("paper", "title", "Careful Rakes", "Careless Rakes"),
    ]
    assert changes[1].title_key == title_key("carelessrakes")
    assert changes[1].former_key == title_key("carefulrakes")


@pytest.mark.parametrize("other", [{"byline": "Eve Hart"}, {"time": at("7:05", "7:20")}])
def test_another_title_with_other_authors_or_at_another_time_is_another_talk(other: dict[str, str]) -> None:
    changes = rows(session(*TALKS), session(replace(RAKES, title="Wheelbarrows", **other), *TALKS[1:]))
    assert [row[:3] for row in changes if row[0] != "session"] == [
        ("slot", "Wheelbarrows", "added"),
        ("slot", "Careful Rakes", "removed"),
        ("paper", "Wheelbarrows", "added"),
        ("paper", "Careful Rakes", "removed"),
    ]


def test_a_keynote_gets_its_title() -> None:
    keynote = Talk("To be announced", time=at("9:00", "10:00"), kind="Break")
    assert rows(session(RAKES, keynote), session(RAKES, replace(keynote, title="Lunch"))) == [
        ("slot", "Lunch", "title", "To be announced", "Lunch")
    ]


def test_authors_and_abstract_of_a_paper() -> None:
    after = session(replace(RAKES, byline="Ada Quill · Bo Renn · Dee Moss", abstract=f"{OTHER} Code: {CODE}"), LEAVES)
    assert rows(session(RAKES, LEAVES), after) == [
        ("paper", "Careful Rakes", "byline", "Ada Quill · Bo Renn", "Ada Quill · Bo Renn · Dee Moss"),
        ("paper", "Careful Rakes", "abstract", ABSTRACT, f"{OTHER} Code: {CODE}"),
        ("paper", "Careful Rakes", "repository", None, CODE),
    ]


def test_a_paper_mentioned_twice_changes_once() -> None:
    poster = replace(RAKES, kind="Poster", time=at("9:00", "9:50"))
    before = sessions(Gardens=[RAKES], Posters=[poster])
    after = sessions(
        Gardens=[replace(RAKES, abstract=OTHER)], Posters=[replace(poster, abstract=OTHER, title="CAREFUL RAKES")]
    )
    assert rows(before, after) == [
        ("slot", "CAREFUL RAKES", "title", "Careful Rakes", "CAREFUL RAKES"),
        ("paper", "Careful Rakes", "abstract", ABSTRACT, OTHER),
    ]


def test_fields_of_a_list_of_papers() -> None:
    before = papers(
        {"github": CODE, "aff": "Hill;Dale", "openreview": "abc"}, {"title": "Old Leaves", "author": "Cy Lund"}
    )
    after = papers(
        {"github": "https://github.com/Quill/Rake", "status": "Poster", "aff": "Hill;Moor", "arxiv": "2101.00001"}
    )
    assert rows(before, after) == [
        (
            "paper",
            "Careful Rakes",
            "affiliations",
            "Ada Quill: Hill · Bo Renn: Dale",
            "Ada Quill: Hill · Bo Renn: Moor",
        ),
        ("paper", "Careful Rakes", "presentation", "Oral", "Poster"),
        ("paper", "Careful Rakes", "identifier", None, "arxiv:2101.00001"),
        ("paper", "Old Leaves", "removed", None, None),
    ]


def test_an_identifier_outlives_a_title() -> None:
    after = papers({"title": "On Mulch", "arxiv": "2101.00001"})
    assert rows(papers({"arxiv": "2101.00001"}), after) == [("paper", "On Mulch", "title", "Careful Rakes", "On Mulch")]


def test_an_identifier_that_another_paper_copied_joins_nothing() -> None:
    after = papers({"title": "On Mulch", "author": "Cy Lund", "arxiv": "2101.00001"})
    assert rows(papers({"arxiv": "2101.00001"}), after) == [
        ("paper", "On Mulch", "added", None, None),
        ("paper", "Careful Rakes", "removed", None, None),
    ]


def test_an_identifier_is_corrected() -> None:
    assert rows(papers({"arxiv": "2101.00001"}), papers({"arxiv": "2101.00002"})) == [
        ("paper", "Careful Rakes", "identifier", "arxiv:2101.00001", "arxiv:2101.00002")
    ]


def test_papers_of_one_title_are_matched_by_their_authors() -> None:
    one, other = {"author": "Cy Lund", "abstract": ABSTRACT}, {"author": "Dee Moss", "abstract": ABSTRACT}
    assert rows(papers(one, other), papers(other | {"abstract": OTHER}, one)) == [
        ("paper", "Careful Rakes", "abstract", ABSTRACT, OTHER)
    ]


def test_entries_of_a_listing() -> None:
    before = listing(("12\n\nCareful Rakes", ABSTRACT), ("3\n\nOld Leaves", OTHER))
    after = listing(("15\n\nCareful Rakes", ABSTRACT), ("On Mulch", OTHER))
    changes = compare(before, after)
    assert [(c.subject, c.title, c.field or c.change, c.before, c.after) for c in changes] == [
        ("paper", "On Mulch", "added", None, None),
        ("paper", "Old Leaves", "removed", None, None),
        ("entry", "Careful Rakes", "upvotes", "12", "15"),
        ("entry", "On Mulch", "added", None, None),
        ("entry", "Old Leaves", "removed", None, None),
    ]
    keys = (before.listings[0].key, after.listings[0].key)
    assert [c.listing_key for c in changes[2:]] == [keys[1], keys[1], keys[0]]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (session(RAKES), session(replace(RAKES, time=at("9:00", "9:20"))), True),
        (session(RAKES), session(LEAVES), True),  # another talk at a session of this title
        (session(RAKES), session(LEAVES, title="Parks"), False),
        (session(RAKES), listing(("Careful Rakes", ABSTRACT)), True),
        (listing(("Careful Rakes", ABSTRACT)), listing(("Old Leaves", OTHER)), True),  # the same day
        (listing(("Careful Rakes", ABSTRACT)), listing(("Old Leaves", OTHER), day="Aug 12"), False),
        (papers({"arxiv": "2101.00001"}), papers({"title": "On Mulch", "arxiv": "2101.00001"}), True),
        (papers({}), papers({"title": "On Mulch"}), False),
    ],
)
def test_related_documents(one: DocumentFacts, other: DocumentFacts, expected: bool) -> None:
    assert related(one, other) is related(other, one) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (session(*TALKS), session(*TALKS), "3 slots kept, nothing changed"),
        (
            session(*TALKS),
            session(RAKES, replace(QUESTIONS, time=at("8:00", "8:10")), Talk("Mulch", "Eve Hart"), room="Hall F"),
            "2 slots kept, 1 moved, 1 room changed, 1 paper added, 1 paper removed",
        ),
        (session(*TALKS), session(*TALKS[:2]), "2 slots kept, 1 slot removed"),
        (
            session(RAKES),
            session(replace(RAKES, title="Mulch", abstract=OTHER)),
            "1 slot kept, 1 title changed, 1 abstract changed",
        ),
        (
            sessions(Gardens=[RAKES]),
            sessions(Gardens=[RAKES], Parks=[LEAVES]),
            "1 slot kept, 1 session added, 1 paper added",
        ),
        (
            listing(("1\n\nOld Leaves", OTHER), ("12\n\nCareful Rakes", ABSTRACT)),
            listing(("15\n\nCareful Rakes", ABSTRACT), ("On Mulch", OTHER)),
            "1 entry kept, 1 added, 1 removed, upvotes of 1 changed",
        ),
        (
            papers({}, {"title": "Old Leaves"}, {"title": "Hoes"}),
            papers({"github": CODE}, {"title": "Hoes", "arxiv": "2101.00001"}, {"title": "Carts"}),
            "2 papers kept, 1 added, 1 removed, 1 identifier added, 1 repository added",
        ),
    ],
)
def test_summary(before: DocumentFacts, after: DocumentFacts, expected: str) -> None:
    assert summary(before, after, compare(before, after)) == expected


talks = st.builds(
    Talk,
    st.sampled_from(("Careful Rakes", "CAREFUL RAKES", "Old Leaves", "Mulch")),
    st.sampled_from(("", "Ada Quill · Bo Renn", "Cy Lund")),
    st.sampled_from(("", ABSTRACT, OTHER)),
    st.sampled_from((at("7:00", "7:20"), at("7:20", "7:40"), at("8:00", "8:20", "Wed 21 July"))),
    st.sampled_from(("Oral", "Poster", "Q&A")),
)
blocks = st.builds(
    session_page, st.sampled_from(("Gardens", "gardens", "Parks")), st.lists(talks, min_size=1, max_size=3)
)
pages = st.lists(blocks, min_size=1, max_size=4).map(b"\n\n".join)


@given(pages)
def test_a_document_does_not_differ_from_itself(page: bytes) -> None:
    assert compare(facts(page), facts(page)) == []


listed = st.lists(talks, min_size=1, max_size=3, unique_by=lambda talk: talk.title.lower())
programmes = st.dictionaries(st.sampled_from(("Gardens", "Parks", "Lawns")), listed, min_size=1)


@given(programmes, programmes)
def test_what_one_direction_adds_the_other_removes(one: dict[str, list[Talk]], other: dict[str, list[Talk]]) -> None:
    there, back = compare(sessions(**one), sessions(**other)), compare(sessions(**other), sessions(**one))
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    assert Counter((c.subject, c.change) for c in there) == Counter((c.subject, opposite[c.change]) for c in back)


@given(st.permutations(range(4)), st.randoms(use_true_random=False))
def test_the_order_of_sessions_makes_no_difference(order: list[int], random: Random) -> None:
    hours = random.sample(range(8, 12), 4)
    before = [session_page(f"Garden {n}", [replace(RAKES, title=f"Rake {n}")]) for n in range(4)]
    after = [
        session_page(f"Garden {n}", [replace(RAKES, title=f"Rake {n}", time=at(f"{hour}:00", f"{hour}:20"))])
        for n, hour in enumerate(hours)
    ]

    def changes(pages: list[bytes]) -> set[Change]:
        return set(compare(facts(b"\n\n".join(before)), facts(b"\n\n".join(pages))))

    assert changes([after[n] for n in order]) == changes(after)
