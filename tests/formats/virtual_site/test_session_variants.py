"""The session pages of 2020 to 2026 in all variants: slots without times, with menus, as Markdown and as HTML."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import read
from programme.loaders.records import PaperRecord, SessionRecord, StatedEdition, StatedLink
from programme.loaders.text.links import find_links
from programme.loaders.text.times import parse_time
from tests.formats.pages import SAMPLES, document, sample, session
from tests.formats.virtual_site.page_variants import as_html, as_markdown

HEAD = "Session\n\nGraphs\n\nModerator: Ada Quill\n\nAbstract:\n\nChat is not available.\n\n"
TIME = "Tue 20 July 7:00 - 7:20 PDT\n\n"

PLAIN = [name for name in sorted(path.name for path in SAMPLES.glob("*.txt")) if "Session" in sample(name).lines]


def contents(page: Document) -> list[object]:
    """Return everything a page states, without line numbers."""
    parsed = read(page)
    assert (parsed.format, parsed.problems, parsed.coverage) == ("virtual-session", (), 1.0)
    (record,) = parsed.records
    assert isinstance(record, SessionRecord)
    found: list[object] = [record.title, record.room, record.moderator_names, record.abstract]
    for slot in record.slots:
        paper = slot.paper or PaperRecord("", 0, 0)
        abstract = " ".join((paper.abstract or "").split())
        links = [(link.kind, link.url) for link in find_links(abstract)]
        found += [(slot.kind, slot.raw_kind, slot.title, slot.time, slot.raw_time, slot.poster_number, slot.award)]
        found += [(paper.title, paper.authors, abstract, links)]
    return found


@pytest.mark.parametrize("save", [as_markdown, as_html])
@pytest.mark.parametrize("name", PLAIN)
def test_every_variant_states_the_same(name: str, save: Callable[[Document], Document]) -> None:
    assert contents(save(sample(name))) == contents(sample(name))


def test_a_page_of_posters_in_markdown() -> None:
    page = """
        [Skip to yearly menu bar][1] [Skip to main content][2]

        ### Session

        ## Session 4: Serving

        Moderator: Ada Quill

        Abstract:
        Chat is not available.

        #36
        Outstanding Paper Honorable Mention

        ##### **[Batches That Wait: Deadline-Aware Serving of Language
        ##### Models][33]**

        Bo Marsh ⋅ Cy Vane ⋅
        Dee Roe

        We serve 1.4$\\times$ more. *All* [code][34] is
        open.

        #W-1012

        ##### **[Trees][35]**

        Eve Hart

        We plant trees.

        Successful Page Load

        [1]: #child-menu
        [2]: #main
        [33]: /virtual/2025/poster/3253
        [34]: https://github.com/mossbank/batches
        [35]: /virtual/2025/poster/3254
        """
    record, parsed = session(textwrap.dedent(page).replace("\\\\", "\\"))
    assert (record.title, record.moderator_names) == ("Session 4: Serving", ("Ada Quill",))
    first, second = record.slots
    assert (first.poster_number, first.award, first.kind, first.time) == (
        "36",
        "Outstanding Paper Honorable Mention",
        "poster",
        None,
    )
    assert first.title == "Batches That Wait: Deadline-Aware Serving of Language Models"
    assert first.paper is not None
    assert first.paper.authors == ("Bo Marsh", "Cy Vane", "Dee Roe")
    assert first.paper.abstract == (
        "We serve 1.4$\\times$ more. All [code](https://github.com/mossbank/batches) is open."
    )
    assert (second.poster_number, second.award, second.title) == ("W-1012", None, "Trees")
    assert (parsed.coverage, parsed.problems) == (1.0, ())


@pytest.mark.parametrize(
    "body",
    [
        "#1\nTrees\n\nAda Quill · Bo Marsh\n\nWe plant trees.\n\n#2\nRoots\n\nCy Vane\n\nWe dig.\n",
        "Trees\n\nAda Quill · Bo Marsh\n\nWe plant trees.\n\nRoots\n\nCy Vane · Dee Roe\n",
        "Poster\nTrees\nAda Quill · Bo Marsh\nWe plant trees.\nPoster\nRoots\nCy Vane · Dee Roe\nWe dig.\n",
        "Best Paper\nTrees\nAda Quill · Bo Marsh\nWe plant trees.\nBest Paper Runner-Up\nRoots\nCy Vane · Dee Roe\n",
    ],
)
def test_slots_without_a_time(body: str) -> None:
    record, parsed = session(HEAD + body)
    assert [(slot.title, slot.time, slot.raw_time) for slot in record.slots] == [
        ("Trees", None, None),
        ("Roots", None, None),
    ]
    assert parsed.problems == ()


def test_slots_have_the_time_of_their_session() -> None:
    record, parsed = session(
        "Session\n\nPosters 1\n\nHall A\n\nWed 11 Dec 11 a.m. PST — 2 p.m. PST\n\nAbstract:\nChat is not available.\n\n"
        "#1000\nTrees\n\nAda Quill · Bo Marsh\n\n#1001\nRoots\n\nCy Vane · Dee Roe\n"
    )
    assert (record.time, record.raw_time) == (record.slots[0].time, "Wed 11 Dec 11 a.m. PST — 2 p.m. PST")
    assert [slot.time == parse_time("Wed 11 Dec 11 a.m. PST — 2 p.m. PST") for slot in record.slots] == [True, True]
    assert [(slot.poster_number, slot.raw_time) for slot in record.slots] == [
        ("1000", "Wed 11 Dec 11 a.m. PST — 2 p.m. PST"),
        ("1001", "Wed 11 Dec 11 a.m. PST — 2 p.m. PST"),
    ]
    assert parsed.problems == ()


def test_number_room_and_buttons_of_a_slot() -> None:
    found, parsed = session(
        f"{HEAD}{TIME}HALL A #2108\nPoster\nTrees\n\nAda Quill · Bo Marsh\n\n[ Abstract ] [ Slides] [ Paper PDF ]\n"
        "[[OpenReview](https://openreview.net/forum?id=Ms9dPqrvA4)]\n[Code](https://github.com/mossbank/trees)\n\n"
        "We plant trees.\n\n#7\nTue 20 July 7:20 - 7:40 PDT\n\nPoster\nRoots\n\n[ Room 314 - 315 ]\n\nCy Vane\n"
    )
    first, second = found.slots
    assert (first.room, first.poster_number, first.raw_kind) == ("HALL A", "2108", "Poster")
    assert first.paper is not None
    assert first.paper.identifiers == (("openreview", "Ms9dPqrvA4"),)
    assert first.paper.links == (StatedLink("code", "https://github.com/mossbank/trees", "own"),)
    assert first.paper.abstract == "We plant trees."
    assert (second.poster_number, second.room, second.title) == ("7", "Room 314 - 315", "Roots")
    assert second.time is not None
    assert parsed.problems == ()


def test_menus_above_and_the_footer_below_are_boilerplate() -> None:
    record, parsed = session(
        "Skip to main content\nMain Navigation\nICML\nHelp/FAQ\nMy Stuff\nLogin\nSelect Year: (2021)\n2022\n"
        f"Test of Time Award\nPapers\nA Menu Nobody Knows\nHelp\n{HEAD}{TIME}Oral\nTrees\n\nAda Quill · Bo Marsh\n\n"
        "We plant trees.\n\nSuccessful Page Load\nICML uses cookies for essential functions only. We do not sell it.\n"
        "The ICML Logo above may be used on presentations.\nUseful links\nContact\n1 Example Street\nEmail\n"
    )
    assert (parsed.problems, parsed.coverage) == ((), 1.0)
    assert record.edition == StatedEdition("icml", 2021)
    assert [slot.title for slot in record.slots] == ["Trees"]


def test_markdown_that_authors_wrote_stays_on_a_plain_page() -> None:
    abstract = "We *plant* **trees**, see [code](https://github.com/mossbank/trees) and x\\_1."
    record, _ = session(f"{HEAD}{TIME}Oral\nTrees\n\nAda Quill · Bo Marsh\n\n{abstract}\n")
    assert record.slots[0].paper is not None
    assert record.slots[0].paper.abstract == abstract


def test_a_page_in_capitals() -> None:
    page = document(HEAD.replace("Session", "SESSION") + TIME + "ORAL\nTrees\n\nAda Quill · Bo Marsh\n")
    (record,) = read(page).records
    assert isinstance(record, SessionRecord)
    assert [(slot.title, slot.kind, slot.raw_kind) for slot in record.slots] == [("Trees", "oral", "ORAL")]


def test_two_rooms_of_a_slot() -> None:
    record, parsed = session(f"{HEAD}{TIME}HALL A #2108\nPoster\n[ Room 314 ]\nTrees\n\nAda Quill · Bo Marsh\n")
    assert [(slot.room, slot.title) for slot in record.slots] == [("HALL A, Room 314", "Trees")]
    assert parsed.problems == ()


def test_saved_page() -> None:
    record, parsed = read(sample("icml2022_session_saved.html")).records[0], read(sample("icml2022_session_saved.html"))
    assert isinstance(record, SessionRecord)
    assert (record.title, record.room) == ("Poster Session 3: Deep & Shallow Learning", "Hall F")
    first, second = record.slots
    assert (first.poster_number, first.award, second.poster_number, second.award) == (
        *("812", None),
        *("813", "Outstanding Paper Runner-Up"),
    )
    assert first.paper is not None
    assert second.paper is not None
    assert "ratio $\\rho^\\star$ of" in str(first.paper.abstract)
    assert second.paper.authors == ("Ottoline Brask", "Ama Osei-Lund")
    assert second.paper.identifiers == (("openreview", "Ms9dPqrvA4"), ("pmlr", "v162/brask22a"))
    assert [link.url for link in find_links(str(second.paper.abstract))] == ["https://github.com/osei-lund/moss"]
    assert parsed.coverage == 1.0


@pytest.mark.parametrize("save", [as_markdown, as_html])
def test_a_damaged_page_is_refused_or_accounted_for(save: Callable[[Document], Document]) -> None:
    whole = save(sample("icml2022_contrastive_learning.txt")).content
    for cut in range(0, len(whole), 97):
        for content in (whole[:cut], whole[cut:], whole[:cut] + whole[cut + 5 :]):
            damaged = Document.of("file:///pages/page", content)
            try:
                parsed = read(damaged, "virtual-session")
            except MalformedDocument:
                continue
            named = {problem.line for problem in parsed.problems}
            assert parsed.line_count - parsed.claimed_line_count == len(named)


def test_real_page_of_posters(shared: Path) -> None:
    path = shared / "corpus" / "virtual_site_text" / "mlsys2025_session3155.txt"
    parsed = read(Document.of(path.as_uri(), path.read_bytes()))
    (record,) = parsed.records
    assert isinstance(record, SessionRecord)
    assert [slot.poster_number for slot in record.slots] == ["36", "37", "39", "55", "58"]
    assert [len(slot.paper.authors) for slot in record.slots if slot.paper] == [9, 8, 6, 8, 9]
    assert (parsed.coverage, parsed.problems) == (1.0, ())
