"""The page of a single event: papers with and without a slot, sessions, schedules, and lines that fit no part."""

from datetime import time
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.records import PaperRecord, PrintedTime, SessionRecord, SlotRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample
from tests.formats.virtual_site.page_variants import MENU

FORUM = "https://openreview.net/forum?id=Ms9dPqrvA4"
TREES = "Poster\nTrees for All\nBo Marsh ⋅ Cy Vane\n"


def event(text: str) -> tuple[PaperRecord | SessionRecord, Parsed]:
    parsed = read(document(text), "virtual-event")
    (record,) = parsed.records
    assert isinstance(record, PaperRecord | SessionRecord)
    return record, parsed


def slot_of(text: str) -> SlotRecord:
    """Return the only slot of a page, all of whose lines are claimed."""
    record, parsed = event(text)
    assert isinstance(record, SessionRecord)
    assert parsed.problems == ()
    (slot,) = record.slots
    return slot


def test_a_poster_without_a_time_is_a_paper() -> None:
    record, parsed = event(
        f"{TREES}2025 Poster\n[ Poster] [ OpenReview]\nAbstract\nWe plant trees.\nShow more\n"
        "Lay Summary\nTrees, see https://trees.example.org/all.\nShow more\nVideo\nChat is not available.\n"
    )
    assert record == PaperRecord(
        "Trees for All",
        1,
        10,
        "Bo Marsh ⋅ Cy Vane",
        ("Bo Marsh", "Cy Vane"),
        "We plant trees.",
        links=(StatedLink("lay summary", "Trees, see https://trees.example.org/all."),),
        raw_kind="Poster",
    )
    assert (parsed.line_count, parsed.claimed_line_count, parsed.problems) == (13, 13, ())


def test_a_poster_with_a_time_is_a_session_with_one_slot() -> None:
    record, parsed = event(
        "Poster\n\nWed, Jul 8, 2026 • 10:30 PM – 12:15 AM PDT\n\nHALL A #2108\n\nTrees for All\n\nBo Marsh ⋅ Cy Vane\n"
        f"\n[Project Page](https://github.com/mossbank/trees)\n\n[[OpenReview]({FORUM})]\n"
        "\nAbstract\n\nWe plant trees.\n"
    )
    assert isinstance(record, SessionRecord)
    assert (record.title, record.kind, record.room, record.line_start, record.line_end) == (
        "Poster",
        "poster",
        "HALL A",
        1,
        1,
    )
    (slot,) = record.slots
    assert slot.time == PrintedTime(2, 8, 7, 2026, time(22, 30), time(0, 15), "America/Los_Angeles")
    assert (slot.raw_time, slot.time_line) == ("Wed, Jul 8, 2026 • 10:30 PM – 12:15 AM PDT", 3)
    assert (slot.kind, slot.raw_kind, slot.title, slot.position) == ("poster", "Poster", "Trees for All", 1)
    assert (slot.room, slot.poster_number, slot.line_start, slot.line_end) == ("HALL A", "2108", 3, 17)
    assert slot.paper == PaperRecord(
        "Trees for All",
        7,
        17,
        "Bo Marsh ⋅ Cy Vane",
        ("Bo Marsh", "Cy Vane"),
        "We plant trees.",
        identifiers=(("openreview", "Ms9dPqrvA4"),),
        links=(StatedLink("project page", "https://github.com/mossbank/trees", "own"),),
        raw_kind="Poster",
    )
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("lines", "room", "number"),
    [
        ("HALL A #2108", "HALL A", "2108"),
        ("West Exhibition Hall B2-B3 #W-1012", "West Exhibition Hall B2-B3", "W-1012"),
        ("Great Hall & Hall B1+B2 (level 1) #7", "Great Hall & Hall B1+B2 (level 1)", "7"),
        ("#36", None, "36"),
        ("Hall F", "Hall F", None),
        ("[ Room 314 - 315 ]", "Room 314 - 315", None),
        ("[ Abstract ] [ Visit Poster at Spot C0 in Virtual World ]", None, "C0"),
    ],
)
def test_places(lines: str, room: str | None, number: str | None) -> None:
    slot = slot_of(f"{TREES}{lines}\nAbstract\nWe plant trees.\n")
    assert (slot.room, slot.poster_number, slot.time, slot.paper and slot.paper.authors) == (
        *(room, number, None),
        ("Bo Marsh", "Cy Vane"),
    )


@pytest.mark.parametrize(
    ("page", "starts"),
    [
        ("Poster  Wed, Dec 3, 2025 • 4:30 PM – 7:30 PM PST\n\nTrees for All\n\nBo Marsh ⋅ Cy Vane\n", time(16, 30)),
        (f"{TREES}Thu 18 Jul 4:30 p.m. CST — 6 p.m. CST\n", time(16, 30)),
        (f"{TREES}[ Abstract ]\nTue 12 Dec 3:15 p.m. PST — 5:15 p.m. PST\n[ OpenReview]\n", time(15, 15)),
        (f"{TREES}[ Abstract ] Tue 12 Dec 3:15 p.m. PST — 5:15 p.m. PST\n", time(15, 15)),
        (f"{TREES}Wed Jul 21 09:00 AM -- 11:00 AM PDT @ Virtual\n", time(9)),
    ],
)
def test_times(page: str, starts: time) -> None:
    slot = slot_of(f"{page}\nAbstract:\n\nWe plant trees.\n")
    assert isinstance(slot.time, PrintedTime)
    assert slot.time.starts.replace(fold=0) == starts
    assert slot.paper is not None
    assert (slot.title, slot.paper.abstract) == ("Trees for All", "We plant trees.")


@pytest.mark.parametrize(
    ("page", "session"),
    [
        (f"{TREES}[ Abstract ] [ Visit Oral 6B LLMs ]\nThu 14 Dec 1:20 p.m. PST — 1:35 p.m. PST\n", "Oral 6B LLMs"),
        (f"{TREES}[ Livestream: Visit Oral 1A ] Thu 14 Dec 1:20 p.m. PST\n", "Oral 1A"),
        (TREES.replace("Poster", "Poster in Workshop: Deep Gardens") + "#4\n", "Deep Gardens"),
        (f"{TREES}#4\n", "Poster"),
    ],
)
def test_the_session_has_its_printed_name_or_else_that_of_the_kind(page: str, session: str) -> None:
    record, parsed = event(f"{page}Abstract\nWe plant trees.\n")
    assert isinstance(record, SessionRecord)
    assert (record.title, [slot.title for slot in record.slots], parsed.problems) == (session, ["Trees for All"], ())


def test_buttons_over_several_lines_and_a_time_without_abstract() -> None:
    record, parsed = event(f"{TREES}2024 Poster\nProject Page\n[\nSlides\n]\n[\nPoster\n]\nAbstract\nWe plant.\n")
    assert isinstance(record, PaperRecord)
    assert (record.title, record.abstract, record.links, parsed.problems) == ("Trees for All", "We plant.", (), ())


@pytest.mark.parametrize(
    ("around", "edition"),
    [
        ("{}2025 Poster\n", None),
        ("ICML Poster Trees for All\n{}2025 Poster\n", StatedEdition("icml", 2025)),
        ("NIPS 2017\n{}", StatedEdition("neurips", 2017)),
        ("URL Source: https://iclr.cc/virtual/2024/poster/1\n\n{}", StatedEdition("iclr", 2024)),
        ("Main Navigation\nICLR\nSelect Year: (2024)\nPapers\n{}", None),
        ("ICML Poster Trees for All\n{}", None),
    ],
)
def test_the_edition_only_where_venue_and_year_are_stated(around: str, edition: StatedEdition | None) -> None:
    record, parsed = event(around.format(TREES) + "Abstract\nWe plant trees.\n")
    assert (record.edition, parsed.problems) == (edition, ())


def test_award_keywords_and_other_texts() -> None:
    slot = slot_of(
        "Oral\nBest Paper\nTrees for All\nBo Marsh ⋅ Cy Vane\n"
        "Keywords: [ trees ] [ roots ]\nAbstract: We plant trees.\nPrimary Area: Gardens\n"
    )
    assert slot.award == "Best Paper"
    assert slot.paper is not None
    assert slot.paper.abstract == "We plant trees."
    assert slot.paper.links == (StatedLink("keywords", "[ trees ] [ roots ]"), StatedLink("primary area", "Gardens"))


def test_wrapped_lines_and_titles_in_markdown() -> None:
    record, parsed = event(
        f"{MENU}\nPoster\n\nTrees for All and Roots for Some: A Study\n=========================================\n\n"
        "**Bo Marsh** ⋅ Cy\nVane ⋅ Dee Roe\n\n2025 Poster\n\n"
        f'[[OpenReview]({FORUM} "OpenReview")]\n\n### Abstract\n\nWe *plant* trees.\n\nThey\ngrow.\n\nShow more\n'
    )
    assert isinstance(record, PaperRecord)
    assert record.title == "Trees for All and Roots for Some: A Study"
    assert record.authors == ("Bo Marsh", "Cy Vane", "Dee Roe")
    assert record.abstract == "We plant trees.\n\nThey grow."
    assert (record.identifiers, parsed.problems) == ((("openreview", "Ms9dPqrvA4"),), ())


def test_saved_page_of_an_event() -> None:
    page = f"""<!DOCTYPE html><html><body><nav>Menu</nav><main>
        <span class="event-type-badge">Poster</span>
        <span class="meta-pill">Wed, Jul 8, 2026 • 10:30 PM – 12:15 AM PDT</span>
        <span class="meta-pill">HALL A #2108</span><h1 class="event-title">Trees for All</h1>
        <div class="event-organizers">Bo Marsh ⋅ Cy Vane</div><div>[ <a href="{FORUM}">OpenReview</a> ]</div>
        <h3>Abstract</h3><div class="abstract-text-inner"><p>We plant.</p></div></main></body></html>"""
    slot = slot_of(page)
    assert slot.paper is not None
    assert (slot.title, slot.room, slot.poster_number) == ("Trees for All", "HALL A", "2108")
    assert (slot.paper.abstract, slot.paper.identifiers) == ("We plant.", (("openreview", "Ms9dPqrvA4"),))


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("Workshop", "workshop"), ("Tutorial", "tutorial"), ("Invited Talk", "keynote"), ("Expo Talk Panel", "other")],
)
def test_any_other_event_is_a_session_with_one_slot(printed: str, kind: str) -> None:
    record, parsed = event(
        f"{printed}\n\nWhat Plants Know\n\nAda Quill · Bo Marsh\n\nHall F\n[ Abstract ]\n"
        "Wed 20 Jul 6 a.m. PDT — 7 a.m. PDT\n\nAbstract:\n\nPlants know a lot.\n\nChat is not available.\n"
    )
    assert isinstance(record, SessionRecord)
    assert (record.title, record.kind, record.room, record.abstract) == (
        *("What Plants Know", kind, "Hall F"),
        "Plants know a lot.",
    )
    assert record.moderator_names == ("Ada Quill", "Bo Marsh")
    (slot,) = record.slots
    assert (slot.title, slot.kind, slot.raw_kind) == ("What Plants Know", kind, printed)
    assert (slot.room, slot.paper) == ("Hall F", None)
    assert slot.raw_time == record.raw_time == "Wed 20 Jul 6 a.m. PDT — 7 a.m. PDT"
    assert (parsed.coverage, parsed.problems) == (1.0, ())


def test_an_event_without_a_time_or_people() -> None:
    record, parsed = event("Workshop\n\nDeep Gardens\n\nAbstract\n\nPlants.\n")
    assert isinstance(record, SessionRecord)
    assert (record.title, record.moderators, record.slots[0].time, parsed.problems) == ("Deep Gardens", None, None, ())


def test_a_workshop_has_its_schedule() -> None:
    (record,) = read(sample("neurips2023_workshop.txt")).records
    assert isinstance(record, SessionRecord)
    assert [(slot.position, slot.kind, slot.title) for slot in record.slots] == [
        (1, "workshop", "Deep Gardens: Machine Learning for Plants"),
        (2, "other", "Opening Remarks"),
        (3, "keynote", "What Roots Remember"),
        (4, "oral", "Pruning Hedges with Reinforcement Learning"),
        (5, "break", "Coffee Break"),
        (6, "poster", "A Benchmark of Weeds"),
    ]
    talk = record.slots[2]
    assert talk.time == PrintedTime(5, 16, 12, None, time(6, 30), time(7, 15), "America/Los_Angeles")
    assert talk.paper is not None
    assert (talk.paper.authors, record.slots[5].time) == (("Hanneli Kuusk",), None)


def test_lines_that_fit_no_part_are_problems() -> None:
    _, parsed = event(f"{TREES}Bring a friend\nAbstract\nWe plant trees.\n")
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(4, "Bring a friend")]
    _, parsed = event("Workshop\nDeep Gardens\nAbstract\nPlants.\nBio:\nAda is a botanist.\n")
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(6, "Ada is a botanist.")]


def test_page_without_a_kind_or_a_title_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no line that is a kind of event"):
        read(document("Trees for All\n\nBo Marsh · Cy Vane\n"), "virtual-event")
    with pytest.raises(MalformedDocument, match=r"page.txt, line 1: no title below 'Poster'"):
        read(document("Poster\n2025 Poster\n[ OpenReview]\nAbstract\nWe plant.\n"), "virtual-event")


@pytest.mark.parametrize("name", ["icml2025_poster.txt", "icml2026_poster.txt", "neurips2023_workshop.txt"])
def test_samples_are_recognised(name: str) -> None:
    assert recognise(sample(name)).NAME == "virtual-event"


@pytest.mark.parametrize(
    "name",
    ["icml2022_poster_session.txt", "neurips2023_day_12_14.txt", "icml2022_calendar.txt", "icml2022_events_oral.txt"],
)
def test_pages_of_several_events_are_left_to_other_formats(name: str) -> None:
    assert recognise(sample(name)).NAME != "virtual-event"


def test_real_page_of_a_poster(shared: Path) -> None:
    path = shared / "corpus" / "virtual_site_text" / "icml2025_poster44177.txt"
    parsed = read(Document.of(path.as_uri(), path.read_bytes()))
    (record,) = parsed.records
    assert isinstance(record, PaperRecord)
    assert (record.line_start, record.line_end, len(record.authors), record.raw_kind) == (1, 7, 4, "Poster")
    assert str(record.abstract).endswith("standard MCTS.")
    assert (parsed.coverage, parsed.problems) == (1.0, ())
