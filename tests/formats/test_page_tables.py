"""Tables in pages, HTML or Markdown: schedules and lists of accepted papers."""

import pytest

from programme.loaders.formats import Parsed, read, recognise
from programme.loaders.records import PaperRecord, PrintedTime, SessionRecord, StatedEdition, StatedLink
from tests.formats.pages import document

HTML = """<!DOCTYPE html><html><head><title>ICML 2024 Schedule</title></head><body><h1>Schedule</h1>
<h2>Tuesday, July 23, 2024</h2>
<table><tr><th>Time</th><th>Session</th><th>Room</th><th>Title</th><th>Authors</th></tr><tr>
<td rowspan="2">9:30 AM - 10:30 AM</td><td rowspan="2">Oral 1A</td><td rowspan="2">Hall A</td>
<td><a href="https://arxiv.org/abs/2404.05678">Walks on Moss</a></td>
<td>Ada Quill<br>Bo Marsh</td></tr>
<tr><td>Walks on Fen</td><td>Cy Vane, Di Wolf</td></tr>
<tr><td>10:30 AM - 11:00 AM</td><td>Coffee Break</td><td>Foyer</td><td colspan="2">Coffee Break</td></tr>
</table></body></html>
"""
MARKDOWN = """# ICML 2024 Schedule

## Tuesday, July 23, 2024

| Time | Session | Room | Title | Authors |
|------|---------|------|-------|---------|
| 9:30 AM - 10:30 AM | Oral 1A | Hall A | [Walks on Moss](https://arxiv.org/abs/2404.05678) | Ada Quill, Bo Marsh |
| 9:30 AM - 10:30 AM | Oral 1A | Hall A | Walks on Fen | Cy Vane, Di Wolf |
| 10:30 AM - 11:00 AM | Coffee Break | Foyer | **Coffee Break** | |
"""


def records(text: str) -> Parsed:
    page = document(text)
    assert recognise(page).NAME == "paper-table"
    return read(page)


@pytest.mark.parametrize("page", [HTML, MARKDOWN])
def test_a_schedule(page: str) -> None:
    oral, coffee = [one for one in records(page).records if isinstance(one, SessionRecord)]
    assert (oral.title, oral.kind, oral.room, oral.edition) == (
        "Oral 1A",
        "oral",
        "Hall A",
        StatedEdition("icml", 2024),
    )
    assert [(slot.title, slot.paper and slot.paper.authors) for slot in oral.slots + coffee.slots] == [
        ("Walks on Moss", ("Ada Quill", "Bo Marsh")),
        ("Walks on Fen", ("Cy Vane", "Di Wolf")),
        ("Coffee Break", None),
    ]
    time = oral.slots[1].time
    assert isinstance(time, PrintedTime)
    assert (time.day, time.month, f"{time.starts:%H:%M}") == (23, 7, "09:30")
    assert oral.slots[0].paper
    assert oral.slots[0].paper.identifiers == (("arxiv", "2404.05678"),)


def test_lines_of_rows() -> None:
    (oral, _) = [one for one in records(MARKDOWN).records if isinstance(one, SessionRecord)]
    assert [slot.line_start for slot in oral.slots] == [7, 8]


def test_accepted_papers_with_labelled_links() -> None:
    page = (
        "<html><head><title>Accepted papers - ICML 2024</title></head><body><table><tr><td>navigation</td></tr></table>"
        "<table><thead><tr><th>#</th><th>Paper</th><th>Authors</th><th>Links</th></tr></thead><tbody>"
        "<tr><td>1</td><td>Walks on Moss</td><td>Ada Quill (Fen College); Bo Marsh (Dune)</td>"
        "<td><a href='https://arxiv.org/abs/2404.05678'>pdf</a> <a href='https://github.com/a/b'>Code</a></td></tr>"
        "</tbody></table></body></html>"
    )
    found = records(page)
    (paper,) = [one for one in found.records if isinstance(one, PaperRecord)]
    assert (paper.title, paper.authors, paper.affiliations) == (
        "Walks on Moss",
        ("Ada Quill", "Bo Marsh"),
        ("Fen College", "Dune"),
    )
    assert (paper.identifiers, paper.edition) == ((("arxiv", "2404.05678"),), StatedEdition("icml", 2024))
    assert paper.links == (StatedLink("Code", "https://github.com/a/b", "own"),)
    assert [one.text for one in found.problems] == ["navigation"]


def test_rows_that_span_a_table_say_the_day_or_the_session() -> None:
    page = (
        "<html><body><h1>Programme</h1><table><tr><th>Time</th><th>Title</th><th>Authors</th></tr>"
        "<tr><td colspan=3>Monday, 22 July 2024</td></tr><tr><td colspan=3>Vision</td></tr>"
        "<tr><td>9:00 - 9:20</td><td>Walks on Moss</td><td>Ada Quill, Bo Marsh</td></tr></table></body></html>"
    )
    (session,) = [one for one in records(page).records if isinstance(one, SessionRecord)]
    time = session.slots[0].time
    assert isinstance(time, PrintedTime)
    assert (session.title, time.day, time.year) == ("Vision", 22, 2024)


@pytest.mark.parametrize("frame", ["<table><tr><td>{}</td></tr></table>", "<div>{}</div>"])
def test_other_pages_are_not_recognised(frame: str) -> None:
    prices = "<table><tr><th>Name</th><th>Price</th></tr><tr><td>Student</td><td>100</td></tr></table>"
    with pytest.raises(Exception, match="not recognised"):
        records(f"<html><body>{frame.format(prices)}</body></html>")
