"""What pages show, in short: the facts alone, each thing with its permalink, for readers that pay by the word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from programme.site.parts.change_fields import change_line
from programme.site.parts.site import Row, Site

MAX_SOURCES = 20
MAX_AUTHORS = 50
MAX_SLOTS = 20

_SLOT_FACTS = (
    *("kind", "edition", "session_title", "room", "poster_number", "award", "is_cancelled"),
    *("local_day", "local_start", "local_end", "time_zone"),
)


def hits(site: Site, shown: Row) -> Row:
    """Return what a search found: papers with authors, editions and code, people, and other searches to try."""
    papers = [
        {
            "permalink": site.absolute(f"/paper/{paper['key']}"),
            "title": _text(paper["title"]),
            "authors": _names(paper["authors"]),
            "editions": [_place(edition) for edition in paper["editions"]],
            "code": paper["code_url"],
            "excerpt": _text(paper["snippet"]),
        }
        for paper in shown["results"]
    ]
    people = [{"permalink": site.absolute(f"/author/{row['key']}"), "name": row["name"]} for row in shown["people"]]
    tries = [{"text": row["text"], **_given(row["fields"])} for row in shown["try"]]
    counts = {"total": shown["total"], "page": shown["page"], "pages": shown["pages"]}
    return {**counts, "papers": [_given(paper) for paper in papers], **_given({"people": people, "try": tries})}


def paper(site: Site, shown: Row) -> Row:
    """Return the facts about a paper, and the documents that state them."""
    slots = [
        {**{name: slot[name] for name in _SLOT_FACTS}, "permalink": site.absolute(f"/session/{slot['session']}")}
        for slot in shown["presented"]
    ]
    sources = [
        {
            "uri": source["document"]["uri"],
            "lines": [source["line_start"], source["line_end"]],
            "permalink": site.absolute(f"/document/{source['document']['sha256']}"),
        }
        for source in shown["sources"]
    ]
    facts = {
        "permalink": site.absolute(f"/paper/{shown['key']}"),
        "title": shown["title"],
        "authors": _names(shown["authors"]),
        "abstract": _text(shown["abstract"]),
        "presented": [_given(slot) for slot in slots[:MAX_SLOTS]],
        "editions": [_given({name: row[name] for name in ("edition", "raw_kind")}) for row in shown["editions"]],
        "repositories": [{"url": row["url"], "role": row["role"]} for row in shown["repositories"]],
        "links": [{"url": row["text"], "kind": row["kind"]} for row in shown["links"]],
        "identifiers": {row["scheme"]: row["value"] for row in shown["identifiers"]},
        "listings": [
            _given({name: row[name] for name in ("listing_title", "listed_on", "upvotes")}) for row in shown["listings"]
        ],
        "changes": shown["changes"]["total"],
        "sources": sources[:MAX_SOURCES],
        "more_sources": max(0, len(sources) - MAX_SOURCES),
    }
    return _given(facts)


def edition(site: Site, shown: Row) -> Row:
    """Return the facts about an edition, and how many slots or papers it has by day and kind."""
    found = {name: value for name, value in shown["edition"].items() if name != "missing"}
    return _given(
        {
            "permalink": site.absolute(f"/edition/{found['slug']}"),
            **found,
            "slots_by_day": {row["day"]: row["slots"] for row in shown["days"]},
            f"{'slots' if shown['view'] == 'programme' else 'papers'}_by_kind": {
                row["kind"]: row["found"] for row in shown["kinds"]
            },
            "papers_that_a_kind_of_document_lacks": {
                row["source"]: row["papers"] for row in shown["edition"]["missing"]
            },
            "changes": shown["changes"]["total"],
        }
    )


def changes(site: Site, shown: Row) -> Row:
    """Return what changed, the latest first, each change as a line."""
    groups = [
        {
            "captured_at": group["captured_at"],
            "edition": group["edition"],
            "of": group["kind"],
            "title": group["title"],
            "permalink": site.absolute(group["path"] or _comparison(group)),
            "changes": [change_line(item) for item in group["items"]],
        }
        for day in shown["days"]
        for group in day["groups"]
    ]
    counts = {"total": shown["total"], "page": shown["page"], "pages": shown["pages"]}
    return {**counts, "groups": [_given(group) for group in groups]}


def _comparison(group: Row) -> str:
    return f"/document/{group['sha256'][:16]}/since/{group['sha256_before'][:16]}"


def _text(pieces: Iterable[Row] | None) -> str:
    return "".join(piece["text"] for piece in pieces or ())


def _names(authors: list[Row]) -> str:
    """Return the names of authors as one text; of very many, the first.

    >>> _names([{"name": "Ann Author"}, {"name": "Bo Wu"}])
    'Ann Author, Bo Wu'
    """
    more = f" and {len(authors) - MAX_AUTHORS} more" if len(authors) > MAX_AUTHORS else ""
    return ", ".join(author["name"] for author in authors[:MAX_AUTHORS]) + more


def _place(edition: Row) -> str:
    """Return an edition with the kinds of presentation there.

    >>> _place({"slug": "icml-2022", "kinds": ["oral", "poster"]}), _place({"slug": "icml-2022", "kinds": []})
    ('icml-2022 (oral, poster)', 'icml-2022')
    """
    return f"{edition['slug']}" + (f" ({', '.join(edition['kinds'])})" if edition["kinds"] else "")


def _given(facts: Row) -> dict[str, Any]:
    """Return the facts that have a value.

    >>> _given({"room": None, "papers": 0, "links": [], "kind": "oral"})
    {'kind': 'oral'}
    """
    return {name: value for name, value in facts.items() if value}
