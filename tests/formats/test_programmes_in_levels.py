"""Programmes in levels, as conference systems export them: pretalx, Indico, sched, JSON-LD, days of talks."""

import json
from typing import Any

from programme.loaders.formats import read, recognise
from programme.loaders.records import Moments, PaperRecord, PrintedTime, SessionRecord, SlotRecord, StatedEdition
from tests.formats.pages import document


def sessions(page: Any) -> list[SessionRecord]:
    text = document(page if isinstance(page, str) else json.dumps(page))
    assert recognise(text).NAME == "paper-table"
    return [one for one in read(text).records if isinstance(one, SessionRecord)]


def stated(slot: SlotRecord) -> tuple[str, str, str, tuple[str, ...]]:
    return slot.title, slot.kind, clocks(slot.time), slot.paper.authors if slot.paper else ()


def clocks(time: PrintedTime | Moments | None) -> str:
    if isinstance(time, Moments):
        return f"{time.starts_at} - {time.ends_at}"
    return f"{time.day} {time.starts:%H:%M} - {time.ends:%H:%M}" if time and time.ends else ""


def test_days_with_sessions_with_talks() -> None:
    talks = [
        {"title": "Walks on Moss", "speakers": ["Ada Quill", "Bo Marsh"], "start": "10:00", "end": "10:20"},
        {"title": "Walks on Fen", "speakers": ["Cy Vane"], "start": "10:20", "end": "10:40"},
    ]
    oral = {"title": "Oral Session 1", "room": "Hall C", "start": "10:00", "end": "11:00", "talks": talks}
    coffee = {"title": "Coffee break", "start": "11:00", "end": "11:30"}
    keynote = {"title": "Keynote: Moss", "start": "9:00", "end": "10:00", "speakers": ["Di Wolf"]}
    days = [{"date": "2023-05-01", "sessions": [oral, coffee]}, {"date": "2023-05-02", "sessions": [keynote]}]
    found = sessions({"conference": "ICLR 2023", "days": days})
    assert [(one.title, one.kind, clocks(one.time), one.edition) for one in found] == [
        ("Oral Session 1", "oral", "1 10:00 - 11:00", StatedEdition("iclr", 2023)),
        ("Coffee break", "break", "", StatedEdition("iclr", 2023)),
        ("Keynote: Moss", "keynote", "", StatedEdition("iclr", 2023)),
    ]
    assert [stated(slot) for one in found for slot in one.slots] == [
        ("Walks on Moss", "oral", "1 10:00 - 10:20", ("Ada Quill", "Bo Marsh")),
        ("Walks on Fen", "oral", "1 10:20 - 10:40", ("Cy Vane",)),
        ("Coffee break", "break", "1 11:00 - 11:30", ()),
        ("Keynote: Moss", "keynote", "2 09:00 - 10:00", ("Di Wolf",)),
    ]


def test_pretalx() -> None:
    talk = {
        "id": 1, "date": "2024-06-03T09:00:00+02:00", "start": "09:00", "duration": "00:30", "room": "Room A",
        "title": "Walks on Moss", "track": "Walking", "type": "Talk", "persons": [{"public_name": "Ada Quill"}],
    }  # fmt: skip
    day = {"index": 1, "date": "2024-06-03", "rooms": {"Room A": [talk]}}
    conference = {"acronym": "icml-2024", "title": "ICML 2024", "rooms": [{"name": "Room A"}], "days": [day]}
    (session,) = sessions({"generator": {"name": "pretalx"}, "schedule": {"version": "1", "conference": conference}})
    assert (session.title, session.room, session.edition) == ("Walking", "Room A", StatedEdition("icml", 2024))
    assert [stated(slot) for slot in session.slots] == [
        ("Walks on Moss", "oral", "2024-06-03T07:00:00Z - 2024-06-03T07:30:00Z", ("Ada Quill",))
    ]


def test_indico() -> None:
    def moment(time: str) -> dict[str, str]:
        return {"date": "2024-07-23", "time": time, "tz": "Europe/Vienna"}

    contribution = {
        "_type": "Contribution", "title": "Walks on Moss",
        "startDate": moment("11:00:00"), "endDate": moment("11:20:00"),
        "session": "Track 2", "type": "Oral",
        "primaryauthors": [{"fullName": "Quill, Ada", "first_name": "Ada", "last_name": "Quill", "affiliation": "Fen"}],
        "coauthors": [{"fullName": "Marsh, Bo", "first_name": "Bo", "last_name": "Marsh", "affiliation": "Dune"}],
    }  # fmt: skip
    event = {"_type": "Conference", "id": "7", "title": "ICML 2024", "startDate": moment("09:00:00"),
             "contributions": [contribution]}  # fmt: skip
    (session,) = sessions({"count": 1, "results": [event]})
    assert (session.title, session.edition) == ("Track 2", StatedEdition("icml", 2024))
    (slot,) = session.slots
    assert stated(slot)[1:] == ("oral", "2024-07-23T09:00:00Z - 2024-07-23T09:20:00Z", ("Ada Quill", "Bo Marsh"))
    assert slot.paper
    assert slot.paper.affiliations == ("Fen", "Dune")


def test_sched_has_rooms_for_venues_and_numbers_for_sessions() -> None:
    page = (
        '"Title","Start Date & Time","End Date & Time","Venue","Type","Description","Speakers","Session ID"\n'
        '"Walks on Moss","2023-12-12 10:30","2023-12-12 10:45","Room 220","Oral","","Bo Marsh; Ada Quill","o1"\n'
        '"Coffee","2023-12-12 10:00","2023-12-12 10:30","Foyer","Break","","","b1"\n'
    )
    assert [(one.title, one.kind, one.room) for one in sessions(page)] == [
        ("Oral", "oral", "Room 220"),
        ("Coffee", "break", "Foyer"),
    ]


def test_the_template_of_whova() -> None:
    page = (
        "*Date,*Time Start,*Time End,*Session Title,Room/Location,Authors (Optional),Session or Sub-session(Sub)\n"
        "07/31/2023,10:30 AM,12:00 PM,Oral Session 1: Rivers,Ballroom,,\n"
        "07/31/2023,10:30 AM,10:45 AM,Walks on Moss,Ballroom,Ada Quill; Bo Marsh,Sub\n"
        "07/31/2023,12:00 PM,01:00 PM,Lunch,,,\n"
    )
    rivers, lunch = sessions(page)
    assert (rivers.title, clocks(rivers.time), lunch.title) == ("Oral Session 1: Rivers", "31 10:30 - 12:00", "Lunch")
    assert [stated(slot) for slot in rivers.slots + lunch.slots] == [
        ("Walks on Moss", "oral", "31 10:30 - 10:45", ("Ada Quill", "Bo Marsh")),
        ("Lunch", "break", "31 12:00 - 13:00", ()),
    ]


def test_researchr() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>MLSys 2024</title></head><body><h4>Tue 14 May</h4><table>"
        "<tr class='session-details'><td>10:30 - 12:00</td><td><div class='session-info-in-table'>Caches"
        "<span class='pull-right'>Research Papers at <a class='room-link'>Hall B</a></span></div>"
        "<div>Chair(s): <a>Di Wolf</a> Dune</div></td></tr>"
        "<tr data-slot-id='1'><td><div class='start-time'>10:30</div><div>30m</div>"
        "<span class='event-type'>Talk</span></td><td><strong>"
        "<a data-event-modal='2'>Walks on Moss</a></strong><div class='performers'><a>Ada Quill</a> "
        "<span class='prog-aff'>Fen College</span>, <a>Bo Marsh</a></div></td></tr></table></body></html>"
    )
    (session,) = sessions(page)
    assert (session.title, session.track, session.room) == ("Caches", "Research Papers", "Hall B")
    assert (session.moderator_names, session.edition) == (("Di Wolf",), StatedEdition("mlsys", 2024))
    (slot,) = session.slots
    assert stated(slot) == ("Walks on Moss", "oral", "14 10:30 - 11:00", ("Ada Quill", "Bo Marsh"))
    assert slot.paper
    assert slot.paper.affiliations == ("Fen College", None)


def test_articles_in_json_ld() -> None:
    article = {"@type": "ScholarlyArticle", "name": "Walks on Moss", "author": {"@type": "Person", "name": "Ada Quill"},
               "isPartOf": {"@type": "PublicationIssue", "name": "ICLR 2024"},
               "codeRepository": "https://github.com/a/b", "sameAs": "https://arxiv.org/abs/2404.05678"}  # fmt: skip
    page = document(
        json.dumps(
            {"@context": "https://schema.org", "@graph": [article, {"@type": "ScholarlyArticle", "name": "Fen"}]}
        )
    )
    first, _ = [one for one in read(page).records if isinstance(one, PaperRecord)]
    assert (first.title, first.authors, first.edition) == ("Walks on Moss", ("Ada Quill",), StatedEdition("iclr", 2024))
    assert first.identifiers == (("arxiv", "2404.05678"),)
