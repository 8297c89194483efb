"""The curated queries by topic, and how to ask for more in SQL or from a program."""

from __future__ import annotations

from typing import Any

from programme.parameters import CHOICES
from programme.patterns import lazy_pattern
from programme.queries import GROUPS, Param, catalogue
from programme.schema.vocabularies import KINDS
from programme.site.parts.site import Page, Redirect, Site

LABELS = {"q": "Words"}
"""Labels of parameters whose name is not a label."""

_DEFAULT = lazy_pattern(r"\s*\(default: (.+)\)(?=\.?$)")
_MAX_CHOICES = 200


async def queries(site: Site) -> Page:
    """List every curated query with its parameters."""
    grouped: dict[str, list[dict[str, Any]]] = {heading: [] for heading in GROUPS}
    for query in catalogue().values():
        grouped[query.group].append(
            {
                "name": query.name,
                "title": query.title,
                "description": query.description,
                "params": [{"name": param.name, "label": label_of(param.name)} for param in query.params],
            }
        )
    groups = [{"heading": heading, "queries": found} for heading, found in grouped.items() if found]
    return Page("queries", {"groups": groups, "database": site.database.name})


async def questions(site: Site) -> Redirect:
    """Redirect from the path that the page had at first."""
    return Redirect("/queries.json" if site.request.url_vars.get("as_json") else "/queries")


def label_of(name: str) -> str:
    """Return the label of a parameter.

    >>> label_of("with_code"), label_of("q")
    ('With code', 'Words')
    """
    return LABELS.get(name, name.replace("_", " ").capitalize())


def field_of(param: Param) -> dict[str, Any]:
    """Return a parameter as a field of a form: its label, its meaning and its default.

    >>> field = field_of(Param("at_least", "How many papers (default: 2)."))
    >>> field["label"], field["explanation"], field["default"]
    ('At least', 'How many papers.', '2')
    """
    default = _DEFAULT.search(param.explanation)
    return {
        "name": param.name,
        "label": label_of(param.name),
        "explanation": _DEFAULT.sub("", param.explanation).replace("….", "…"),
        "default": default[1] if default else "any",
        "choices": [],
    }


async def fields_of(database: Any, name: str) -> list[dict[str, Any]]:
    """Return the fields of the form of a curated query, with the values to choose from."""
    query = catalogue().get(name)
    fields = [field_of(param) for param in query.params] if query else []
    for field in fields:
        if field["name"] == "kind":
            field["choices"] = list(KINDS)
        elif field["name"] in CHOICES:
            rows = (await database.execute(CHOICES[field["name"]])).rows
            field["choices"] = [row[0] for row in rows[:_MAX_CHOICES]]
    return fields


ROUTES = [("/queries", queries), ("/questions", questions)]
