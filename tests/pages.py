"""Builds invented documents for tests: pages and lists of papers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

BOILERPLATE = "Skip to yearly menu bar Skip to main content"


@dataclass(frozen=True)
class Talk:
    """One slot as a page prints it."""

    title: str
    byline: str = ""
    abstract: str = ""
    time: str = "Tue 20 July 7:00 - 7:20 PDT"
    kind: str = "Oral"


def session_page(title: str, talks: Sequence[Talk], moderator: str = "", room: str = "") -> bytes:
    """Return a session page with one block per talk."""
    blocks = [BOILERPLATE, "", "Session", title]
    blocks += [room] if room else []
    blocks += [f"Moderator: {moderator}"] if moderator else []
    blocks += ["Abstract:", "Chat is not available."]
    for talk in talks:
        blocks += [talk.time, f"{talk.kind}\n{talk.title}"]
        blocks += [part for part in (talk.byline, talk.abstract) if part]
    return "\n\n".join(blocks).encode()


def daily_page(day: str, entries: Sequence[tuple[str, str]]) -> bytes:
    """Return a Daily Papers page, with titles and abstracts alternating."""
    head = ["new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers"]
    head += ["byAK and the research community", day]
    return "\n\n".join([*head, *(text for entry in entries for text in entry)]).encode()


def paper_record(title: str, byline: str, arxiv: str, affiliation: str, proceeding: str | None) -> dict[str, object]:
    """Return a record of papercopilot if an affiliation is given, else of Papers with Code."""
    if affiliation:
        names = byline.replace(" · ", ";")
        places = ";".join([affiliation] * byline.count("·")) + ";" if byline else ""
        return {"title": title, "author": names, "aff": places, "arxiv": arxiv, "status": "Oral", "site": "", "id": "7"}
    authors = byline.split(" · ") if byline else []
    page = {"paper_url": "https://pwc.example/paper", "url_abs": "https://example.org/a", "proceeding": proceeding}
    return {"title": title, "abstract": "", "authors": authors, "arxiv_id": arxiv or None, **page}


def paper_list(records: Sequence[dict[str, object]]) -> bytes:
    """Return a JSON list of the records that are of the same kind as the first."""
    return json.dumps([record for record in records if record.keys() == records[0].keys()]).encode()
