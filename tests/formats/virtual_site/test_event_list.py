from datetime import time
from pathlib import Path

import pytest

from programme.loaders.documents import MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.virtual_site.event_list import sniff
from programme.loaders.formats.virtual_site.parsing.programme_page import LIST_HEADINGS
from programme.loaders.records import PaperRecord, PrintedTime, SessionRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

NAME = "virtual-list"


def listed(text: str) -> Parsed:
    return read(document(text), NAME)


def papers(parsed: Parsed) -> list[PaperRecord]:
    return [record for record in parsed.records if isinstance(record, PaperRecord)]


def sessions(parsed: Parsed) -> list[SessionRecord]:
    return [record for record in parsed.records if isinstance(record, SessionRecord)]


def titles(parsed: Parsed) -> list[str]:
    return [record.title for record in parsed.records]


def test_sample() -> None:
    parsed = read(sample("icml2022_events_oral.txt"))
    assert (parsed.format, parsed.coverage, parsed.problems) == (NAME, 1.0, ())
    assert [(type(record).__name__, record.title) for record in parsed.records] == [
        ("SessionRecord", "Contrastive Learning with Crossed Views"),
        ("SessionRecord", "Pruning at Birth: How Sparse Can a Network Be Before It Has Seen a Single Label?"),
        ("PaperRecord", "Kernels that Forgive"),
        ("SessionRecord", "Bandits with a Memory of Water"),
        ("PaperRecord", "Graphs that Grow Overnight"),
    ]


def test_an_oral_with_a_room_is_a_slot() -> None:
    record = sessions(read(sample("icml2022_events_oral.txt")))[0]
    (slot,) = record.slots
    assert (record.room, record.kind, slot.room, slot.kind, slot.raw_kind, slot.time) == (
        *("Ballroom 1 & 2", "oral", "Ballroom 1 & 2", "oral"),
        *("Oral", None),
    )
    assert slot.paper == PaperRecord(
        "Contrastive Learning with Crossed Views",
        7,
        15,
        "Delphine Arkwright · Satoru Minowa · Henrike Vossberg · Tadeo Llorca",
        ("Delphine Arkwright", "Satoru Minowa", "Henrike Vossberg", "Tadeo Llorca"),
        "Contrastive learning treats two views of an image as a positive pair.\n\n"
        "We ask what happens when the views are crossed.",
        raw_kind="Oral",
    )


def test_an_oral_with_neither_room_nor_time_is_a_paper() -> None:
    forgiving, growing = papers(read(sample("icml2022_events_oral.txt")))
    assert (forgiving.authors, forgiving.raw_kind) == (("Tova Lindqvist-Amar", "Rasheed Boateng"), "Oral")
    assert growing.abstract == "Some graphs grow while nobody looks."


def test_an_oral_with_a_time() -> None:
    slot = sessions(read(sample("icml2022_events_oral.txt")))[2].slots[0]
    assert slot.time == PrintedTime(1, 19, 7, None, time(10, 30), time(10, 50), "America/New_York")
    assert (slot.raw_time, slot.time_line) == ("Tue 19 Jul 10:30 a.m. - 10:50 a.m. EDT", 39)


KINDS_BEFORE_TITLES = """Oral

Trees for All

Ada Quill · Bo Marsh

[ Hall F ]

We plant.

Invited Talk

Roots

Cy Vane

Workshop

Leaves in AI

Ada Quill · Bo Marsh

[ Room 1 ]
"""


def test_kinds_before_titles() -> None:
    parsed = listed(KINDS_BEFORE_TITLES)
    assert [(record.title, record.kind, record.slots[0].raw_kind, record.room) for record in sessions(parsed)] == [
        ("Trees for All", "oral", "Oral", "Hall F"),
        ("Roots", "keynote", "Invited Talk", None),
        ("Leaves in AI", "workshop", "Workshop", "Room 1"),
    ]
    assert [record.moderator_names for record in sessions(parsed)] == [(), ("Cy Vane",), ("Ada Quill", "Bo Marsh")]
    assert parsed.coverage == 1.0


def test_a_workshop_without_a_time_is_a_session() -> None:
    parsed = listed(
        "Workshops\n\nTrees in AI\n\nAda Quill · Bo Marsh\n\nWe plant.\n\nRoots in AI\n\nCy Vane · Di Ott\n"
    )
    assert [(record.title, record.kind, record.abstract) for record in sessions(parsed)] == [
        ("Trees in AI", "workshop", "We plant."),
        ("Roots in AI", "workshop", None),
    ]
    assert all(slot.time is None and slot.paper is None for record in sessions(parsed) for slot in record.slots)


def test_lost_titles_are_problems() -> None:
    text = (
        "Workshops\nAda Quill · Bo Marsh\n\n[ Room 1 ]\n\nWe plant trees and count them.\nWebsite: https://example.org/\n\n"
        "Cy Vane · Di Ott\n\n[ Room 2 ]\n\nRoots are counted.\n"
    )
    parsed = listed(text)
    assert parsed.records == ()
    assert [problem.line for problem in parsed.problems] == [2, 4, 6, 7, 9, 11, 13]
    assert {problem.problem for problem in parsed.problems} == {
        "an event without a title; the page was saved without its links, so save it again as HTML"
    }
    assert (parsed.line_count, parsed.claimed_line_count) == (8, 1)
    assert sniff(document(text)).confidence >= 0.5


def test_papers_by_session() -> None:
    parsed = listed(
        "Accepted Papers\n\nTrees\nPoster Session 3\nAda Quill · Bo Marsh\n\n"
        "Roots\nPoster Session 4\nCy Vane · Di Ott\n\n"
        "Leaves\nPoster Session 3\nEve Hart · Fay Moss\n"
    )
    assert [(record.title, [slot.title for slot in record.slots]) for record in sessions(parsed)] == [
        ("Poster Session 3", ["Trees", "Leaves"]),
        ("Poster Session 4", ["Roots"]),
    ]
    assert [slot.position for slot in sessions(parsed)[0].slots] == [1, 2]
    assert sessions(parsed)[0].slots[1].paper == PaperRecord(
        "Leaves", 11, 13, "Eve Hart · Fay Moss", ("Eve Hart", "Fay Moss")
    )
    assert parsed.coverage == 1.0


MARKDOWN = """# Papers

* [Trees for All](/virtual/2024/poster/33001)
* [Roots](/virtual/2024/oral/33002)
* [Leaves](https://icml.cc/virtual/2024/poster/33003)
"""

HTML = """<!DOCTYPE html><html><body><nav><a href="/virtual/2024/papers.html">Papers</a></nav><h1>Papers</h1><ul>
<li><a href="/virtual/2024/poster/33001">Trees for All</a></li>
<li><a href="/virtual/2024/oral/33002">Roots</a></li>
<li><a href="/virtual/2024/poster/33003">Leaves</a></li></ul></body></html>"""


@pytest.mark.parametrize("text", [MARKDOWN, HTML])
def test_titles_that_link_to_events(text: str) -> None:
    parsed = listed(text)
    assert [(paper.title, paper.raw_kind) for paper in papers(parsed)] == [
        ("Trees for All", "poster"),
        ("Roots", "oral"),
        ("Leaves", "poster"),
    ]
    assert parsed.coverage == 1.0
    assert sniff(document(text)).confidence >= 0.5


CARDS = """<!DOCTYPE html><html><body><h2>Spotlight Posters</h2>
<div class="displaycards touchup-date" id="event-1"><div><a href="/virtual/2025/poster/1">Trees for All</a></div>
<div class="author-str">Ada Quill · Bo Marsh</div><div>Sun 19 Oct 06:00 PM UTC</div>
<div><a href="https://openreview.net/forum?id=aBcDeFgH">OpenReview</a></div>
<details><summary>Abstract</summary><div>We plant.</div></details></div>
<div class="displaycards touchup-date" id="event-2"><div><a href="/virtual/2025/poster/2">Roots</a></div>
<div class="author-str">Cy Vane</div><div>[ Hall A ]</div>
<div><a href="https://github.com/roots/roots">Code</a></div></div></body></html>"""


def test_cards_of_a_saved_web_page() -> None:
    parsed = listed(CARDS)
    trees, roots = (record.slots[0] for record in sessions(parsed))
    assert (trees.kind, trees.raw_kind, trees.room, roots.room) == ("poster", "Spotlight Poster", None, "Hall A")
    assert trees.time == PrintedTime(6, 19, 10, None, time(18), None, "UTC")
    assert trees.paper is not None
    assert (trees.paper.authors, trees.paper.abstract) == (("Ada Quill", "Bo Marsh"), "We plant.")
    assert trees.paper.identifiers == (("openreview", "aBcDeFgH"),)
    assert roots.paper is not None
    assert roots.paper.links == (StatedLink("code", "https://github.com/roots/roots", "own"),)
    assert parsed.problems == ()


def test_the_venue_and_the_year_a_page_states() -> None:
    parsed = listed(f"URL Source: https://icml.cc/virtual/2024/papers.html\n\n{MARKDOWN}")
    assert {paper.edition for paper in papers(parsed)} == {StatedEdition("icml", 2024)}


def test_solid_text() -> None:
    parsed = listed("Orals\nTrees\nAda Quill · Bo Marsh\nWe plant.\nRoots\nCy Vane · Di Ott\nRoots are counted.\n")
    assert [(paper.title, paper.abstract) for paper in papers(parsed)] == [
        ("Trees", "We plant."),
        ("Roots", "Roots are counted."),
    ]


def test_a_list_without_entries_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no list of events"):
        listed("Orals\n\nNothing yet.\n")


def test_headings_have_kinds() -> None:
    assert all(heading.startswith(kind) for heading, kind in LIST_HEADINGS.items())


@pytest.mark.parametrize(
    ("text", "is_recognised"),
    [
        ("Orals\n\nTrees\n\nAda Quill · Bo Marsh\n\nRoots\n\nCy Vane · Di Ott\n", True),
        (KINDS_BEFORE_TITLES, True),
        ("Workshop: Trees Sat 23 Jul 08:30 a.m.\n\n[ A ]\n\nTutorial: Roots Sat 23 Jul 08:30 a.m.\n\n[ B ]\n", False),
        ("Session\n\nOrals\n\nAbstract:\n\nSat 23 Jul 7:00 - 7:20 PDT\n\nOral\nTrees\n", False),
        ("Daily Papers\n\nAug 11\n\nTrees for All\n\nWe plant.\n", False),
        ("Poster\n\nTrees\n\nAda Quill · Bo Marsh\n\n[ Poster ]\n\nAbstract\n\nWe plant.\n", False),
        ('{"papers": []}', False),
    ],
)
def test_sniff(text: str, is_recognised: bool) -> None:
    assert (sniff(document(text)).confidence >= 0.5) is is_recognised


def test_no_other_real_page_is_recognised(shared: Path) -> None:
    for path in sorted((shared / "corpus").rglob("*.*")):
        if path.stat().st_size < 200_000:
            assert sniff(document(path.read_text(encoding="utf-8"))).confidence < 0.5, path.name
