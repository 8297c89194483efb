"""The rows of Mini-Conf files, as declared, and the columns that are known and ignored."""

from typing import Any

import msgspec

from programme.patterns import lazy_pattern

Texts = list[str | int] | str | int | None
"""Several texts: a list, or one text with bars between them."""

_IGNORED = lazy_pattern(
    r"id|index|unnamed.*|keywords?|topics?|tags|tl;?dr|recs|forum|short|bio|image|logo|thumbnail|poster_(?:pdf|position)|"
    r"position(?:_\d)?|.*(?:email|slideslive|rocketchat|zoom|chat|channel|video|youtube|bilibili|teaser|slides|_bio|"
    r"presentation_id|join|gather|active_date|active|bibtex|subject|qa_link|image)s?(?:_.*)?|primary_author|category|"
    r"view|cal|content|program_committee|acm|preview|alias|card_image_path|sponsors?|"
    r"website|calendarid|paper_id|similar_paper_uids|local_id|pdf_local"
)


def is_ignored(name: str) -> bool:
    """Return whether a column is known and ignored: accounts, chats, videos, pictures, keywords.

    >>> is_ignored("rocketchat_channel"), is_ignored("slideslive_1"), is_ignored("primary_email"), is_ignored("mood")
    (True, True, True, False)
    """
    return _IGNORED.fullmatch(name) is not None


class PaperRow(msgspec.Struct):
    """A row of `papers`."""

    title: str | None = None
    uid: str | int | None = None
    authors: Texts = None
    affiliations: Texts = None
    abstract: str | None = None
    sessions: Texts = None
    session: Texts = None
    paper_type: str | None = None
    type: str | None = None
    track: str | None = None
    award: str | None = None
    pdf_url: str | None = None
    paper_url: str | None = None
    paper_link: str | None = None
    link: str | None = None
    url: str | None = None
    doi: str | None = None
    doi_link: str | None = None
    arxiv: str | None = None
    arxiv_url: str | None = None
    openreview: str | None = None
    openreview_url: str | None = None
    code: str | None = None
    code_link: str | None = None
    code_url: str | None = None
    github: str | None = None
    github_url: str | None = None
    demo_url: str | None = None
    project_page: str | None = None
    project_url: str | None = None


PAPER_URLS = (
    *("pdf_url", "paper_url", "paper_link", "link", "url", "doi", "doi_link", "arxiv", "arxiv_url"),
    *("openreview", "openreview_url"),
)
"""Fields with URLs of a paper."""

OWN_LINKS = ("code", "code_link", "code_url", "github", "github_url", "demo_url", "project_page", "project_url")
"""Fields with URLs of a paper's own code, demonstration or project page."""


class SessionTime(msgspec.Struct):
    """One of the times of an entry, which may have a name, hosts and a kind of its own."""

    name: str | None = None
    title: str | None = None
    start: str | None = None
    start_time: str | None = None
    start_at: str | None = None
    end: str | None = None
    end_time: str | None = None
    end_at: str | None = None
    hosts: Texts = None


class RecordedTalk(msgspec.Struct):
    """A talk of a workshop that was recorded before."""

    title: str | None = None
    speakers: Texts = None
    authors: Texts = None


class EntryRow(msgspec.Struct):
    """An entry of a calendar, a list of speakers, workshops, tutorials or socials, or a schedule."""

    title: str | None = None
    name: str | None = None
    uid: str | int | None = None
    start: str | None = None
    start_time: str | None = None
    start_at: str | None = None
    date: str | None = None
    day: str | None = None
    time: str | None = None
    starttime: str | None = None
    endtime: str | None = None
    end: str | None = None
    end_time: str | None = None
    end_at: str | None = None
    speakers: Texts = None
    sessions: list[SessionTime | str | int] | str | int | None = None
    prerecorded_talks: list[RecordedTalk] | None = None
    location: str | None = None
    room: str | None = None
    link: str | None = None
    image: Any = None
    type: str | None = None
    calendarid: str | None = None
    speaker: Texts = None
    presenter: Texts = None
    institution: str | None = None
    organizers: dict[str, Texts] | Texts = None
    hosts: Texts = None
    chair: Texts = None
    authors: Texts = None
    abstract: str | None = None
    description: str | None = None
    session: Texts = None
    track: str | None = None
    posters: list[Any] | None = None
    papers: list[Any] | None = None
