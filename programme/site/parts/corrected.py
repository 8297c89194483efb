"""What curators have corrected of a row that a page shows: which field, to what, why, and where that is stated."""

from __future__ import annotations

import json
from typing import Any

from programme.site.parts.site import Row, Site

_CORRECTIONS = """
SELECT
    corrections.subject_type, corrections.subject, corrections.field, corrections.value, corrections.reason,
    corrections.line_start, corrections.line_end, corrections.path, documents.sha256, documents.uri
FROM corrections
JOIN documents ON documents.id = corrections.document_id
WHERE corrections.target_key = :key
ORDER BY (
    SELECT max(captures.captured_at) FROM captures
    WHERE captures.document_id = documents.id AND captures.is_current
) DESC, documents.sha256 DESC, corrections.line_start DESC, corrections.id DESC
"""
FIELDS = {
    "add_identifiers": "Identifier added",
    "deny_identifiers": "Identifier denied",
    "add_repositories": "Repository added",
    "deny_repositories": "Repository denied",
    "repository_roles": "Whose a repository is",
    "same_paper": "Same paper",
    "different_papers": "Different papers",
    "same_author": "Same person",
    "different_authors": "Different persons",
    "starts_at": "Start",
    "ends_at": "End",
    "poster_number": "Poster number",
    "cancelled": "Cancelled",
}
"""Names of fields that are not the word itself."""
_ONE_BY_ONE = frozenset(FIELDS) - {"starts_at", "ends_at", "poster_number", "cancelled"}
"""Fields whose corrections add up, so that none overrules another."""


async def corrections_of(site: Site, key: str) -> list[Row]:
    """Return the corrections that apply to the row of a key, the winners first; `is_overruled` marks the others."""
    found: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for row in await site.rows(_CORRECTIONS, key=key):
        # Those of slots and entries have the key of their session or listing.
        place = (str(row["subject"]) if row["subject_type"] in ("slot", "entry") else "", str(row["field"]))
        is_overruled = place in seen and row["field"] not in _ONE_BY_ONE
        seen.add(place)
        found.append(
            {
                "field": row["field"],
                "label": FIELDS.get(row["field"], str(row["field"]).capitalize()),
                "about": _about(row),
                "value": _text(json.loads(row["value"])),
                "reason": row["reason"],
                "document": {"sha256": row["sha256"], "uri": row["uri"]},
                **{name: row[name] for name in ("line_start", "line_end", "path")},
                "is_overruled": is_overruled,
            }
        )
    return sorted(found, key=lambda row: bool(row["is_overruled"]))


def corrected_fields(corrections: list[Row]) -> list[str]:
    """Return the fields of the row itself that a correction gives."""
    return sorted({str(row["field"]) for row in corrections if not row["about"]})


def _about(row: Row) -> str | None:
    """Return which slot of a session, or entry of a listing, a correction is about; None for the row itself."""
    if row["subject_type"] not in ("slot", "entry"):
        return None
    subject = json.loads(row["subject"])
    named = subject.get("title") or subject["paper"]
    return str(named["title"] if isinstance(named, dict) else named)


def _text(value: Any) -> str:
    """Return a value as a curator would write it.

    >>> _text(["Ada Quill", "Bo Renn"]), _text({"https://a.org": "own"}), _text(True)
    ('Ada Quill, Bo Renn', 'https://a.org: own', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if value.keys() == {"title", "edition"}:
            return f"{value['title']} ({value['edition']})"
        return ", ".join(f"{name}: {_text(one)}" for name, one in value.items())
    if isinstance(value, list):
        separator = "; " if any(isinstance(one, list) for one in value) else ", "
        return separator.join(map(_text, value))
    return str(value)
