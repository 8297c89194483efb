"""The home page: what the database holds, its editions, its newest listing, and queries to start with."""

from datetime import UTC, datetime

from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import sql_of

_COUNTS = sql_of("home/counts")
_LISTING = sql_of("home/listing")
_EDITIONS = sql_of("home/editions")
_ENTRIES = sql_of("home/entries")
QUERIES = (
    ("Which sessions have the most code?", "code_share"),
    ("What is on, when and where?", "programme"),
    ("Which papers promise code but link to none?", "promised_code"),
    ("Who has presented the most?", "author_index"),
    ("Which repositories do several papers share?", "repository_papers"),
    ("Where do two sources disagree?", "source_conflicts"),
)
"""Questions with the names of the queries that answer them."""


MAX_EDITIONS = 16


async def editions_of_site(site: Site) -> list[Row]:
    """Return every edition, the newest first, with the number of its papers, papers with code and sessions."""
    return await site.rows(_EDITIONS)


async def home(site: Site) -> Page:
    """Show what the database holds."""
    listings = await site.rows(_LISTING)
    # Those that only a list of deadlines names are on the page of all editions.
    editions = [row for row in await editions_of_site(site) if row["papers"] or row["sessions"]]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return Page(
        "home",
        {
            "counts": await site.one(_COUNTS),
            "editions": editions[:MAX_EDITIONS],
            "more_editions": max(0, len(editions) - MAX_EDITIONS),
            "listing": {**listings[0], "is_of_today": listings[0]["listed_on"] == today} if listings else None,
            "entries": await site.rows(_ENTRIES, key=listings[0]["key"]) if listings else [],
            "queries": [{"question": question, "name": name} for question, name in QUERIES],
            "other_databases": site.other_databases(),
        },
    )


ROUTES = [("/", home)]
