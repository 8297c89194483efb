"""Invented source documents for tests: session pages and Daily Papers pages built from a few words."""

from collections.abc import Sequence
from dataclasses import dataclass

FURNITURE = "Skip to yearly menu bar Skip to main content"


@dataclass(frozen=True)
class Talk:
    """What a page prints of one slot."""

    title: str
    byline: str = ""
    abstract: str = ""
    time: str = "Tue 20 July 7:00 - 7:20 PDT"
    kind: str = "Oral"


def session_page(title: str, talks: Sequence[Talk], moderator: str = "", room: str = "") -> bytes:
    """A session page with one block per talk."""
    blocks = [FURNITURE, "", "Session", title]
    blocks += [room] if room else []
    blocks += [f"Moderator: {moderator}"] if moderator else []
    blocks += ["Abstract:", "Chat is not available."]
    for talk in talks:
        blocks += [talk.time, f"{talk.kind}\n{talk.title}"]
        blocks += [part for part in (talk.byline, talk.abstract) if part]
    return "\n\n".join(blocks).encode()


def daily_page(day: str, entries: Sequence[tuple[str, str]]) -> bytes:
    """A Daily Papers page: title and abstract alternating."""
    head = ["new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers"]
    head += ["byAK and the research community", day]
    return "\n\n".join([*head, *(text for entry in entries for text in entry)]).encode()
