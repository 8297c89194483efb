"""The session page: its parts, its quirks, and the problems of lines that fit no part."""

import textwrap
from datetime import time

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import read
from programme.loaders.records import PaperRecord, PrintedTime, Problem, SessionRecord
from tests.formats.pages import document, sample, session

HEAD = "Session\n\nGraphs\n\nModerator: Ada Quill\n\nAbstract:\n\nChat is not available.\n\n"
TIME = "Tue 20 July 7:00 - 7:20 PDT\n\n"


def paper(slot: str) -> PaperRecord:
    """Return the paper of a page with this slot alone, all of whose lines are claimed."""
    record, parsed = session(HEAD + TIME + slot)
    assert parsed.problems == ()
    (only,) = record.slots
    assert only.paper is not None
    return only.paper


def problems(page: str) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.text) for problem in session(page)[1].problems]


def test_a_slot_with_all_its_parts() -> None:
    record, parsed = session(
        "Skip to yearly menu bar Skip to main content\n\n\n"
        "Session\n\nGraphs\n\nHall F\n\nModerator: Ada Quill\n\nAbstract:\n\nChat is not available.\n\n"
        "Tue 20 July 7:00 - 7:20 PDT\n\nOral\nTrees for All\n\nBo Marsh · Cy Vane\n\nWe plant trees.\n"
    )
    (slot,) = record.slots
    assert (record.title, record.room, record.moderators) == ("Graphs", "Hall F", "Ada Quill")
    assert (record.moderator_names, record.abstract, record.kind) == (("Ada Quill",), None, "other")
    assert (record.line_start, record.line_end) == (4, 12)
    assert (slot.kind, slot.raw_kind, slot.title, slot.position) == ("oral", "Oral", "Trees for All", 1)
    assert slot.time == PrintedTime(1, 20, 7, None, time(7, 0), time(7, 20), "America/Los_Angeles")
    assert (slot.raw_time, slot.time_line) == ("Tue 20 July 7:00 - 7:20 PDT", 16)
    assert (slot.line_start, slot.line_end) == (16, 23)
    assert slot.paper == PaperRecord(
        "Trees for All", 19, 23, "Bo Marsh · Cy Vane", ("Bo Marsh", "Cy Vane"), "We plant trees."
    )
    assert (parsed.line_count, parsed.claimed_line_count, parsed.problems) == (12, 12, ())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Moderator: Ada Quill", ("Ada Quill",)),
        ("Moderators: Ada Quill · Bo Marsh", ("Ada Quill", "Bo Marsh")),
        ("Moderators: Ada Quill ⋅ Bo Marsh", ("Ada Quill", "Bo Marsh")),
        ("Moderators: Ada Quill, Bo Marsh and Cy Vane", ("Ada Quill", "Bo Marsh", "Cy Vane")),
        ("Moderators: Ada Quill ·\nBo Marsh", ("Ada Quill", "Bo Marsh")),
        ("Moderator:", ()),
    ],
)
def test_moderators(line: str, names: tuple[str, ...]) -> None:
    record, parsed = session(f"Session\n\nGraphs\n\n{line}\n\nAbstract:\n\nChat is not available.\n")
    assert record.moderator_names == names
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("printed", "abstract"),
    [
        ("Abstract:", None),
        ("Abstract: All of it.", "All of it."),
        ("Abstract:\nAll of\nit.", "All of it."),
        ("Abstract: One.\n\nTwo.", "One.\n\nTwo."),
    ],
)
def test_abstract_of_a_session(printed: str, abstract: str | None) -> None:
    record, parsed = session(f"Session\n\nGraphs\n\n{printed}\n\nChat is not available.\n\n{TIME}Break\nBreak\n")
    assert (record.abstract, parsed.problems) == (abstract, ())


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Ada Quill", ("Ada Quill",)),
        ("Ada Quill · Bo Marsh ·", ("Ada Quill", "Bo Marsh")),
        ("Ada Quill ⋅ Bo Marsh ⋅\nCy Vane", ("Ada Quill", "Bo Marsh", "Cy Vane")),
        ("Ada Quill ⋅ Bo\nMarsh ⋅ Cy Vane", ("Ada Quill", "Bo Marsh", "Cy Vane")),
        ("Ada Quill ⋅ Bo Marsh ⋅ Cy\nVane", ("Ada Quill", "Bo Marsh", "Cy Vane")),
        ("Ada Quill\n⋅ Bo Marsh", ("Ada Quill", "Bo Marsh")),
    ],
)
def test_bylines(byline: str, authors: tuple[str, ...]) -> None:
    assert paper(f"Oral\nTrees\n\n{byline}\n\nWe plant trees.\n").authors == authors


def test_abstract_of_two_wrapped_paragraphs() -> None:
    found = paper("Oral\nTrees\n\nAda Quill\n\nWe plant\ntrees.\n\nThey\ngrow.\n")
    assert found.abstract == "We plant trees.\n\nThey grow."


def test_missing_byline_and_missing_abstract() -> None:
    assert paper("Oral\nTrees\n\nWe plant trees.\n").byline is None
    assert paper("Oral\nTrees\n\nAda Quill · Bo Marsh\n").abstract is None
    assert paper("Oral\nTrees\n").line_end == 14


def test_product_dot_in_an_abstract_is_no_byline() -> None:
    abstract = "We bound the product a · b for all matrices that have a low rank and whose entries are bounded by one."
    assert paper(f"Oral\nTrees\n\n{abstract}\n").abstract == abstract


def test_wrapped_title_that_ends_like_a_name() -> None:
    found = paper("Oral\nScaling Laws for Neural\nLanguage Models\n\nAda Quill\n\nWe plant trees.\n")
    assert (found.title, found.authors) == ("Scaling Laws for Neural Language Models", ("Ada Quill",))


@pytest.mark.parametrize(
    ("printed", "kind", "has_paper"),
    [
        ("Spotlight", "spotlight", True),
        ("Poster", "poster", True),
        ("Q&A", "qa", False),
        ("Live Q&A", "qa", False),
        ("Invited Talk", "keynote", True),
        ("Coffee Break", "break", False),
        ("Tutorial", "tutorial", True),
        ("Affinity", "social", True),
        ("Contributed talk", "oral", True),
        ("Test Of Time", "other", True),
        ("Fishbowl", "other", True),
    ],
)
def test_kinds(printed: str, kind: str, has_paper: bool) -> None:
    record, parsed = session(f"{HEAD}{TIME}{printed}\nThe Title\n")
    (slot,) = record.slots
    assert (slot.kind, slot.raw_kind, slot.title, slot.paper is not None) == (kind, printed, "The Title", has_paper)
    assert parsed.problems == ()


def test_slot_without_a_kind() -> None:
    record, _ = session(f"{HEAD}{TIME}Trees for All\n\nBo Marsh · Cy Vane\n\nWe plant trees.\n")
    (slot,) = record.slots
    assert (slot.raw_kind, slot.kind, slot.title) == (None, "other", "Trees for All")


def test_break_without_a_title_has_its_kind_as_title() -> None:
    record, _ = session(f"{HEAD}{TIME}Coffee Break\n")
    assert record.slots[0].title == "Coffee Break"


def test_text_below_a_break_is_a_problem() -> None:
    assert problems(f"{HEAD}{TIME}Break\nBreak\n\nAda Quill · Bo Marsh\n") == [(16, "Ada Quill · Bo Marsh")]


@pytest.mark.parametrize(("rest", "lost"), [("", 1), ("Oral\n", 2), ("Oral\n\nBo Marsh · Cy Vane\n", 3)])
def test_slot_without_a_title_is_left_out_and_reported(rest: str, lost: int) -> None:
    record, parsed = session(f"{HEAD}{TIME}Oral\nTrees\n\n{TIME}{rest}")
    assert [slot.title for slot in record.slots] == ["Trees"]
    assert parsed.problems[0] == Problem(
        16, "Tue 20 July 7:00 - 7:20 PDT", "a slot without a title; the page may be cut off here, so save it again"
    )
    assert parsed.line_count - parsed.claimed_line_count == len(parsed.problems) == lost


def test_slot_with_an_unreadable_time_is_kept_and_the_line_reported() -> None:
    record, parsed = session(f"{HEAD}Tue 20 July 7:00 - 25:61 PDT\n\nOral\nTrees\n")
    (slot,) = record.slots
    assert (slot.time, slot.raw_time, slot.title) == (None, "Tue 20 July 7:00 - 25:61 PDT", "Trees")
    assert [problem.line for problem in parsed.problems] == [11]


def test_unknown_line_of_a_heading_is_a_problem_inside_the_heading() -> None:
    record, parsed = session("Session\n\nGraphs\n\nHall F\n\nBring a friend\n\nAbstract:\n\n" + TIME + "Break\nBreak\n")
    assert (record.room, record.line_end) == ("Hall F", 9)
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(7, "Bring a friend")]
    assert (parsed.line_count, parsed.claimed_line_count) == (8, 7)


def test_lines_around_the_session_are_problems() -> None:
    assert problems(f"Hello\n\n{HEAD}Stray\n\n{TIME}Break\nBreak\n") == [(1, "Hello"), (13, "Stray")]


def test_two_pages_in_one_document() -> None:
    parsed = read(document(f"{HEAD}{TIME}Oral\nTrees\n\n{HEAD}{TIME}Oral\nRoots\n"))
    titles = [[slot.title for slot in record.slots] for record in parsed.records if isinstance(record, SessionRecord)]
    assert (titles, parsed.problems) == ([["Trees"], ["Roots"]], ())


def test_page_without_a_heading_or_title_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="no line 'Session'"):
        read(document(f"{TIME}Oral\nTrees\n"), "virtual-session")
    with pytest.raises(MalformedDocument, match=r"page.txt, line 3: no title below 'Session'"):
        read(document("Skip to main content\n\nSession\n"), "virtual-session")


def facts(page: Document) -> list[tuple[str, str, tuple[str, ...], str]]:
    (record,) = read(page).records
    assert isinstance(record, SessionRecord)
    papers = [slot.paper or PaperRecord(slot.title, 0, 0) for slot in record.slots]
    return [(record.title, paper.title, paper.authors, " ".join((paper.abstract or "").split())) for paper in papers]


@pytest.mark.parametrize("name", ["icml2021_optimization_theory.txt", "neurips2023_language_models.txt"])
def test_layout_does_not_matter(name: str) -> None:
    page = sample(name)
    lines = page.text.split("\n")
    solid = "\n".join(line for line in lines if line)
    wrapped = "\n".join(textwrap.fill(line, 80, break_on_hyphens=False) for line in lines)
    windows = page.text.replace("\n", "\r\n")
    assert facts(document(solid)) == facts(document(wrapped)) == facts(document(windows)) == facts(page)


@pytest.mark.parametrize(
    ("name", "room", "moderators", "slots", "papers", "authors", "abstracts"),
    [
        ("icml2021_graph_learning.txt", None, 2, 6, 5, 14, 5),
        ("icml2021_optimization_theory.txt", None, 1, 6, 5, 11, 4),
        ("icml2022_contrastive_learning.txt", "Ballroom 1 & 2", 1, 6, 6, 17, 6),
        ("icml2022_poster_session.txt", "Hall E", 0, 5, 5, 14, 5),
        ("icml2022_vision_and_language.txt", "Room 307", 1, 6, 5, 11, 5),
        ("neurips2023_invited_talk_and_panel.txt", "Hall F", 2, 5, 4, 5, 3),
        ("neurips2023_language_models.txt", "Hall C2 (level 1 gate 9 south of food court)", 2, 5, 4, 16, 4),
        ("neurips2023_reinforcement_learning.txt", "Room R06-R09 (level 2)", 1, 4, 4, 8, 4),
        ("workshop_systems_unknown_edition.txt", None, 1, 3, 2, 3, 2),
        ("icml2022_session_saved.html", "Hall F", 1, 2, 2, 4, 2),
        ("mlsys2025_session.txt", None, 1, 3, 3, 9, 2),
    ],
)
def test_samples(
    name: str, room: str | None, moderators: int, slots: int, papers: int, authors: int, abstracts: int
) -> None:
    (record,) = read(sample(name)).records
    assert isinstance(record, SessionRecord)
    found = [slot.paper for slot in record.slots if slot.paper]
    assert (record.room, len(record.moderator_names)) == (room, moderators)
    assert (len(record.slots), len(found)) == (slots, papers)
    assert sum(len(paper.authors) for paper in found) == authors
    assert sum(paper.abstract is not None for paper in found) == abstracts


def test_a_time_line_without_a_weekday_begins_a_slot_without_a_time() -> None:
    page = """
        Session
        Deep One
        Abstract:
        Tue 20 July 7:00 - 7:20 PDT
        Oral
        Walks at Dawn
        Ada Quill · Bo Renn
        We walk at dawn and count the steps that it takes us.
        July 20 7:25 - 7:30 PDT
        Oral
        Walks at Dusk
        Eve Hart · Fay Moss
        """
    record, parsed = session(textwrap.dedent(page))
    assert [(slot.title, slot.time is None) for slot in record.slots] == [
        ("Walks at Dawn", False),
        ("Walks at Dusk", True),
    ]
    assert [(problem.line, problem.text) for problem in parsed.problems] == [(10, "July 20 7:25 - 7:30 PDT")]


def test_the_word_session_alone_in_an_abstract_begins_no_session() -> None:
    page = """
        Session
        Deep One
        Abstract:
        Tue 20 July 7:00 - 7:20 PDT
        Oral
        Walks at Dawn
        Ada Quill · Bo Renn
        We walk at dawn and count the steps that it takes us.

        Session

        Walks are counted in what we call one.
        """
    record, _ = session(textwrap.dedent(page))
    assert record.slots[0].paper is not None
    assert str(record.slots[0].paper.abstract).endswith("one.")
