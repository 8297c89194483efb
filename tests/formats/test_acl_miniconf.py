"""The programme file of an *ACL meeting: events as sessions, papers in their slots, and entries that do not fit."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.records import (
    NO_HINTS,
    Hints,
    Moments,
    PaperRecord,
    PrintedTime,
    SessionRecord,
    StatedEdition,
    StatedLink,
)
from programme.loaders.store.facts import document_facts
from tests.formats.pages import document, sample

EMNLP = StatedEdition("emnlp", 2023)


def event(**fields: Any) -> dict[str, Any]:
    return {
        "session": "Session 2",
        "track": "Calm Robots",
        "type": "Oral",
        "start_time": "2023-12-08T11:00:00+08:00",
        "end_time": "2023-12-08T12:30:00+08:00",
        "room": "East",
        "chairs": [],
        "paper_ids": ["100"],
        **fields,
    }


def paper(title: str = "Moss", **fields: Any) -> dict[str, Any]:
    return {"title": title, "authors": ["Ada Quill"], "event_ids": [], **fields}


def parsed(hints: Hints = NO_HINTS, **parts: Any) -> Parsed:
    return read(document(json.dumps(parts, indent=1)), "acl-miniconf", hints)


def sessions(found: Parsed) -> list[SessionRecord]:
    return [record for record in found.records if isinstance(record, SessionRecord)]


def papers(found: Parsed) -> list[PaperRecord]:
    return [record for record in found.records if isinstance(record, PaperRecord)]


def named(found: Parsed, title: str) -> SessionRecord:
    (session,) = (one for one in sessions(found) if one.title == title)
    return session


def test_an_event_is_a_session_with_a_slot_for_each_paper() -> None:
    talks = named(read(sample("acl_miniconf_conference.json")), "Session 1: Calm Robots (Oral)")
    assert (talks.kind, talks.track, talks.room, talks.edition) == ("oral", "Calm Robots", "East", EMNLP)
    assert talks.moderator_names == ("Oriel Quist",)
    assert [slot.title for slot in talks.slots] == ["Lantern Maps for Slow Robots", "Counting Pebbles by the Sea"]
    slot = talks.slots[0]
    assert (slot.kind, slot.raw_kind, slot.room, slot.position) == ("oral", "Oral", "East", 1)
    assert isinstance(slot.time, Moments)
    assert slot.time[:2] == ("2023-12-08T03:00:00Z", "2023-12-08T04:30:00Z")
    assert slot.paper is not None
    assert slot.paper.authors == ("Ilse Vantongeren", "Bako Adeyinka")
    assert slot.paper.identifiers == (("acl", "2023.emnlp-main.9101"),)
    assert (slot.paper.edition, slot.paper.raw_kind, slot.paper.path) == (EMNLP, "Main-Oral", "papers.101-Oral")
    assert (slot.paper.line_start, slot.paper.links) == (41, ())


def test_papers_of_findings_and_demonstrations() -> None:
    posters = named(read(sample("acl_miniconf_conference.json")), "Session 1: Maps: Paper and Other (Virtual Poster)")
    assert [slot.kind for slot in posters.slots] == ["poster"] * 3
    _, findings, demo = (slot.paper for slot in posters.slots)
    assert findings is not None
    assert demo is not None
    assert (findings.edition, findings.identifiers) == (None, (("acl", "2023.findings-emnlp.9007"),))
    assert demo.links == (
        StatedLink("slides_pdf", "https://mossbank.example/fold.pdf"),
        StatedLink("demo_url", "https://github.com/mossbank/fold-demo", "own"),
    )


def test_a_paper_in_no_event_is_loaded_without_a_slot() -> None:
    (alone,) = papers(read(sample("acl_miniconf_conference.json")))
    assert (alone.title, alone.edition, alone.path) == ("Waiting Rooms of Language", EMNLP, "papers.105")


def test_plenaries_tutorials_workshops_and_socials_are_sessions_with_one_slot() -> None:
    found = read(sample("acl_miniconf_conference.json"))
    keynote = named(found, "Tides of Meaning").slots[0]
    assert keynote.paper is not None
    assert (keynote.kind, keynote.room, keynote.paper.authors) == ("keynote", "Great Hall", ("Rosa Ebb",))
    assert (keynote.paper.affiliations, keynote.paper.abstract) == (("Shore Institute",), "What maps know about tides.")
    assert isinstance(keynote.time, Moments)
    assert keynote.time.starts_at == "2023-12-08T01:30:00Z"
    meeting = named(found, "Business Meeting")
    assert (meeting.kind, meeting.abstract, meeting.moderator_names, meeting.slots[0].paper) == (
        "other",
        None,
        (),
        None,
    )
    tutorial = named(found, "Knitting Grammars")
    assert (tutorial.kind, tutorial.abstract) == ("tutorial", "How to knit a grammar. Bring needles.")
    assert tutorial.moderator_names == ("Ada Quill", "Bo Marsh", "Wei Wu")
    workshop = named(found, "Second Workshop on Woollen Language")
    assert workshop.moderator_names == ("Rosa Ebb", "Lucía Peña Ybarra")
    assert isinstance(workshop.time, Moments)
    assert (workshop.kind, workshop.time.starts_at) == ("workshop", "2023-12-07T01:00:00Z")
    dinner = named(found, "Dinner by the Harbour")
    assert (dinner.kind, dinner.room) == ("social", "Harbour")
    assert named(found, "Coffee Break 1").slots[0].room is None
    assert len(sessions(found)) == 8


def test_a_paper_that_names_an_event_is_in_it() -> None:
    found = parsed(events={"a": event(paper_ids=[])}, papers={"7": paper(event_ids=["a"])})
    assert [slot.title for slot in sessions(found)[0].slots] == ["Moss"]
    assert found.problems == ()


def test_a_workshop_with_papers_keeps_its_name() -> None:
    workshop = event(title="", description="Wool Workshop", type="Workshops", paper_ids=["7"], track="Workshop")
    (found,) = sessions(
        parsed(workshops={"WOOL": {**workshop, "session": None}}, papers={"7": paper(event_ids=["WOOL"])})
    )
    assert (found.title, found.kind) == ("Wool Workshop", "workshop")
    assert [(slot.title, slot.kind) for slot in found.slots] == [("Moss", "workshop")]


def test_ids_that_name_nothing_are_problems() -> None:
    found = parsed(events={"a": event(paper_ids=["7", "8"])}, papers={"7": paper(event_ids=["a", "b"])})
    assert [(problem.path, problem.problem) for problem in found.problems] == [
        ("events.a.paper_ids", "events.a.paper_ids: names '8', which is none of the papers loaded; it has no slot"),
        ("papers.7.event_ids", "papers.7.event_ids: names 'b', which is none of the events loaded; papers: 1"),
    ]
    assert found.coverage == 0.75


def test_a_record_that_does_not_fit_costs_only_itself() -> None:
    found = parsed(
        events={"a": event(paper_ids=["7", "9"])}, papers={"7": paper(authors=7), "8": paper(" "), "9": paper()}
    )
    assert [(problem.problem, problem.is_lost) for problem in found.problems if problem.is_lost][:2] == [
        ("papers.7.authors: expected a list or nothing, got a number", True),
        ("papers.8.title: no title; the paper is left out", True),
    ]
    assert [slot.title for slot in sessions(found)[0].slots] == ["Moss"]


def test_unknown_fields_and_parts_are_named_once() -> None:
    found = parsed(papers={"7": paper(mood="calm"), "8": paper("Fern", mood="grey")}, sponsors={"a": {}}, faq=[])
    assert [problem.problem for problem in found.problems] == [
        "sponsors: a part this format does not know; it is not loaded",
        "papers.7.mood: a field this format does not know, in 2 records; it is not loaded",
    ]


def test_damage_costs_one_entry() -> None:
    text = json.dumps(
        {"papers": {str(n): paper(f"Moss {n}") for n in range(4)}, "events": {"a": event(paper_ids=["3"])}}, indent=1
    )
    found = read(document(text.replace('"Moss 1",', '"Moss 1"')), "acl-miniconf")
    assert [record.title for record in papers(found)] == ["Moss 0", "Moss 2"]
    assert [slot.title for slot in sessions(found)[0].slots] == ["Moss 3"]
    (problem,) = found.problems
    assert (problem.line, problem.text[:9]) == (12, '"authors"')
    assert problem.problem.startswith(
        "papers: not JSON here (Expecting ',' delimiter); the text up to line 17 is left out"
    )


def test_damage_in_a_file_of_one_line_costs_the_rest_of_its_part() -> None:
    text = json.dumps({"papers": {"1": paper("Moss"), "2": paper("Fern")}, "events": {"a": event(paper_ids=["1"])}})
    found = read(document(text.replace('"Fern",', '"Fern"')), "acl-miniconf")
    assert [slot.title for slot in sessions(found)[0].slots] == ["Moss"]
    assert len(found.problems) == 1


def test_a_long_gap_is_not_searched_for() -> None:
    text = '{"papers": {' + "\n" * 200_000 + '"a" x'
    found = read(document(text), "acl-miniconf")
    assert len(found.problems) == 1


def test_a_repeated_key_is_a_problem() -> None:
    text = '{"papers": {"7": {"title": "Moss"}, "7": {"title": "Fern"}}, "events": {}}'
    found = read(document(text), "acl-miniconf")
    assert [record.title for record in papers(found)] == ["Moss"]
    assert [problem.problem for problem in found.problems] == ["papers.7: this key is repeated; the first is loaded"]


def test_times_without_an_offset_get_that_of_all_others() -> None:
    floating = event(start_time="2023-12-08T10:30:00", end_time="2023-12-08T11:00:00", paper_ids=[])
    found = parsed(events={"a": event(paper_ids=[]), "b": floating})
    time = sessions(found)[1].slots[0].time
    assert isinstance(time, Moments)
    assert time[:2] == ("2023-12-08T02:30:00Z", "2023-12-08T03:00:00Z")
    assert [problem.problem for problem in found.problems] == [
        "events.b: a time states no offset from UTC; that of all others, +08:00, is taken (--time-zone names another)"
    ]
    given = sessions(parsed(Hints(time_zone="UTC"), events={"a": event(paper_ids=[]), "b": floating}))[1].slots[0].time
    assert isinstance(given, Moments)
    assert given.starts_at == "2023-12-08T10:30:00Z"


def test_times_without_any_offset_keep_their_local_clock() -> None:
    (session,) = sessions(parsed(events={"a": event(start_time="2023-12-08T10:30:00", end_time="", paper_ids=[])}))
    time = session.slots[0].time
    assert isinstance(time, PrintedTime)
    assert (time.year, time.month, time.day, time.starts.hour, time.zone) == (2023, 12, 8, 10, None)


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [
        ("noon", None, "expected a time like 2024-03-19T14:00:00+01:00; the slot has no time"),
        (
            "2023-12-08T11:00:00+08:00",
            "2023-12-08T10:00:00+08:00",
            "ends before it starts, or expected a time like 2024-03-19T14:00:00+01:00; the slot has no end",
        ),
    ],
)
def test_times_that_cannot_be_read_are_problems(start: str, end: str | None, problem: str) -> None:
    found = parsed(events={"a": event(start_time=start, end_time=end, paper_ids=[])})
    assert [one.problem for one in found.problems] == [f"events.a.start_time: {problem}"]


@pytest.mark.parametrize("text", ["[]", "{}", '{"papers": 7}', '{"papers": {}}', '{"a": 1', "{", "x"])
def test_what_holds_no_entry_is_refused_or_a_problem(text: str) -> None:
    try:
        found = read(document(text), "acl-miniconf")
    except MalformedDocument:
        return
    assert found.problems
    assert not found.records


@pytest.mark.parametrize(
    "text", ['{"papers": [{"title": "Moss"}]}', '{"sessions": {}, "date": 1}', '{"7": {"title": "a"}}']
)
def test_other_objects_are_not_taken(text: str) -> None:
    with pytest.raises(MalformedDocument):
        recognise(document(text))


def test_the_profiles_of_people_are_not_stated() -> None:
    member = {"full_name": "Rosa Ebb", "google_scholar": "sch0lar", "mail": "rosa@shore.example"}
    workshop = event(committee=[member], type="Workshops", paper_ids=[], title="Wool")
    found = parsed(workshops={"WOOL": workshop})
    assert sessions(found)[0].moderator_names == ("Rosa Ebb",)
    assert not any(text in repr(found) for text in ("sch0lar", "rosa@"))


def test_the_small_case(shared: Path) -> None:
    path = shared / "cases" / "34-acl-miniconf.json"
    found = read(Document.of(path.as_uri(), path.read_bytes()))
    (session,) = sessions(found)
    (slot,) = session.slots
    assert isinstance(slot.time, Moments)
    assert (slot.time.starts_at, session.room, slot.room) == ("2023-12-08T03:00:00Z", "East", "East")
    assert slot.paper is not None
    assert slot.paper.title == "Lantern Maps for Slow Robots"
    assert (found.problems, found.coverage) == ((), 1.0)


def test_the_real_programme_of_eacl_2024(shared: Path) -> None:
    path = shared / "wild" / "acl_miniconf" / "eacl2024_conference.json"
    found = read(Document.of(path.as_uri(), path.read_bytes()))
    assert [problem.is_lost for problem in found.problems] == [False]  # twenty times state no offset
    assert found.coverage == 1.0
    every = sessions(found)
    # 124 events, 5 socials that only a session states, 7 plenaries, 5 tutorials, 19 workshops.
    assert len(every) == 124 + 5 + 7 + 5 + 19
    assert {one.edition for one in every} == {StatedEdition("eacl", 2024)}
    assert Counter(one.kind for one in every) == {
        "poster": 59, "oral": 50, "workshop": 19, "break": 15, "tutorial": 5, "social": 5, "other": 4, "keynote": 3,
    }  # fmt: skip
    slots = [slot for one in every for slot in one.slots]
    assert all(isinstance(slot.time, Moments) for slot in slots)
    paths = {slot.paper.path for slot in slots if slot.paper}
    assert len([path for path in paths if path and path.startswith("papers.")]) == 427
    assert len(paths) == 430
    assert len(document_facts(found, NO_HINTS).sessions) == 160
