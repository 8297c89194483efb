"""Tables of papers: columns by name and content, schedules, every notation, and what is no table of papers."""

import json
from contextlib import closing
from pathlib import Path

import pytest

import programme
from programme.exceptions import ProgrammeError
from programme.loaders.documents import Document, MalformedDocument
from programme.loaders.formats import Parsed, describe, read, recognise
from programme.loaders.formats.tables.paper_table import sniff
from programme.loaders.records import Hints, Moments, PaperRecord, PrintedTime, SessionRecord, StatedEdition, StatedLink
from programme.loaders.store.database import open_database
from programme.loaders.store.facts import document_facts
from programme.loaders.store.kept import kept_document
from tests.formats.pages import document, sample

TABLES = Path(__file__).parents[3] / "shared" / "wild" / "tables"


def parsed(text: str, hints: Hints | None = None) -> Parsed:
    return read(document(text), "paper-table", *([hints] if hints else []))


def papers(found: Parsed) -> list[PaperRecord]:
    return [record for record in found.records if isinstance(record, PaperRecord)]


def sessions(found: Parsed) -> list[SessionRecord]:
    return [record for record in found.records if isinstance(record, SessionRecord)]


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
        ("Ada Quill [Moss, Fen]; Bo Marsh [Fen]", ("Ada Quill", "Bo Marsh"), ("Moss, Fen", "Fen")),
        ("Ada Quill <a@b.example>; Bo Marsh, Fen College", ("Ada Quill", "Bo Marsh"), (None, "Fen College")),
        ("Ada Quill - Moss; Bo Marsh - Fen", ("Ada Quill", "Bo Marsh"), ("Moss", "Fen")),
        ("Ada Quill, Fen College, Bo Marsh, MIT", ("Ada Quill", "Bo Marsh"), ("Fen College", "MIT")),
    ],
)
def test_authors(authors: str, names: tuple[str, ...], affiliations: tuple[str, ...]) -> None:
    paper = only(f'title,authors,url\nMoss,"{authors}",https://a.example\n')
    assert (paper.authors, paper.affiliations) == (names, affiliations)


@pytest.mark.parametrize(
    ("authors", "why"),
    [
        ("Quill, Ada, Marsh, Bo, Vane, Cy", "may be family names alone or be followed by given names"),
        ("Ada Quill, Fen College, Moor, Bo Marsh", "has institutions that cannot be told from names"),
    ],
)
def test_authors_that_cannot_be_told_are_a_problem(authors: str, why: str) -> None:
    found = parsed(f'title,authors,url\nMoss,"{authors}",https://a.example\n')
    assert papers(found)[0].authors == ()
    assert [one.problem.partition(";")[0] for one in found.problems] == [f"[0]: authors {why}"]


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
        json.dumps(rows[0]) + "\n" + json.dumps(rows[0] | {"title": "Fen", "pdf": None}) + "\n",
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
    found = parsed(head + rows)
    gardens, other = sessions(found)
    times = [slot.time for slot in gardens.slots if isinstance(slot.time, PrintedTime)]
    assert [(one.year, one.month, one.day, f"{one.starts:%H:%M}", f"{one.ends:%H:%M}") for one in times] == [
        (2024, 3, 18, "09:00", "10:30"),
        (2024, 3, 18, "12:00", "13:00"),
        (2024, 3, 18, "14:00", "15:30"),
    ]
    facts = document_facts(found, Hints(time_zone="Europe/Vienna"))
    assert facts.sessions[0].slots[0].starts_at == "2024-03-18T08:00:00Z"
    assert [(slot.title, slot.kind, slot.room, bool(slot.paper)) for slot in gardens.slots] == [
        ("Moss", "oral", "Hall", True),
        ("Lunch", "break", "Hall", False),
        ("Fen", "poster", "Barn", True),
    ]
    assert (gardens.room, other.title, other.kind) == (None, "Poster", "poster")


@pytest.mark.parametrize(
    ("head", "row", "day", "starts", "ends", "zone"),
    [
        ("date,start,end", "18/03/2024,9:00,10:30", (2024, 3, 18), "09:00", "10:30", None),
        ("date,start,end", "3/18/2024,9:00 am,1:30 pm", (2024, 3, 18), "09:00", "13:30", None),
        ("day,time", "18.3.2024,9.00-10.30", (2024, 3, 18), "09:00", "10:30", None),
        ("day,time", "Mon 18 March,0900 - 1030", (None, 3, 18), "09:00", "10:30", None),
        ("date,start,end", "2024-03-18 00:00:00,09:00:00,10:30:00", (2024, 3, 18), "09:00", "10:30", None),
        ("start,end", "18/03/2024 09:00,18/03/2024 10:30", (2024, 3, 18), "09:00", "10:30", None),
        ("date,time", '"Mon, 18/03/2024",9:00-10:30', (2024, 3, 18), "09:00", "10:30", None),
        ("start,end", "2024-03-18 09:00,2024-03-18 10:30", (2024, 3, 18), "09:00", "10:30", None),
        (
            "date,start,end,time zone",
            "2024-03-18,9:00,10:30,JST (UTC +9)",
            (2024, 3, 18),
            "09:00",
            "10:30",
            "Etc/GMT-9",
        ),
    ],
)
def test_days_and_times(
    head: str, row: str, day: tuple[int | None, int, int], starts: str, ends: str, zone: str | None
) -> None:
    (session,) = sessions(parsed(f"title,authors,{head}\nMoss,Ada Quill,{row}\n"))
    time = session.slots[0].time
    assert isinstance(time, PrintedTime)
    assert (time.year, time.month, time.day) == day
    assert (f"{time.starts:%H:%M}", f"{time.ends:%H:%M}", time.zone) == (starts, ends, zone)


def test_instants_of_a_table() -> None:
    (session,) = sessions(parsed("title,authors,start,end\nMoss,Ada Quill,2024-03-18T09:00Z,2024-03-18T10:00Z\n"))
    assert isinstance(session.slots[0].time, Moments)
    assert session.slots[0].time.ends_at == "2024-03-18T10:00:00Z"


def test_a_day_that_may_be_two_gives_no_time() -> None:
    text = "title,authors,date,start\nMoss,Ada Quill,3/4/2024,9:00\n"
    uncertain = "[0]: it is not certain which number is the day; write it like 2024-03-18; the slot has no time"
    assert [problem.problem for problem in parsed(text).problems] == [uncertain]
    (session,) = sessions(parsed(f"{text}Fen,Bo Marsh,5/4/2024,9:00\n"))[:1]
    assert isinstance(session.slots[0].time, PrintedTime)
    assert (session.slots[0].time.month, session.slots[0].time.day) == (4, 3)  # else the two are a month apart


def test_sessions_of_one_name_are_those_of_their_days() -> None:
    head = "title,authors,session,date,start,chair,track\n"
    rows = "Moss,Ada Quill,1A,18.3.2024,9:00,Di Wolf,Trees\n,,1A,19.3.2024,9:00,,\nFen,Bo Marsh,1A,2024-03-19,9:30,,\n"
    first, second = sessions(parsed(head + rows))
    assert (first.title, first.moderator_names, first.track) == ("Session 1A", ("Di Wolf",), "Trees")
    assert [slot.title for slot in second.slots] == ["Fen"]
    assert second.time is not None  # a row without a title is the heading of its session


def test_a_row_without_a_session_is_in_that_of_its_track_or_kind_or_alone() -> None:
    head = "title,authors,date,start,track,type\n"
    rows = [
        f"{title},{by},2024-03-18,9:00,{rest}\n"
        for title, by, rest in (
            ("Moss", "Ada Quill", "Trees,Oral"),
            ("Fen", "Bo Marsh", ",Poster"),
            ("Dune", "Cy Vane", ",Poster"),
            ("Opening", "", ",Remarks"),
        )
    ]
    found = [(one.title, one.kind, len(one.slots)) for one in sessions(parsed(head + "".join(rows)))]
    assert found == [("Trees", "oral", 1), ("Poster", "poster", 2), ("Opening", "other", 1)]


def test_what_many_papers_share_is_none_of_theirs() -> None:
    rows = "".join(f"Moss {n},Ada Quill,https://arxiv.org/abs/2103.00020,github.com/a/b\n" for n in "abc")
    found = papers(parsed(f"title,authors,url,code\n{rows}"))
    assert [(one.identifiers, one.links[0].role) for one in found] == [((), "other")] * 3


def test_a_conference_nobody_knows_is_said_once() -> None:
    found = parsed(
        "title,authors,venue,year,status\nMoss,A B; C D,Moss Days,2024,Accept\nFen,E F; G H,Moss Days,2024,Accept\n"
        "Dune,I J; K L,ICML 2022,,Accept\nElm,M N; O P,ICML,2022,Reject\nAsh,Q R; S T,ICML,,Accept\n"
    )
    assert [one.edition.year if one.edition else None for one in papers(found)] == [None, None, 2022, None, None]
    assert [problem.problem for problem in found.problems] == [
        "[0]: venue names no conference that is known; the edition is left open (rows: 2)",
        "[4]: venue names a conference without a year; the edition is left open",
    ]


def test_commas_in_texts_without_quotes() -> None:
    found = parsed(
        "id,title,authors,abstract\n"
        '1,Moss, Fen, and Dune,Ada Quill,"We say ""calm"", and rest."\n'
        '2,Elm, and Ash,Bo Marsh,"We "walk", slowly."\n'
    )
    assert [(one.title, one.abstract) for one in papers(found)] == [
        ("Moss, Fen, and Dune", 'We say "calm", and rest.'),
        ("Elm, and Ash", 'We "walk", slowly.'),
    ]
    assert found.coverage == 1.0


def test_columns_are_told_by_what_is_in_them_where_their_names_mislead() -> None:
    paper = only("paper,title,code,year,track\nhttps://arxiv.org/abs/2103.00020,Moss Walks,python,7,Trees\n")
    assert (paper.title, paper.identifiers, paper.links) == ("Moss Walks", (("arxiv", "2103.00020"),), ())
    note = parsed("title,authors,date,room\nMoss,Ada Quill,2024-03-18,Hall\n").problems[0].problem
    assert note == "columns that are not read: date, room; read are title as title; authors as authors"


def test_a_time_that_cannot_be_read_is_a_problem() -> None:
    found = parsed("title,authors,date,start\nFen,Bo Marsh,2024-03-18,9:00\nMoss,Ada Quill,2024-03-18,9:75\n")
    assert [problem.problem for problem in found.problems] == [
        "[1]: expected a day and a time, like 2024-03-18 and 14:00; the slot has no time"
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
        ("- title: CALM\n  link: https://arxiv.org/abs/2103.00020\n  deadline: 2031-01-01\n", "the column deadline"),
        ("title,author,isbn\nMoss,Ada Quill,1\n", "the column isbn"),
        ('[{"title": "Moss", "author": "Ada Quill", "url": "https://a.example"}]', "but no authors"),
    ],
)
def test_other_documents_are_not_recognised(text: str, reason: str) -> None:
    found = sniff(document(text))
    assert found.confidence < 0.5
    assert reason in found.reason


def test_a_table_without_a_title_is_refused() -> None:
    with pytest.raises(MalformedDocument, match="a table with the columns Day, Slot, none of which"):
        parsed("Day,Slot\n1,2\n")


def test_the_curator_says_what_columns_hold() -> None:
    page = document("Work,Who,Held in,title\nMoss,Ada Quill,Garden 4,7\n")
    hints = Hints(columns=(("authors", "who"), ("room", "Held in"), ("title", "Work")))
    found = read(page, hints=hints)
    (paper,) = papers(found)
    assert (found.format, paper.title, paper.authors) == ("paper-table", "Moss", ("Ada Quill",))
    assert describe(page, "paper-table", hints) == "Work as title; Who as authors"
    with pytest.raises(MalformedDocument, match="--column title=Wrok: no column has this name; the columns are Work,"):
        read(page, hints=Hints(columns=(("title", "Wrok"),)))


def test_columns_that_the_curator_gave_are_kept_with_the_document(tmp_path: Path) -> None:
    path, database = tmp_path / "moss.csv", tmp_path / "a.db"
    path.write_text("Work,Who\nMoss,Ada Quill\n")
    with programme.open(database, create=True) as db:
        assert [one.status for one in db.ingest(path)] == ["refused"]
        assert [one.status for one in db.ingest(path, column={"title": "Work", "authors": "Who"})] == ["loaded"]
        assert [one.status for one in db.ingest(path)] == ["unchanged"]
        assert db.sql("SELECT given_columns FROM documents").fetchall() == [('{"authors": "Who", "title": "Work"}',)]
        assert db.ingest(path, column={"title": "Who"})[0].records["papers"] == 1
        assert db.sql("SELECT title FROM papers").fetchall() == [("Ada Quill",)]
        with pytest.raises(ProgrammeError, match="'titel' is nothing that a column holds; did you mean title"):
            db.ingest(path, column={"titel": "Work"})
    with closing(open_database(database)) as connection:
        assert kept_document(connection, 1)[2].columns == (("title", "Who"),)


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
        ("neurips2023_oral.csv", 67, 0, 0),
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


def test_a_row_with_two_days_and_times_has_two_slots() -> None:
    header = "UID,track,title,authors,date1,time1,date2,time2,room"
    found = read(
        document(
            f"{header}\nA-1,Vision,Moss at Dawn,Ada Quill|Bo Marsh,4-Feb,16:45-18:30,6-Feb,08:45-10:30,D1\n"
            "A-2,Vision,Fen at Noon,Cy Fen|Dee Reed,4-Feb,16:45-18:30,,,D2\n"
        )
    )
    assert (found.format, found.problems) == ("paper-table", ())
    slots = [
        (one.title, slot.title, slot.time.day, slot.time.starts.hour, slot.room)
        for one in sessions(found)
        for slot in one.slots
        if isinstance(slot.time, PrintedTime)
    ]
    assert slots == [
        ("Vision", "Moss at Dawn", 4, 16, "D1"),
        ("Vision", "Fen at Noon", 4, 16, "D2"),
        ("Vision", "Moss at Dawn", 6, 8, "D1"),
    ]


def test_zotero() -> None:
    names = "Key,Item Type,Publication Year,Author,Title,Publication Title,ISBN,DOI,Url,Abstract Note,Date"
    header = f"{names},Place,Code,Session"
    proceedings = "Proceedings of the 41st International Conference on Machine Learning"
    abstract = "We walk through the moss, and count the forks until it is dark."
    found = read(
        document(
            f"{header}\n"
            f'A,conferencePaper,2024,"Quill, Ada; Marsh, Bo",Moss at Dawn,{proceedings},978-1-23,10.1234/moss.7,,'
            f"{abstract},2024-07-08,Vienna,,\n"
            'B,book,2020,"Fen, Cy",Bogs,,978-1-24,,,,2020,,,\n'
        )
    )
    (paper,) = found.records
    assert isinstance(paper, PaperRecord)
    assert (found.format, found.problems) == ("paper-table", ())
    assert (paper.title, paper.authors, paper.abstract) == ("Moss at Dawn", ("Quill, Ada", "Marsh, Bo"), abstract)
    assert (paper.identifiers, paper.edition) == ((("doi", "10.1234/moss.7"),), StatedEdition("icml", 2024))


@pytest.mark.parametrize(
    ("head", "rows", "starts"),
    [
        ("Date,Start (UTC),End (UTC)", ["2024-07-22,09:00,09:20"], ["2024-07-22T09:00:00Z"]),
        (
            "start_time_utc,end_time_utc",
            ["2024-07-22 23:50,2024-07-23 00:05", "2024-07-23 00:10,2024-07-23 00:30"],
            ["2024-07-22T23:50:00Z", "2024-07-23T00:10:00Z"],
        ),
        ("Day,Time (JST)", ["2024-07-22,09:00-09:20"], ["2024-07-22T00:00:00Z"]),
        ("Date (UTC),Start [GMT +2]", ["2024-07-22,09:00"], [None]),
    ],
)
def test_a_zone_in_the_name_of_a_column(head: str, rows: list[str], starts: list[str | None]) -> None:
    found = parsed(f"Title,Authors,Session,{head}\n" + "".join(f"Moss,Ada Quill,S1,{row}\n" for row in rows))
    (session,) = document_facts(found, Hints(time_zone="Europe/Vienna")).sessions
    assert [slot.starts_at for slot in session.slots] == starts
    zones = "[0]: the names of the columns state several time zones: UTC, GMT+2; the slot has no time"
    assert [one.problem for one in found.problems] == ([zones] if starts == [None] else [])


@pytest.mark.parametrize("authors", ["authors", "speakers"])
def test_a_schedule_is_the_same_in_every_notation(authors: str) -> None:
    rows = [
        {"title": title, authors: by, "session": "Morning", "day": "2024-07-22", "start": start, "end": "10:00"}
        for title, by, start in (("Moss", ["Ada Quill", "Bo Marsh"], "09:00"), ("Fen", ["Cy Vane"], "09:30"))
    ]
    lines = [f"  {name}: {json.dumps(value)}\n" for name, value in rows[0].items()]
    for text in (json.dumps(rows), "-" + "".join(lines)[1:]):
        found = read(document(text))
        (session,) = sessions(found)
        first = session.slots[0]
        assert (found.format, session.title, session.moderator_names) == ("paper-table", "Morning", ())
        assert first.paper is not None
        assert first.paper.authors == ("Ada Quill", "Bo Marsh")
        assert isinstance(first.time, PrintedTime)
        assert (first.time.month, first.time.day) == (7, 22)
        assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "described"),
    [
        (
            "Titel;Autoren;Datum;Beginn;Ende;Raum;Sitzung;Quellcode\n"
            "Moos;Ada Quill, Bo Marsh;22.07.2024;09:00;09:20;Saal A;Morgen;https://github.com/a/b\n",
            "Titel as title; Autoren as authors; Datum as date; Beginn as start; Ende as end; Raum as room;"
            " Sitzung as session; Quellcode as code",
        ),
        (
            "论文标题,作者,代码链接,会议,年份\nMoss,Ada Quill,https://github.com/a/b,ICML,2024\n",
            "论文标题 as title; 作者 as authors; 代码链接 as code; 会议 as venue; 年份 as year",
        ),
        (
            '{"name": "Moss", "author_list": ["Ada Quill"], "event_start": "2024-07-22T09:00Z", "session_name": "S"}\n',
            "name as title; author_list as authors; event_start as start; session_name as session",
        ),
    ],
)
def test_names_of_columns_in_other_words(text: str, described: str) -> None:
    page = document(text)
    assert recognise(page).NAME == "paper-table"
    assert describe(page, "paper-table") == described


def test_a_short_abstract_and_the_kind_in_a_venue() -> None:
    paper = only('title,authors,abstract,venue\nMoss,"Ada Quill, Bo Marsh",We draw.,ICLR 2024 oral\n')
    assert (paper.abstract, paper.edition, paper.raw_kind) == ("We draw.", StatedEdition("iclr", 2024), "oral")


def test_papers_nested_in_their_sessions() -> None:
    papers_of_oral = [
        {"title": "Moss", "authors": ["Ada Quill"], "time": "09:00-09:20"},
        {"title": "Fen", "authors": ["Bo Marsh"], "time": "09:20-09:40"},
    ]
    oral = {"name": "Oral 1", "date": "2024-07-22", "start": "09:00", "end": "10:00", "room": "Hall"}
    coffee = {"name": "Coffee", "date": "2024-07-22", "start": "10:00", "end": "10:20"}
    found = read(document(json.dumps({"sessions": [{**oral, "papers": papers_of_oral}, coffee]})))
    first, second = sessions(found)
    assert (found.format, found.problems) == ("paper-table", ())
    assert isinstance(first.time, PrintedTime)
    assert (first.title, first.room, f"{first.time.ends:%H:%M}") == ("Oral 1", "Hall", "10:00")
    slots = [
        (one.title, one.paper and one.paper.authors, one.room, one.time.day, f"{one.time.starts:%H:%M}")
        for one in (*first.slots, *second.slots)
        if isinstance(one.time, PrintedTime)
    ]
    assert slots == [
        ("Moss", ("Ada Quill",), "Hall", 22, "09:00"),
        ("Fen", ("Bo Marsh",), "Hall", 22, "09:20"),
        ("Coffee", None, None, 22, "10:00"),
    ]


def test_papers_without_times_in_a_session_at_a_time() -> None:
    inner = [{"title": "Moss", "authors": ["Ada Quill"]}, {"title": "Fen", "authors": ["Bo Marsh"]}]
    oral = {"session": "Oral Session 1", "start_time": "2023-05-01T10:00:00Z", "papers": inner}
    (session,) = sessions(parsed(json.dumps([oral])))
    assert isinstance(session.time, Moments)
    assert [(slot.title, slot.kind, slot.time) for slot in session.slots] == [
        ("Moss", "oral", None),
        ("Fen", "oral", None),
    ]


def test_objects_in_cells() -> None:
    first = {
        "title": "Moss",
        "authors": [{"name": "Ada Quill", "institutions": ["Fen College"]}, {"name": "Bo Marsh"}],
        "links": {"pdf": "https://arxiv.org/pdf/2401.01234", "code": "https://github.com/a/moss"},
    }
    second = {
        "title": "Fen",
        "authors": ["Ada Quill", "Bo Marsh"],
        "affiliations": {"Bo Marsh": "Dune University"},
        "repos": [
            {"url": "https://github.com/a/fen", "is_official": True},
            {"url": "https://github.com/b/fen", "is_official": False},
        ],
    }
    found = parsed(json.dumps([first, second]))
    moss, fen = papers(found)
    assert found.problems == ()
    assert (moss.affiliations, moss.identifiers) == (("Fen College", None), (("arxiv", "2401.01234"),))
    assert moss.links == (StatedLink("code", "https://github.com/a/moss", "own"),)
    assert fen.affiliations == (None, "Dune University")
    assert [(one.text[-5:], one.role) for one in fen.links] == [("a/fen", "own"), ("b/fen", "other")]


def test_lists_under_keys() -> None:
    text = "{}:\n- title: Moss\n  authors: Ada Quill, Bo Marsh\n{}:\n- title: Fen\n  authors: Cy Vane, Di Wolf\n"
    assert [one.title for one in sessions(parsed(text.format("Oral 1", "Oral 2")))] == ["Oral 1", "Oral 2"]
    (problem,) = parsed(text.format("Slow trees", "Fast trees")).problems
    assert problem.problem.startswith("columns that are not read: key of the list;")


@pytest.mark.parametrize(
    ("above", "edition", "problem"),
    [
        (
            "",
            "icml-2024",
            "the edition ICML 2024 is taken from the days 2024-07-22; give --venue and --year where it is",
        ),
        ("Programme of the Calm Robots Conference 2024,,,,\n", None, "names a conference of which no edition is known"),
        ("Programme of ICML 2024,,,,\n", "icml-2024", "text above the header of the table"),
    ],
)
def test_the_edition_of_a_schedule(above: str, edition: str | None, problem: str) -> None:
    found = parsed(f"{above}title,authors,session,date,start\nMoss,Ada Quill,Gardens,2024-07-22,9:00\n")
    facts = document_facts(found, Hints())
    assert [one.edition and one.edition.slug for one in facts.sessions] == [edition]
    assert any(one.problem.startswith(problem) for one in facts.problems)


def test_a_venue_nobody_knows_has_no_edition_by_its_days() -> None:
    found = parsed("title,authors,venue,session,date,start\nMoss,Ada Quill,Calm Days,Gardens,2024-07-22,9:00\n")
    assert [one.edition for one in document_facts(found, Hints()).sessions] == [None]
