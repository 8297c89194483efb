"""Build an invented export of a virtual site: 300 events with every known quirk, the same each time."""

from typing import Any

SITE = "http://icml.cc/api/miniconf"
GROUP = "https://openreview.net/group?id=ICML.cc/2024/Conference"
POSTER_SESSIONS = 4
POSTERS = 50
"""In each poster session."""
ORAL_SESSIONS = 6
ORALS = 10
"""In each oral session; every oral is a poster too."""


def event_url(number: int) -> str:
    return f"{SITE}/events/{number}?format=json"


def person(number: int) -> dict[str, Any]:
    url = f"{SITE}/users/{number}?format=json"
    return {"id": number, "fullname": f"Ada Quill{number}", "url": url, "institution": f"Moss {number % 7}"}


def event(number: int, name: str, kind: str, start: str | None, end: str | None, **fields: Any) -> dict[str, Any]:
    page = f"/virtual/2024/{kind.lower().replace(' ', '-')}/{number}"
    return {
        "id": number,
        "uid": f"{number:032x}",
        "name": name,
        "authors": [],
        "abstract": "",
        "topic": "Trees->Oaks",
        "keywords": [],
        "decision": None,
        "session": "",
        "eventtype": kind,
        "event_type": kind,
        "room_name": None,
        "virtualsite_url": page,
        "url": None,
        "sourceid": number,
        "sourceurl": "",
        "starttime": start,
        "endtime": end,
        "starttime2": None,
        "endtime2": None,
        "diversity_event": None,
        "paper_url": None,
        "paper_pdf_url": None,
        "children_url": None,
        "children": [],
        "children_ids": [],
        "parent1": None,
        "parent2": None,
        "parent2_id": None,
        "eventmedia": [],
        "show_in_schedule_overview": False,
        "visible": True,
        "poster_position": "",
        "schedule_html": "",
        "latitude": None,
        "longitude": None,
        "related_events": [],
        "related_events_ids": [],
        **fields,
    }


def poster(number: int, day: int, board: int) -> dict[str, Any]:
    oral = 5000 + number - 1000
    is_oral = number - 1000 < ORAL_SESSIONS * ORALS
    return event(
        number,
        f"Trees of Kind {number}",
        "Poster",
        f"2024-07-{day}T13:30:00+02:00",
        f"2024-07-{day}T15:00:00+02:00",
        authors=[person(number), person(number + 1)],
        abstract=f"We count tree {number}.",
        decision="Accept (oral)" if is_oral else "Accept (poster)",
        session=f"Poster Session {day - 22}",
        event_type="{location} Poster",
        room_name="Hall C 4-9",
        sourceurl=GROUP,
        paper_url=f"https://openreview.net/forum?id=Tree{number}x",
        poster_position=f"#{board}",
        eventmedia=[
            {"type": "URL", "name": "OpenReview", "uri": f"https://openreview.net/forum?id=Tree{number}x"},
            {"type": "URL", "name": "Code", "uri": f"https://github.com/mossbank/tree{number}", "visible": True},
            {"type": "URL", "name": "Zoom", "uri": "https://zoom.example/j/1", "is_live_content": True},
            {"type": "URL", "name": "Project Page", "uri": "https://hidden.example/", "visible": False},
        ],
        related_events=[event_url(oral)] if is_oral else [],
        related_events_ids=[oral] if is_oral else [],
    )


def oral(number: int, session: int, position: int) -> dict[str, Any]:
    minute = 10 * 60 + 30 + position * 6
    times = [f"2024-07-{23 + session // 2}T{m // 60:02}:{m % 60:02}:00+02:00" for m in (minute, minute + 6)]
    return event(
        number,
        f"Trees of Kind {number - 4000}",
        "Oral",
        *times,
        authors=[person(number - 4000), person(number - 3999)],
        decision="Accept (oral)",
        session=f"Oral {session + 1}A",
        room_name="Hall A1",
        sourceurl=GROUP,
        paper_url=f"https://openreview.net/forum?id=2024-Oral--{number}-tree",
        parent1=event_url(7000 + session),
        related_events_ids=[number - 4000],
    )


def others() -> list[dict[str, Any]]:
    """Return thirty-four events that are neither poster nor oral, or are one with a quirk."""
    day = "2024-07-2"
    sessions = [
        event(7000 + n, f"Oral {n + 1}A", "Session", f"{day}{3 + n // 2}T10:30:00+02:00", None, room_name="Hall A1")
        for n in range(ORAL_SESSIONS)
    ]
    sessions[0]["authors"] = [person(9)]
    breaks = [
        event(7100 + n, "Coffee Break", "Break", f"{day}{n}T10:00:00+02:00", f"{day}{n}T10:30:00+02:00")
        for n in range(2, 8)
    ]
    talks = [
        event(
            7200 + n, f"What Tree {n} Knows", "Invited Talk", f"{day}{3 + n}T09:00:00+02:00", None, authors=[person(n)]
        )
        for n in range(4)
    ]
    workshops = [
        event(7300 + n, f"Workshop on Tree {n}", "Workshop", f"{day}6T09:00:00+02:00", None, abstract="Come.")
        for n in range(8)
    ]
    workshops[0]["children_ids"] = [7400, 7401]
    workshops[1]["children"] = [{"id": 7402, "name": "Bark"}, event_url(7403)]
    inside = [
        event(7400, "Leaves", "Poster", None, None, authors=[person(1)], sourceurl=f"{GROUP[:-10]}Workshop/Tree"),
        event(7401, "Lunch", "Break", f"{day}6T12:00:00+02:00", None),
        event(7402, "Bark", "Contributed Talk", f"{day}6T10:00:00+02:00", None, authors=["Bo Marsh"]),
        event(7403, "Closing", "Remarks", f"{day}6T16:00:00+02:00", None),
    ]
    alone = [
        event(7500, "Twice Shown", "Poster", f"{day}3T08:00:00+02:00", None, starttime2=f"{day}4T08:00:00+02:00"),
        event(7501, "Beside It", "Poster", f"{day}3T08:00:00+02:00", None),
        event(7502, "Not Yet Placed", "Poster", None, None),
        event(7503, "Clock Without Offset", "Poster", "2024-07-23T08:00:00", None, session="Poster Session 1"),
        event(7504, "Ends Before It Starts", "Tutorial", f"{day}2T09:00:00+02:00", f"{day}2T08:00:00+02:00"),
        event(7505, "Nameless Kind", "", None, None, event_type=None, eventtype=None, virtualsite_url=None),
    ]
    return [*sessions, *breaks, *talks, *workshops, *inside, *alone]


def export() -> dict[str, Any]:
    """Return the export: 200 posters, 60 orals, 34 others, two of the wrong shape and four without a name."""
    posters = [
        poster(1000 + session * POSTERS + n, 23 + session, 100 + n)
        for session in range(POSTER_SESSIONS)
        for n in range(POSTERS)
    ]
    orals = [oral(5000 + n, n // ORALS, n % ORALS) for n in range(ORAL_SESSIONS * ORALS)]
    broken: list[dict[str, Any]] = [
        event(7600, "Wrong Author", "Poster", None, None, authors=[{"fullname": 5}]),
        event(7601, "Wrong Room", "Poster", None, None, room_name=["Hall"]),
        event(7602, " ", "Poster", None, None),
        *(event(7603 + n, "", "Poster", None, None) for n in range(2)),
        {"id": 7605, "eventtype": "Poster"},
    ]
    results = [*posters, *orals, *others(), *broken]
    return {"count": len(results), "next": None, "previous": None, "results": results}
