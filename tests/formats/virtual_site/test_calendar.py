from datetime import time
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, read
from programme.loaders.formats.virtual_site.calendar import sniff
from programme.loaders.records import PaperRecord, PrintedTime, SessionRecord, SlotRecord, StatedEdition
from tests.formats.pages import document, sample

NAME = "virtual-calendar"
NEW_YORK = "America/New_York"
SAO_PAULO = "America/Sao_Paulo"
TOP = "Timezone: America/Sao_Paulo\n\nTHU 23 APR\n\n"


def sessions(parsed: Parsed) -> list[SessionRecord]:
    return [record for record in parsed.records if isinstance(record, SessionRecord)]


def calendar(text: str) -> Parsed:
    return read(document(text), NAME)


def only(text: str) -> SessionRecord:
    parsed = calendar(text)
    (record,) = sessions(parsed)
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    return record


def printed(slot: SlotRecord) -> PrintedTime:
    assert isinstance(slot.time, PrintedTime)
    return slot.time


def clocks(record: SessionRecord) -> list[str]:
    return [f"{printed(slot).starts:%H:%M}" for slot in record.slots]


def test_sample() -> None:
    parsed = read(sample("icml2022_calendar.txt"))
    assert (parsed.format, parsed.coverage, parsed.problems) == (NAME, 1.0, ())
    found = sessions(parsed)
    assert [(record.title, record.kind, clocks(record)) for record in found] == [
        ("Breakfast", "break", ["08:30"]),
        ("Counting What Nobody Counts", "keynote", ["09:00"]),
        ("Oral Session 4A", "oral", ["10:30", "10:45", "11:00", "11:15", "11:20"]),
        ("Reading Loss Curves", "tutorial", ["10:30"]),
        ("Oral Session 4B", "oral", ["15:15", "16:03", "16:15"]),
        ("Poster Session 3", "poster", ["15:15"]),
        ("Stargazing on the Roof", "social", ["21:30"]),
    ]
    assert [record.moderator_names for record in found if record.moderators] == [
        ("Rosalind Achterberg",),
        ("Ottavia Brandt", "Jun-ho Marsh"),
    ]
    assert [record.slots[0].time for record in found] == [
        PrintedTime(3, 21, 7, None, time(8, 30), time(9), NEW_YORK),
        PrintedTime(3, 21, 7, None, time(9), time(10), NEW_YORK),
        PrintedTime(3, 21, 7, None, time(10, 30), None, NEW_YORK),
        PrintedTime(3, 21, 7, None, time(10, 30), time(13), NEW_YORK),
        PrintedTime(3, 21, 7, None, time(15, 15), None, NEW_YORK),
        PrintedTime(3, 21, 7, None, time(15, 15), time(17, 15), NEW_YORK),
        PrintedTime(4, 22, 7, None, time(21, 30), time(0, 30), NEW_YORK),
    ]
    assert [record.slots[0].raw_time for record in found] == [
        "8:30 a.m. (ends 9:00 AM)",
        "9:00 a.m. (ends 10:00 AM)",
        "10:30",
        "10:30-1:00 (ends 1:00 PM)",
        "3:15",
        "3:15-5:15 (ends 5:15 PM)",
        "9:30-12:30 (ends 12:30 AM)",
    ]


def test_entries_of_the_sample() -> None:
    found = sessions(read(sample("icml2022_calendar.txt")))
    assert [(slot.position, slot.raw_kind, slot.kind, slot.title) for slot in found[2].slots] == [
        (1, "Oral", "oral", "Views That Never Met"),
        (2, "Oral", "oral", "Pruning at Birth: How Sparse Can a Network Be Before It Has Seen a Single Label?"),
        (3, "Oral", "oral", "Kernels that Forgive"),
        (4, "Spotlight", "spotlight", "Where Do Hard Negatives Come From?"),
        (5, "Spotlight", "spotlight", r"$\mathbf{k}$-Means in the Dark"),
    ]
    assert [(slot.line_start, slot.line_end, slot.time_line) for slot in found[2].slots[:3]] == [
        (32, 32, 32),
        (34, 35, 34),
        (36, 36, 36),
    ]
    assert found[2].slots[3].paper == PaperRecord("Where Do Hard Negatives Come From?", 40, 40, raw_kind="Spotlight")
    assert [(slot.kind, slot.paper is None) for slot in found[4].slots] == [
        ("oral", False),
        ("break", True),
        ("oral", False),
    ]


def test_real_page(shared: Path) -> None:
    path = shared / "corpus" / "virtual_site_text" / "iclr2026_calendar.txt"
    parsed = read(Document.of(path.as_uri(), path.read_bytes()))
    assert (parsed.format, parsed.coverage, parsed.problems) == (NAME, 1.0, ())
    found = sessions(parsed)
    assert [(record.title, record.kind, clocks(record)) for record in found] == [
        ("Oral Session 1A", "oral", ["10:30", "10:42", "10:54", "11:06", "11:18", "11:30"]),
        ("Oral Session 1C", "oral", ["10:30", "10:42", "10:54", "11:06"]),
        ("Poster Session 1", "poster", ["10:30"]),
        ("Oral Session 2A", "oral", ["15:15", "15:27", "16:15", "16:27"]),
    ]
    assert sum(slot.paper is not None for record in found for slot in record.slots) == 14
    assert found[2].slots[0].time == PrintedTime(3, 23, 4, None, time(10, 30), time(13), SAO_PAULO)
    assert found[0].slots[2].title.startswith("MemAgent: ")


def test_an_entry_without_a_title_is_left_out_and_reported() -> None:
    parsed = calendar(f"{TOP}10:30 a.m.\n\nOral Session 1 [10:30-12:00]\n\n[10:30] A\n\n[10:42]\n\n(ends 12:00 PM)\n")
    assert [slot.title for slot in sessions(parsed)[0].slots] == ["A"]
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(11, "[10:42]")]


@pytest.mark.parametrize(
    ("text", "title", "kind", "raw_kind", "people"),
    [
        (
            "Invited Talk:\n\nTrees\n\nAda Quill\n\n(ends 11:30 AM)\n",
            "Trees",
            "keynote",
            "Invited Talk",
            ("Ada Quill",),
        ),
        ("Invited Talk: Trees\nAda Quill\n", "Trees", "keynote", "Invited Talk", ("Ada Quill",)),
        ("Workshop\nTrees in AI\n(ends 6:00 PM)\n", "Trees in AI", "workshop", "Workshop", ()),
        ("Affinity Workshop: Trees [10:30-6:00]\n", "Trees", "workshop", "Affinity Workshop", ()),
        ("Coffee Break (ends 11:00 AM)\n", "Coffee Break", "break", None, ()),
        ("Lunch 12:00 - 1:00\n", "Lunch", "break", None, ()),
        ("Break:\n\n(ends 11:00 AM)\n", "Break", "break", "Break", ()),
        ("San Diego Poster Session 5 [10:30-1:30]\n", "San Diego Poster Session 5", "poster", None, ()),
        ("Registration Desk (ends 6:00 PM)\n", "Registration Desk", "other", None, ()),
    ],
)
def test_events_without_entries(
    text: str, title: str, kind: str, raw_kind: str | None, people: tuple[str, ...]
) -> None:
    record = only(f"{TOP}10:30 a.m.\n\n{text}")
    (slot,) = record.slots
    assert (record.title, record.kind, slot.raw_kind, slot.kind, slot.paper) == (title, kind, raw_kind, kind, None)
    assert record.moderator_names == people


def test_several_events_at_one_time() -> None:
    parsed = calendar(f"{TOP}10:30 a.m.\n\nBreak: Tea\n\nTutorial: Trees\n\nAda Quill · Bo Marsh\n\nTutorial: Roots\n")
    assert [record.title for record in sessions(parsed)] == ["Tea", "Trees", "Roots"]
    assert parsed.coverage == 1.0


def test_authors_below_an_entry() -> None:
    record = only(
        f"{TOP}10:30 a.m.\n\nOral Session 1 [10:30-12:00]\n\n[10:30] Trees\nAda Quill · Bo Marsh\n[10:45] B\n"
    )
    assert [slot.paper and slot.paper.authors for slot in record.slots] == [("Ada Quill", "Bo Marsh"), ()]


def test_text_that_is_part_of_no_event_is_a_problem() -> None:
    parsed = calendar(f"{TOP}10:30 a.m.\n\nBreak: Tea (ends 11:00 AM)\n\nBring your own cup\n")
    assert [record.title for record in sessions(parsed)] == ["Tea"]
    assert [(problem.line, problem.problem) for problem in parsed.problems] == [(9, "text that is part of no event")]


MARKED = """L157: cite36†Schedule cite48†Thu  cite49†Fri  L158:\x20
L159: Timezone: America/Sao_Paulo
L160:\x20
L165: THU 23 APR
L167: 10:30 a.m.
L168:\x20
L169: cite53†Oral Session 1A [10:30-12:00]  L170:\x20
L171: Oral s 10:30-11:40
L173: [10:30] Walks in L3: a Norm
L174: of Many
L175: [10:42] Trees L176: [10:54] Roots †example.org
L177: (ends 12:00 PM)
"""


def test_marks_of_a_text_browser_are_stripped() -> None:
    record = only(MARKED)
    assert [(slot.title, slot.line_start, slot.line_end) for slot in record.slots] == [
        ("Walks in L3: a Norm of Many", 9, 10),
        ("Trees", 11, 11),
        ("Roots", 11, 11),
    ]


MARKDOWN = """# ICLR 2026

Timezone: America/Sao_Paulo

### Thu 23 Apr

#### 10:30 a.m.

**[Oral Session 1A](/virtual/2026/session/10017) [10:30-12:00]**

Oral s 10:30-11:40

* [10:30] [Trees for *All*](/virtual/2026/oral/10008000)
* [10:42] [Roots](/virtual/2026/oral/10008001)

(ends 12:00 PM)
"""

HTML = """<!DOCTYPE html><html><body>
<div>Timezone: America/Sao_Paulo</div>
<div class="container2"><div class="hdrbox">Thu 23 Apr</div>
<div class="timebox"><div class="time">10:30 a.m.</div>
<div class="eventsession"><div class="sessiontitle"><a href="/virtual/2026/session/10017">Oral Session 1A
<span class="sessiontime">[10:30-12:00]</span></a></div>
<div>Oral <span>s</span> 10:30-11:40</div>
<div class="content">[10:30] <a href="/virtual/2026/oral/10008000">Trees for All</a></div>
<div class="content">[10:42] <a href="/virtual/2026/oral/10008001">Roots</a></div>
<span class="end-time">(ends 12:00 PM)</span></div></div></div>
</body></html>"""


@pytest.mark.parametrize("text", [MARKDOWN, HTML])
def test_markdown_and_html(text: str) -> None:
    parsed = calendar(text)
    (record,) = sessions(parsed)
    assert (record.title, clocks(record)) == ("Oral Session 1A", ["10:30", "10:42"])
    assert [(slot.title, slot.raw_kind) for slot in record.slots] == [("Trees for All", "Oral"), ("Roots", "Oral")]
    assert printed(record.slots[0]) == PrintedTime(3, 23, 4, None, time(10, 30), None, SAO_PAULO)
    assert parsed.problems == ()
    assert sniff(document(text)).confidence >= 0.5


def test_the_venue_and_the_year_a_page_states() -> None:
    record = only(f"URL Source: https://iclr.cc/virtual/2026/calendar\n\n{TOP}10:30 a.m.\n\nBreak: Tea\n")
    assert record.edition == StatedEdition("iclr", 2026)


def test_a_page_without_events_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="save the whole page"):
        calendar(TOP)


@pytest.mark.parametrize(
    ("text", "is_recognised"),
    [
        (f"{TOP}10:30 a.m.\n\nOral Session 1A [10:30-12:00]\n", True),
        ("Thu 23 Apr\n\nBreak (ends 10:00 AM)\n", True),
        (MARKED, True),
        (f"{TOP}Workshop: Trees Thu 23 Apr 10:30 a.m.\n\n[ Hall F ]\n", False),
        ("Session\n\nTrees\n\nAbstract:\n\nSat 23 Jul 7:00 - 7:20 PDT\n\nOral\nTrees [10:30-12:00]\n", False),
        ("Daily Papers\n\nAug 11\n\nTrees for All [1:1]\n\nWe plant.\n", False),
        ("THU 23 APR\n\nNothing [today]\n", False),
    ],
)
def test_sniff(text: str, is_recognised: bool) -> None:
    assert (sniff(document(text)).confidence >= 0.5) is is_recognised
