"""The sources of a paper: each mention with what it states, how it differs from the page, and its lines."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from programme.site.parts.excerpts import Span, excerpts
from programme.site.parts.highlights import Link, Place, pieces, stated_places
from programme.site.parts.paper_facts import Facts
from programme.site.parts.site import Row, Site

MAX_EXCERPTS = 12
"""Number of mentions shown with their lines."""

OPENING_CHARS = 20
"""Number of characters of a title or abstract that are searched for in lines: the rest may be on other lines."""

DOT_OPERATOR, MIDDLE_DOT = "⋅", "·"
ROLES = {
    "own": "the authors’ own code",
    "other": "code of others",
    "denied": "no code of this paper by a correction",
}
KINDS = {
    "project_page": "project page",
    "video": "video",
    "account": "account",
    "short_link": "short link",
    "dataset": "data set",
    "other": "link",
}


def numbers_of(facts: Facts) -> dict[int, int]:
    """Number the mentions from 1; return the numbers by the ids of the mentions."""
    return {mention["id"]: number for number, mention in enumerate(facts.mentions, 1)}


def links_of(facts: Facts, field: str, mention_ids: Iterable[int]) -> list[Link]:
    """Return the links that these mentions state in a field, with their places in it."""
    wanted = set(mention_ids)
    found: list[tuple[Row, str]] = [(row, ROLES[row["role"]]) for row in facts.repo_links]
    found += [(row, str(KINDS.get(row["kind"], row["kind"]))) for row in facts.links]
    return [
        Link(row["raw_url"], row["url"], note, row["char_start"], row["char_end"])
        for row, note in found
        if row["field"] == field and row["paper_source_id"] in wanted
    ]


async def sources_of(site: Site, facts: Facts, corrected: Collection[str] = ()) -> list[Row]:
    """Return every mention of the paper, numbered, the first ones with their lines; `corrected` names fields."""
    spans = {mention["id"]: _span(facts, mention) for mention in facts.mentions}
    found = await excerpts(site, {spans[mention["id"]] for mention in facts.mentions[:MAX_EXCERPTS]})
    return [
        _source(facts, mention, number, spans[mention["id"]], found.get(spans[mention["id"]]), corrected)
        for number, mention in enumerate(facts.mentions, 1)
    ]


def _source(
    facts: Facts, mention: Row, number: int, span: Span, excerpt: Row | None, corrected: Collection[str]
) -> Row:
    marked = _texts(facts, mention)
    lines = [
        {"number": at, "pieces": pieces(text, _occurrences(text, marked))}
        for at, text in (excerpt["lines"] if excerpt else [])
    ]
    return {
        "number": number,
        "document": {name: mention[name] for name in ("sha256", "uri", "format", "captured_on")},
        "line_start": span.line_start,
        "line_end": span.line_end,
        "path": mention["path"],
        "statements": _statements(facts, mention),
        "differs_in": [
            {**row, "rule": "a correction is shown"} if row["field"] in corrected else row
            for row in _differences(facts, mention)
        ],
        "abstract": _printed_abstract(facts, mention),
        "lines": lines,
        "more_lines": excerpt["more"] if excerpt else 0,
        "remark": excerpt["remark"] if excerpt else None,
    }


def _span(facts: Facts, mention: Row) -> Span:
    """Return the lines of a mention, including those of its slots."""
    slots = _stated(facts.slot_sources, mention)
    start = min(row["line_start"] for row in [mention, *slots])
    end = max(row["line_end"] for row in [mention, *slots])
    names = tuple(author["raw_name"] for author in facts.authors[:20]) if mention["byline"] else ()
    abstract = mention["abstract"] or facts.paper["abstract"] if mention["has_abstract"] else None
    openings = [text[:OPENING_CHARS] for text in (mention["title"], abstract) if text]
    return Span(mention["document_id"], start, end, mention["path"], (*_texts(facts, mention), *names, *openings))


def _texts(facts: Facts, mention: Row) -> tuple[str, ...]:
    """Return the texts of a mention to highlight in its lines, plain and as JSON escapes them."""
    identifiers = (word.partition(":")[2] for word in (mention["identifiers"] or "").split())
    raw_urls = (row["raw_url"] for row in _stated(facts.repo_links + facts.links, mention))
    texts = [text for text in (mention["title"], *raw_urls, *identifiers) if text]
    escaped = (json.dumps(text, ensure_ascii=is_ascii)[1:-1] for text in texts for is_ascii in (False, True))
    return tuple(dict.fromkeys([*texts, *escaped]))


def _stated(rows: Iterable[Row], mention: Row) -> list[Row]:
    return [row for row in rows if row["paper_source_id"] == mention["id"]]


def _statements(facts: Facts, mention: Row) -> list[Row]:
    """Return what a mention states as printed: the name of each fact, its value and a note."""
    stated: list[tuple[str, Any, Any]] = [("Title", mention["title"], None), ("Authors", mention["byline"], None)]
    titles = {slot["id"]: slot["session_title"] for slot in facts.slots}
    for row in _stated(facts.slot_sources, mention):
        printed = ", ".join(str(row[name]) for name in ("raw_time", "raw_kind", "room") if row[name])
        stated.append(("Presented", printed or titles[row["slot_id"]], titles[row["slot_id"]]))
    if mention["edition"]:
        kind = mention["raw_kind"] and f", {mention['raw_kind']}"
        note = "given when it was ingested" if mention["edition_basis"] == "given" else None
        stated.append(("Edition", f"{mention['edition_name']}{kind or ''}", note))
    if mention["listing"]:
        votes = f"{mention['stated_upvotes']:,} upvotes" if mention["stated_upvotes"] is not None else None
        place = f", number {mention['listing_position']}" if mention["listing_position"] else ""
        stated.append(("Listing", f"{mention['listing_title']}{place}", votes))
    stated += [("Identifier", identifier, None) for identifier in (mention["identifiers"] or "").split()]
    for row in _stated(facts.repo_links, mention):
        if row["rule"] != "correction":
            role = ROLES[row["stated_role"] or row["role"]]
            stated.append(("Repository", row["raw_url"], f"{role}, {_field(row)}, by rule “{row['rule']}”"))
    for row in _stated(facts.links, mention):
        stated.append(("Link", row["raw_url"], f"{KINDS.get(row['kind'], row['kind'])}, {_field(row)}"))
    return [{"fact": fact, "value": value, "note": note} for fact, value, note in stated if value]


def _field(link: Row) -> str:
    """Return where a document states a link."""
    is_text = link["field"] in ("abstract", "title")
    return f"in the {link['field']}" if is_text else f"in the field “{link['field']}”"


def _differences(facts: Facts, mention: Row) -> list[Row]:
    """Return the fields in which a mention differs from the page, each with the rule that chose what the page shows."""
    found = []
    display_byline = f" {MIDDLE_DOT} ".join(author["raw_name"] for author in facts.authors)
    bylines = {(row["byline"] or "").replace(DOT_OPERATOR, MIDDLE_DOT) for row in facts.mentions if row["byline"]}
    byline = (mention["byline"] or "").replace(DOT_OPERATOR, MIDDLE_DOT)
    if mention["title"] != facts.paper["title"]:
        is_only = len({row["title"] for row in facts.mentions}) == 1
        found.append(("title", "shown cleaned" if is_only else "the best preserved spelling is shown"))
    if byline and len(bylines) > 1 and byline != display_byline:
        found.append(("authors", "the byline with the most authors, then the fewest initials, is shown"))
    if (mention["abstract"] or "").split() not in ([], (facts.paper["abstract"] or "").split()):
        is_only = len({row["abstract"] for row in facts.mentions if row["has_abstract"]}) == 1
        found.append(("abstract", "shown cleaned" if is_only else "the longest is shown, cleaned"))
    return [{"field": field, "rule": rule} for field, rule in found]


def _printed_abstract(facts: Facts, mention: Row) -> list[Row]:
    """Return the abstract as printed, with its links highlighted; empty when the page shows the same text."""
    if mention["abstract"] is None:
        return []
    links = links_of(facts, "abstract", [mention["id"]])
    return pieces(mention["abstract"], stated_places(mention["abstract"], links))


def _occurrences(text: str, written: Iterable[str]) -> list[Place]:
    """Return the first place of each of these texts in a line."""
    places = [(text.find(part), len(part)) for part in written]
    return [Place(start, start + length) for start, length in places if start >= 0]
