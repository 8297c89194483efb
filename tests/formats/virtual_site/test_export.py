"""The JSON export of virtual sites: which events are papers, in which sessions they are, and what is reported."""

import json
from datetime import date
from typing import Any

import pytest

from programme.loaders.documents import Document
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.formats.virtual_site.export import sniff
from programme.loaders.records import Moments, PaperRecord, SessionRecord, StatedEdition, StatedLink
from tests.formats.pages import sample
from tests.formats.virtual_site.invented_export import GROUP, event, event_url, export

ICML = StatedEdition("icml", 2024)


def document(value: object) -> Document:
    return Document.of("file:///pages/export.json", json.dumps(value, ensure_ascii=False).encode())


def parsed(*events: dict[str, Any]) -> Parsed:
    return read(document({"count": len(events), "results": list(events)}), "virtual-export")


def sessions(found: Parsed) -> dict[str, SessionRecord]:
    return {record.title: record for record in found.records if isinstance(record, SessionRecord)}


def papers(found: Parsed) -> list[PaperRecord]:
    alone = [record for record in found.records if isinstance(record, PaperRecord)]
    slots = [slot for record in found.records if isinstance(record, SessionRecord) for slot in record.slots]
    return alone + [slot.paper for slot in slots if slot.paper]


def test_a_whole_conference() -> None:
    whole = export()
    assert len(whole["results"]) == 300
    found = read(document(whole))
    titles = [paper.title for paper in papers(found)]
    assert found.format == "virtual-export"
    assert len([title for title in set(titles) if title.startswith("Trees of Kind")]) == 200
    assert len([title for title in titles if title.startswith("Trees of Kind")]) == 260
    assert sorted(title for title in titles if not title.startswith("Trees of Kind")) == [
        *("Bark", "Beside It", "Clock Without Offset", "Leaves", "Nameless Kind", "Not Yet Placed"),
        *("Twice Shown", "Twice Shown"),
        *(f"What Tree {n} Knows" for n in range(4)),
    ]
    lost = [problem for problem in found.problems if problem.is_lost]
    assert [problem.path for problem in lost] == [f"results[{n}]" for n in range(294, 300)]
    assert found.line_count - found.claimed_line_count == 6


def test_problems_of_a_whole_conference() -> None:
    assert sorted(problem.problem for problem in read(document(export())).problems) == [
        "results[291].starttime: expected a time with its offset from UTC, like 2024-07-23T11:30:00+02:00; "
        "the slot has no time",
        "results[292].endtime: expected a time after the start, like 2024-07-23T11:30:00+02:00; the slot has no end",
        "results[294].authors[0].fullname: expected text or nothing, got a number",
        "results[295].room_name: expected text or nothing, got a list",
        *(f"results[{n}].name: empty; expected the title of the event" for n in (296, 297, 298)),
        "results[299]: has no 'name'",
    ]


def test_sessions_of_a_whole_conference() -> None:
    found = sessions(read(document(export())))
    assert {title: len(one.slots) for title, one in found.items() if title.startswith(("Oral", "Poster"))} == {
        **{f"Poster Session {n}": 51 if n == 1 else 50 for n in range(1, 5)},
        **{f"Oral {n}A": 10 for n in range(1, 7)},
        "Poster": 1,
    }
    first = found["Oral 1A"]
    assert (first.kind, first.room, first.moderator_names, first.edition) == ("oral", "Hall A1", ("Ada Quill9",), ICML)
    assert [slot.time.starts_at for slot in first.slots if isinstance(slot.time, Moments)][:2] == [
        "2024-07-23T08:30:00Z",
        "2024-07-23T08:36:00Z",
    ]
    assert [slot.position for slot in first.slots] == list(range(1, 11))


def test_an_oral_and_its_poster_share_the_identifier() -> None:
    both = [paper for paper in papers(read(document(export()))) if paper.title == "Trees of Kind 1007"]
    assert [paper.identifiers for paper in both] == [(("openreview", "Tree1007x"),)] * 2
    assert {paper.authors for paper in both} == {("Ada Quill1007", "Ada Quill1008")}
    assert [paper.raw_kind for paper in both] == ["Accept (oral)"] * 2


def test_what_a_poster_states() -> None:
    slot = sessions(read(document(export())))["Poster Session 2"].slots[3]
    assert (slot.kind, slot.raw_kind, slot.room, slot.poster_number) == ("poster", "Poster", "Hall C 4-9", "#103")
    assert slot.raw_time == "2024-07-24T13:30:00+02:00 - 2024-07-24T15:00:00+02:00"
    assert slot.paper == PaperRecord(
        "Trees of Kind 1053",
        1,
        1,
        authors=("Ada Quill1053", "Ada Quill1054"),
        abstract="We count tree 1053.",
        affiliations=("Moss 3", "Moss 4"),
        identifiers=(("openreview", "Tree1053x"),),
        links=(StatedLink("eventmedia", "https://github.com/mossbank/tree1053", "own"),),
        edition=ICML,
        raw_kind="Accept (oral)",
        path="results[53]",
        site_id="1053",
    )


def test_a_workshop_holds_its_children_and_papers_of_workshops_have_no_main_edition() -> None:
    found = sessions(read(document(export())))
    first, second = found["Workshop on Tree 0"], found["Workshop on Tree 1"]
    assert [(slot.title, slot.kind, slot.paper is not None) for slot in first.slots] == [
        ("Lunch", "break", False),
        ("Leaves", "poster", True),
    ]
    assert [(slot.title, slot.kind, slot.paper is not None) for slot in second.slots] == [
        ("Bark", "oral", True),
        ("Closing", "other", False),
    ]
    assert first.slots[1].paper is not None
    assert first.slots[1].paper.edition is None
    assert (first.kind, first.abstract) == ("workshop", "Come.")


def test_events_of_their_own_are_sessions_with_one_slot() -> None:
    found = sessions(read(document(export())))
    talk, lonely = found["What Tree 2 Knows"], found["Workshop on Tree 5"]
    assert [(slot.title, slot.kind, slot.raw_kind) for slot in talk.slots] == [
        ("What Tree 2 Knows", "keynote", "Invited Talk")
    ]
    assert talk.slots[0].paper is not None
    assert talk.slots[0].paper.authors == ("Ada Quill2",)
    assert [(slot.title, slot.kind, slot.paper) for slot in lonely.slots] == [("Workshop on Tree 5", "workshop", None)]


def test_posters_without_a_session_are_together_at_their_start() -> None:
    one = event(1, "Oak", "Poster", "2024-07-23T08:00:00+02:00", None, starttime2="2024-07-24T08:00:00+02:00")
    two = event(2, "Ash", "Poster", "2024-07-23T08:00:00+02:00", None)
    found = [(one.title, [slot.title for slot in one.slots]) for one in parsed(one, two).records]  # type: ignore[union-attr]
    assert found == [("Poster", ["Oak", "Ash"]), ("Poster", ["Oak"])]


def test_a_second_parent_is_a_second_slot() -> None:
    first = event(10, "Morning", "Session", "2024-07-23T08:00:00+02:00", None)
    second = event(11, "Evening", "Session", "2024-07-23T18:00:00+02:00", None)
    shown = event(1, "Oak", "Poster", "2024-07-23T08:00:00+02:00", None, parent1=event_url(10), parent2_id=11)
    found = sessions(parsed(first, second, shown))
    assert [slot.title for slot in found["Morning"].slots] == ["Oak"]
    assert [(slot.title, slot.time is None) for slot in found["Evening"].slots] == [("Evening", False), ("Oak", True)]


@pytest.mark.parametrize(
    "fields",
    [
        {"parent1": "Oral 1A"},
        {"parent_id": 10},
        {"parent1_id": 10},
        {"parent2": event_url(10)},
        {"parent1": {"id": 10, "name": "Oral 1A"}},
        {"session": "Oral 1a "},
        {"parent1": event_url(1), "parent2_id": 10},
    ],
)
def test_fields_that_name_the_session(fields: dict[str, Any]) -> None:
    block = event(10, "Oral 1A", "Session", "2024-07-23T08:00:00+02:00", "2024-07-23T09:00:00+02:00")
    talk = event(1, "Oak", "Oral", "2024-07-23T08:20:00+02:00", None, **fields)
    (found,) = parsed(talk, block).records
    assert isinstance(found, SessionRecord)
    assert (found.title, found.kind, [slot.title for slot in found.slots]) == ("Oral 1A", "oral", ["Oak"])


def test_one_session_name_on_two_days_is_two_sessions() -> None:
    blocks = [event(10 + day, "Posters", "Session", f"2024-07-{day}T08:00:00+02:00", None) for day in (23, 24)]
    shown = [
        event(day, f"Tree {day}", "Poster", f"2024-07-{day}T08:00:00+02:00", None, session=name)
        for day, name in ((23, "Posters"), (24, "Posters"), (25, "Other"), (26, "Other"))
    ]
    found = [record for record in parsed(*blocks, *shown).records if isinstance(record, SessionRecord)]
    assert [(one.title, [slot.title for slot in one.slots]) for one in found] == [
        ("Posters", ["Tree 23"]),
        ("Posters", ["Tree 24"]),
        ("Other", ["Tree 25"]),
        ("Other", ["Tree 26"]),
    ]


def test_events_that_are_children_of_each_other() -> None:
    one = event(1, "Hen", "Session", "2024-07-23T08:00:00+02:00", None, parent_id=2)
    other = event(2, "Egg", "Session", "2024-07-23T08:00:00+02:00", None, parent_id=1)
    assert {title: len(found.slots) for title, found in sessions(parsed(one, other)).items()} == {"Hen": 1, "Egg": 1}


@pytest.mark.parametrize(
    ("kind", "finer", "expected", "raw"),
    [
        ("Poster", "Spotlight Poster", "poster", "Spotlight Poster"),
        ("Poster", "{location} Poster", "poster", "Poster"),
        (None, "{location} Oral", "oral", "Oral"),
        ("Affinity Workshop", None, "workshop", "Affinity Workshop"),
        ("Invited Talk", None, "keynote", "Invited Talk"),
        ("Registration Desk", None, "other", "Registration Desk"),
        ("Affinity Poster Session", None, "other", "Affinity Poster Session"),
        (None, None, "spotlight", None),
    ],
)
def test_kinds(kind: str | None, finer: str | None, expected: str, raw: str | None) -> None:
    shown = event(1, "Oak", "spotlight", "2024-07-23T08:00:00+02:00", None, eventtype=kind, event_type=finer)
    (found,) = parsed(shown).records
    assert isinstance(found, SessionRecord)
    assert [(slot.kind, slot.raw_kind) for slot in found.slots] == [(expected, raw)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sourceurl": GROUP}, ICML),
        ({"virtualsite_url": "https://icml.cc/virtual/2024/poster/1"}, ICML),
        ({"authors": [{"fullname": "Ada Quill", "url": "http://icml.cc/api/miniconf/users/1?format=json"}]}, ICML),
        ({"paper_url": "https://openaccess.thecvf.com/content/CVPR2024/html/a.html"}, StatedEdition("cvpr", 2024)),
        ({"sourceurl": "https://openreview.net/group?id=TMLR"}, None),
        ({}, None),
    ],
)
def test_editions(fields: dict[str, Any], expected: StatedEdition | None) -> None:
    (found,) = parsed(event(1, "Oak", "Poster", None, None, **fields)).records
    assert isinstance(found, PaperRecord)
    assert found.edition == expected


def test_papers_of_journals_are_presented_at_the_conference_without_its_edition() -> None:
    journal = "https://openreview.net/group?id=TMLR"
    found = parsed(
        event(1, "Oak", "Poster", "2024-07-23T08:00:00+02:00", None, sourceurl=GROUP),
        event(2, "Ash", "Poster", "2024-07-23T08:00:00+02:00", None, sourceurl=journal),
    )
    assert [one.edition for one in found.records] == [ICML]  # type: ignore[union-attr]
    assert [paper.edition for paper in papers(found)] == [ICML, None]


def test_the_list_of_the_download_page() -> None:
    oak = {"type": "Poster", "name": "Oak", "virtualsite_url": "https://icml.cc/virtual/2024/poster/1"}
    found = read(document([oak | {"speakers/authors": "Ada Quill, Bo Marsh", "abstract": "We count."}]))
    (paper,) = found.records
    assert isinstance(paper, PaperRecord)
    assert (paper.title, paper.authors, paper.abstract) == ("Oak", ("Ada Quill", "Bo Marsh"), "We count.")
    assert (paper.edition, paper.raw_kind, found.problems) == (ICML, "Poster", ())


def test_abstracts_alone_are_those_of_papers_known_by_number() -> None:
    found = read(document({"1001": "We count trees.", "1002": "We count leaves.", "1003": " "}))
    assert (found.format, found.problems) == ("virtual-export", ())
    assert found.records == (
        PaperRecord("", 1, 1, abstract="We count trees.", path="1001", site_id="1001"),
        PaperRecord("", 1, 1, abstract="We count leaves.", path="1002", site_id="1002"),
    )


def test_abstracts_with_names_are_papers() -> None:
    (paper,) = read(document([{"id": 1, "name": "Oak", "abstract": "We count."}]), "virtual-export").records
    assert isinstance(paper, PaperRecord)
    assert (paper.title, paper.abstract) == ("Oak", "We count.")


def test_an_unknown_field_is_reported() -> None:
    (problem,) = parsed(event(1, "Oak", "Poster", None, None, mood="calm")).problems
    assert problem.problem.startswith("results[0].mood: a field this format does not know")


@pytest.mark.parametrize("value", [{}, [], {"name": "Ada"}, [{"name": "Ada", "id": 1}], {"results": []}, {"1": 1}])
def test_other_documents_are_not_recognised(value: object) -> None:
    assert sniff(document(value)).confidence < 0.5


def test_sample() -> None:
    found = read(sample("virtual_export_icml2022.json"))
    assert (recognise(sample("virtual_export_icml2022.json")).NAME, found.problems) == ("virtual-export", ())
    assert {title: [slot.title for slot in one.slots] for title, one in sessions(found).items()} == {
        "Contrastive and Self-Supervised Learning": [
            "Contrastive Learning with Crossed Views",
            "Where Do Hard Negatives Come From?",
        ],
        "Poster Session 3": ["Contrastive Learning with Crossed Views", "Contrastive Learning with Crossed Views"],
        "What Hedges Know": ["What Hedges Know"],
        "Coffee Break": ["Coffee Break"],
        "Workshop on Slow Learning": ["Workshop on Slow Learning", "Snails as Optimisers"],
        "Poster": ["Growing Hedges by Message Passing"],
    }
    again = sessions(found)["Poster Session 3"].slots[1].time
    assert isinstance(again, Moments)
    assert again[:3] == ("2022-07-22T13:00:00Z", "2022-07-22T14:00:00Z", date(2022, 7, 22))
