"""What a subscriber of a calendar sees while a programme changes: three captures of one page, through a real parser."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import icalendar

from programme.export.calendar_text import calendar
from programme.export.calendars import Slot, events_of
from programme.export.text_files import write_calendar
from programme.loaders.documents import Document
from programme.loaders.store.database import open_database
from programme.loaders.store.ingest import ingest
from tests.pages import Talk, session_page

RAKES = Talk("Careful Rakes", "Ada Quill", time="Tue 20 July 7:00 - 7:20 PDT")
LEAVES = Talk("Old Leaves", "Cy Lund", time="Tue 20 July 7:20 - 7:40 PDT")
QUESTIONS = Talk("Q&A", time="Tue 20 July 7:40 - 7:50 PDT", kind="Q&A")
LATER = Talk("Old Leaves", "Cy Lund", time="Tue 20 July 8:20 - 8:40 PDT")
RENAMED = Talk("Older Leaves", "Cy Lund", time="Tue 20 July 8:20 - 8:40 PDT")

MORNING = session_page("Gardens", [RAKES, LEAVES, QUESTIONS], room="Hall F")
NOON = session_page("Gardens", [RAKES, QUESTIONS, LATER], room="Hall F")
EVENING = session_page("Gardens", [QUESTIONS, RENAMED], room="Hall G")


class Seen(NamedTuple):
    """An event as a calendar shows it."""

    title: str
    start: str
    room: str
    sequence: int
    is_cancelled: bool


def capture(database: Path, content: bytes, hour: int) -> dict[str, Seen]:
    """Ingest the page as captured at an hour, and return the events of the calendar by UID."""
    connection = open_database(database, create=True)
    captured_at = datetime(2021, 7, 19, hour, tzinfo=UTC)
    list(ingest(connection, [Document.of("test:gardens", content, captured_at=captured_at, basis="given")]))
    connection.close()
    file = database.with_name("programme.ics")
    write_calendar(str(database), file, "icml-2021", replace=True)
    parsed = icalendar.Calendar.from_ical(file.read_bytes())
    assert isinstance(parsed, icalendar.Calendar)
    assert all(not component.errors for component in parsed.walk())
    return {
        str(event["UID"]): Seen(
            str(event["SUMMARY"]),
            f"{datetime.fromisoformat(event.start.isoformat()).astimezone(UTC):%H:%M}",
            str(event.get("LOCATION", "")),
            int(event.get("SEQUENCE", 0)),
            str(event.get("STATUS")) == "CANCELLED",
        )
        for event in parsed.events
    }


def test_a_subscriber_follows_three_captures_of_a_day(tmp_path: Path) -> None:
    database = tmp_path / "programme.db"
    morning = capture(database, MORNING, 8)
    rakes, leaves, questions = morning
    assert list(morning.values()) == [
        Seen("Careful Rakes", "14:00", "Hall F", 0, False),
        Seen("Old Leaves", "14:20", "Hall F", 0, False),
        Seen("Q&A", "14:40", "Hall F", 0, False),
    ]
    assert capture(database, NOON, 12) == {
        rakes: Seen("Careful Rakes", "14:00", "Hall F", 1, False),
        leaves: Seen("Old Leaves", "15:20", "Hall F", 1, False),
        questions: Seen("Q&A", "14:40", "Hall F", 1, False),
    }
    evening = {
        rakes: Seen("Careful Rakes", "14:00", "Hall F", 2, True),
        leaves: Seen("Older Leaves", "15:20", "Hall G", 2, False),
        questions: Seen("Q&A", "14:40", "Hall G", 2, False),
    }
    assert capture(database, EVENING, 18) == evening


def test_a_talk_in_another_session_keeps_its_uid_and_never_counts_less(tmp_path: Path) -> None:
    """The session it leaves has changed before, the one it comes to has not."""
    database = tmp_path / "programme.db"
    parks = session_page("Parks", [LATER])
    (rakes, leaves) = capture(database, session_page("Gardens", [RAKES]) + b"\n\n" + parks, 8)
    capture(database, session_page("Gardens", [RAKES], room="Hall F") + b"\n\n" + parks, 9)
    third = capture(database, session_page("Gardens", [RAKES], room="Hall G") + b"\n\n" + parks, 10)
    assert (third[rakes].sequence, third[leaves].sequence) == (2, 0)
    moved = capture(
        database, session_page("Gardens", [QUESTIONS]) + b"\n\n" + session_page("Parks", [RAKES, LATER]), 11
    )
    assert (moved[rakes].title, moved[rakes].is_cancelled) == ("Careful Rakes", False)
    assert moved[rakes].sequence > 2


def test_a_session_that_moves_there_and_back_keeps_the_uids_of_its_talks(tmp_path: Path) -> None:
    database = tmp_path / "programme.db"
    early, late = session_page("Gardens", [QUESTIONS]), session_page("Gardens", [replace(QUESTIONS, time=LATER.time)])
    (uid,) = capture(database, early, 8)
    assert capture(database, late, 9) == {uid: Seen("Q&A", "15:20", "", 1, False)}
    assert capture(database, early + b"\n", 10) == {uid: Seen("Q&A", "14:40", "", 2, False)}


def test_a_talk_that_comes_back_is_no_longer_cancelled(tmp_path: Path) -> None:
    database = tmp_path / "programme.db"
    capture(database, MORNING, 8)
    without = capture(database, session_page("Gardens", [LEAVES, QUESTIONS]), 9)
    assert [seen.title for seen in without.values() if seen.is_cancelled] == ["Careful Rakes"]
    again = capture(database, session_page("Gardens", [RAKES, LEAVES, QUESTIONS]), 10)
    assert again.keys() == without.keys()
    assert not any(seen.is_cancelled for seen in again.values())
    assert all(again[uid].sequence >= seen.sequence for uid, seen in without.items())


def test_a_session_without_talks_stays_as_cancelled(tmp_path: Path) -> None:
    database = tmp_path / "programme.db"
    posters = session_page("Posters", [replace(RAKES, kind="Poster")])
    talks = session_page("Gardens", [LEAVES])
    before = capture(database, posters + b"\n\n" + talks, 8)
    after = capture(database, talks, 9)
    assert after.keys() == before.keys()
    assert [seen.title for seen in after.values() if seen.is_cancelled] == ["Posters"]


def test_what_a_correction_cancels_is_cancelled() -> None:
    times = ("2022-07-21T19:30:00Z", "2022-07-21T21:00:00Z")
    slot = Slot("5e55", "Gardens", "oral", *times, "ICML 2022", None, None, None, 1, "oral", "Rakes", *times)
    text = "".join(calendar("ICML 2022", events_of([slot._replace(is_cancelled=True)])))
    assert "STATUS:CANCELLED\r\n" in text
    assert "CANCELLED" not in "".join(calendar("ICML 2022", events_of([slot])))
