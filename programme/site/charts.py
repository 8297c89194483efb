"""Charts over curated queries: the configuration of datasette-dashboards, with Vega-Lite.

Every chart has a title, units on its axes, and on each mark a link to its rows.
"""

from __future__ import annotations

from typing import Any

PLUGIN = "datasette-dashboards"
_HEIGHT = 280
_EDITION = {
    "name": "Edition",
    "type": "select",
    "query": "SELECT slug FROM editions ORDER BY slug",
}
_CODE_BY_EDITION = {
    "transform": [{"filter": "datum.papers > 0"}, {"calculate": "'/edition/' + datum.edition", "as": "page"}],
    "mark": {"type": "circle", "size": 140, "opacity": 0.85},
    "encoding": {
        "x": {"field": "year", "type": "ordinal", "title": "Year", "axis": {"labelAngle": 0}},
        "y": {"field": "percent", "type": "quantitative", "title": "Papers with code (%)"},
        "color": {"field": "venue", "type": "nominal", "title": "Venue"},
        "href": {"field": "page"},
        "tooltip": [{"field": "name"}, {"field": "percent", "title": "%"}, {"field": "papers"}],
    },
}
_CODE_BY_SESSION = {
    "transform": [
        {"filter": "datum.place <= 20"},
        {"calculate": "'/session/' + datum.session_key", "as": "page"},
        {"calculate": "datum.session + ' (' + (datum.edition || 'unknown edition') + ')'", "as": "name"},
    ],
    "mark": {"type": "bar", "color": "#2a8f7a"},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 260}},
        "x": {"field": "percent", "type": "quantitative", "title": "Papers with code (%)"},
        "href": {"field": "page"},
        "tooltip": [{"field": "session"}, {"field": "percent", "title": "%"}, {"field": "papers"}],
    },
}
_REPOSITORIES = {
    "transform": [
        {"filter": "datum.period != null"},
        {"calculate": "'/search?code=1&year=' + substring(datum.period, 0, 4)", "as": "page"},
    ],
    "mark": {"type": "bar", "color": "#3f6fb5"},
    "encoding": {
        "x": {"field": "period", "type": "ordinal", "title": "Year", "axis": {"labelAngle": 0}},
        "y": {"field": "repositories", "type": "quantitative", "title": "New repositories"},
        "href": {"field": "page"},
        "tooltip": [{"field": "period"}, {"field": "repositories"}, {"field": "so_far", "title": "so far"}],
    },
}
_PAPERS_PER_AUTHOR = {
    "transform": [{"calculate": "'/{database}/author_index?papers__exact=' + datum.papers", "as": "page"}],
    "mark": {"type": "bar", "color": "#7a5fb0"},
    "encoding": {
        "x": {"field": "papers", "type": "ordinal", "title": "Papers per author", "axis": {"labelAngle": 0}},
        "y": {
            "field": "authors",
            "type": "quantitative",
            "title": "Authors (logarithmic scale)",
            "scale": {"type": "symlog"},
        },
        "href": {"field": "page"},
        "tooltip": [{"field": "papers"}, {"field": "authors"}, {"field": "percent", "title": "%"}],
    },
}
_SLOTS_BY_HOUR = {
    "transform": [{"calculate": "'/{database}/programme?kind=' + datum.kind", "as": "page"}],
    "mark": "bar",
    "encoding": {
        "x": {"field": "hour", "type": "ordinal", "title": "Hour, local time", "axis": {"labelAngle": 0}},
        "y": {"field": "slots", "type": "quantitative", "title": "Slots starting"},
        "color": {"field": "kind", "type": "nominal", "title": "Kind"},
        "href": {"field": "page"},
        "tooltip": [{"field": "hour"}, {"field": "kind"}, {"field": "slots"}],
    },
}


def dashboards(database_name: str) -> dict[str, Any]:
    """Return the configuration of datasette-dashboards for a database of this name."""
    edition = {"edition": {**_EDITION, "db": database_name}}
    return {
        "code": {
            "title": "Papers with code",
            "description": "How many papers state a repository of their own. Click a mark to see its rows.",
            "filters": edition,
            "charts": {
                "editions": _chart(database_name, "editions_of_venue", "Share of papers with code", _CODE_BY_EDITION),
                "sessions": _chart(
                    database_name, "sessions_by_code_share", "Sessions with the most code", _CODE_BY_SESSION
                ),
                "repositories": _chart(database_name, "new_repositories", "New repositories per year", _REPOSITORIES),
            },
        },
        "programme": {
            "title": "Programme and authors",
            "description": "When slots take place, and how many papers authors have.",
            "filters": edition,
            "charts": {
                "hours": _chart(database_name, "slots_by_hour", "Slots by hour of day", _SLOTS_BY_HOUR),
                "authors": _chart(database_name, "papers_per_author", "Papers per author", _PAPERS_PER_AUTHOR),
            },
        },
    }


def _chart(database_name: str, query: str, title: str, display: dict[str, Any]) -> dict[str, Any]:
    """Return a chart over a curated query, with links into this database."""
    from datasette.utils import tilde_encode

    from programme.queries import catalogue, render

    transform = [
        {**step, "calculate": step["calculate"].replace("{database}", tilde_encode(database_name))}
        if "calculate" in step
        else step
        for step in display["transform"]
    ]
    shown = {"height": _HEIGHT, **display, "transform": transform}
    return {
        "title": title,
        "db": database_name,
        "query": render(catalogue()[query], "sqlite"),
        "library": "vega-lite",
        "display": shown,
    }
