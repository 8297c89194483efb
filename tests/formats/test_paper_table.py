"""Tables of papers: columns by name and content, schedules, every notation, and what is no table of papers."""

import json
from pathlib import Path

import pytest

from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, describe, read, recognise
from programme.loaders.formats.tables.paper_table import sniff
from programme.loaders.records import Hints, Moments, PaperRecord, PrintedTime, SessionRecord, StatedEdition, StatedLink
from tests.formats.pages import document, sample

TABLES = Path(__file__).parents[3] / "shared" / "wild" / "tables"


def parsed(text: str, hints: Hints | None = None) -> Parsed:
    return read(document(text), "paper-table", *([hints] if hints else []))


def papers(found: Parsed) -> list[PaperRecord]:
    return [record for record in found.records if isinstance(record, PaperRecord)]


def only(text: str) -> PaperRecord:
    (paper,) = papers(parsed(text))
    return paper


def test_columns_are_found_by_name_and_said_once() -> None:
    found = parsed(
        "Paper Title;Author Name(s);paperUrl;GitHub;Conference;Year;Stars\n"
        "Moss;Ada Quill, Bo Marsh;https://arxiv.org/abs/2103.00020;github.com/a/b;NIPS;2019;7\n"
    )
    assert papers(found) == [
        PaperRecord(
            *("Moss", 2, 2),
            authors=("Ada Quill", "Bo Marsh"),
            identifiers=(("arxiv", "2103.00020"),),
            links=(StatedLink("GitHub", "github.com/a/b", "own"),),
            edition=StatedEdition("neurips", 2019),
            path="[0]",
        )
    ]
    assert (found.problems, found.coverage) == ((), 1.0)


def test_columns_that_are_not_read_are_named_once_and_check_says_what_was_read() -> None:
    page = document("title,authors,Mood,keywords\nMoss,Ada Quill,calm,trees\nFen,Bo Marsh,wild,\n")
    (problem,) = read(page).problems
    assert problem.problem == "columns that are not read: Mood; read are title as title; authors as authors"
    assert describe(page, "paper-table") == "title as title; authors as authors"


def test_columns_are_found_by_what_is_in_them() -> None:
    rows = "".join(
        f"Growing Walks of Kind {n}\tAda Quill{'' if n else ', Bo Marsh'}, Cy Vane\thttps://github.com/a/b{n}\tcalm\n"
        for n in range(4)
    )
    paper = papers(parsed(f"what\twho\twhere\tmood\n{rows}"))[0]
    assert (paper.title, paper.authors) == ("Growing Walks of Kind 0", ("Ada Quill", "Bo Marsh", "Cy Vane"))
    assert paper.links == (StatedLink("where", "https://github.com/a/b0", "own"),)


@pytest.mark.parametrize(
    ("authors", "names", "affiliations"),
    [
        ("Ada Quill (Moss)*; Bo Marsh (Fen)", ("Ada Quill", "Bo Marsh"), ("Moss", "Fen")),
        ("Ada Quill | Bo Marsh", ("Ada Quill", "Bo Marsh"), ()),
        ("['Ada Quill', 'Bo Marsh']", ("Ada Quill", "Bo Marsh"), ()),
        ("Quill, Ada; Marsh, Bo", ("Quill, Ada", "Marsh, Bo"), ()),
        ("Ada Quill and Bo Marsh", ("Ada Quill", "Bo Marsh"), ()),
        ("Anonymous", (), ()),
    ],
)
def test_authors(authors: str, names: tuple[str, ...], affiliations: tuple[str, ...]) -> None:
    paper = only(f'title,authors,url\nMoss,"{authors}",https://a.example\n')
    assert (paper.authors, paper.affiliations) == (names, affiliations)


def test_authors_as_objects_and_affiliations_of_their_own() -> None:
    people = [{"name": "Ada Quill", "affiliation": "Moss", "email": "a@b.example"}, {"first": "Bo", "last": "Marsh"}]
    paper = only(json.dumps([{"title": "Moss", "authors": people}]))
    assert (paper.authors, paper.affiliations) == (("Ada Quill", "Bo Marsh"), ("Moss", None))
    paper = only("title,authors,affiliations\nMoss,Ada Quill; Bo Marsh,Moss; Fen\n")
    assert paper.affiliations == ("Moss", "Fen")


def test_every_notation_states_the_same() -> None:
    rows = [{"title": "Moss", "authors": "Ada Quill", "pdf": "https://arxiv.org/abs/2103.00020"}]
    texts = [
        json.dumps(rows),
        json.dumps({"papers": rows}),
        json.dumps({"p1": rows[0]}),
        json.dumps(rows[0]) + "\n" + json.dumps(rows[0] | {"title": "Fen"}) + "\n",
        "- title: Moss\n  authors: Ada Quill\n  pdf: https://arxiv.org/abs/2103.00020\n",
        "title\tauthors\tpdf\nMoss\tAda Quill\thttps://arxiv.org/abs/2103.00020\n",
    ]
    for text in texts:
        page = document(text)
        assert recognise(page).NAME == "paper-table"
        first = papers(read(page))[0]
        assert (first.title, first.authors, first.identifiers) == ("Moss", ("Ada Quill",), (("arxiv", "2103.00020"),))


def test_a_schedule_is_sessions_with_slots() -> None:
    head = "title,authors,session,date,start,end,room,type,time zone\n"
    rows = (
        "Moss,Ada Quill,Gardens,2024-03-18,9:00,10:30,Hall,Oral,\n"
        "Lunch,,Gardens,2024-03-18,12:00,13:00,Hall,,\n"
        "Fen,Bo Marsh,Gardens,2024-03-18,14:00,15:30,Barn,Poster,\n"
        "Dune,Cy Vane,,2024-03-19,9:00,,,Poster,\n"
    )
    found = parsed(head + rows, Hints(time_zone="Europe/Vienna"))
    gardens, other = (record for record in found.records if isinstance(record, SessionRecord))
    times = [slot.time.starts_at for slot in gardens.slots if isinstance(slot.time, Moments)]
    assert times == ["2024-03-18T08:00:00Z", "2024-03-18T11:00:00Z", "2024-03-18T13:00:00Z"]
    assert [(slot.title, slot.kind, slot.room, bool(slot.paper)) for slot in gardens.slots] == [
        ("Moss", "oral", "Hall", True),
        ("Lunch", "break", "Hall", False),
        ("Fen", "poster", "Barn", True),
    ]
    assert (gardens.room, other.title, other.kind) == (None, "Poster", "poster")
    (without_zone, *_) = (record for record in parsed(head + rows).records if isinstance(record, SessionRecord))
    assert isinstance(without_zone.slots[0].time, PrintedTime)


def test_a_time_that_cannot_be_read_is_a_problem() -> None:
    found = parsed("title,authors,date,start\nMoss,Ada Quill,Day 1,soon\n")
    assert [problem.problem for problem in found.problems] == [
        "[0]: expected a day and a time, like 2024-03-18 and 14:00; the slot has no time"
    ]


def test_a_row_without_a_title_is_lost_and_an_empty_one_is_nothing() -> None:
    found = parsed("title,authors,url\n,Ada Quill,x\n,,\nMoss,Bo Marsh,\n")
    assert [(one.problem, one.is_lost) for one in found.problems] == [("[0]: no title; this row is left out", True)]
    assert [paper.title for paper in papers(found)] == ["Moss"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "a table with the columns a, b, none of which is known to be a title"),
        ("title,mood\nMoss,calm\n", "a table with 'title' as the title, but no authors"),
        ('{"name": "moss", "version": "1.0", "author": "Ada Quill"}', "none of which is known to be a title"),
        ("Dear all, the room is small.\n", "none of which is known to be a title"),
        ("# Moss\n", "no table with names of columns"),
    ],
)
def test_other_documents_are_not_recognised(text: str, reason: str) -> None:
    found = sniff(document(text))
    assert found.confidence < 0.5
    assert reason in found.reason


def test_a_table_without_a_title_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="a table with the columns Day, Slot, none of which"):
        parsed("Day,Slot\n1,2\n")


def test_the_sample() -> None:
    found = read(sample("paper_table.csv"))
    gardens = [record for record in found.records if isinstance(record, SessionRecord)]
    assert (found.format, [len(one.slots) for one in gardens], found.problems) == ("paper-table", [1, 3], ())


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("name", "count", "with_authors", "with_code"),
    [
        ("ICLR-2023.csv", 4966, 0, 0),
        ("accepted_papers.yml", 299, 299, 0),
        ("cvpr2019_oral.csv", 288, 288, 0),
        ("neurips2023_oral.csv", 64, 0, 0),
        ("poster-papers.tsv", 286, 286, 0),
        ("zziz_pwc.csv", 1847, 0, 1847),
    ],
)
def test_real_tables(name: str, count: int, with_authors: int, with_code: int) -> None:
    path = TABLES / name
    found = read(Document.of(path.as_uri(), path.read_bytes()))
    slots = [slot for record in found.records if isinstance(record, SessionRecord) for slot in record.slots]
    every = papers(found) + [slot.paper for slot in slots if slot.paper]
    assert len(every) == count
    assert (sum(bool(one.authors) for one in every), sum(bool(one.links) for one in every)) == (with_authors, with_code)
    assert not any("@" in name for one in every for name in one.authors)
