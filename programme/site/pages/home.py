"""The home page: what the database holds, its editions, its newest listing, and queries to start with."""

from datetime import UTC, datetime

from programme.site.parts.site import Page, Row, Site
from programme.site.parts.sql import NEWEST_LISTINGS_FIRST, has_code

_COUNTS = """
SELECT
    (SELECT count(*) FROM papers) AS papers,
    (SELECT count(DISTINCT paper_id) FROM repo_links WHERE role = 'own') AS papers_with_code,
    (SELECT count(*) FROM sessions) AS sessions,
    (SELECT count(*) FROM authors) AS authors,
    (SELECT count(*) FROM documents) AS documents
"""
_LISTING = f"""
SELECT listings.key, listings.title, listings.source, listings.listed_on, listings.listed_month, listings.listed_day
FROM listings
ORDER BY {NEWEST_LISTINGS_FIRST}
LIMIT 1
"""
_ENTRIES = """
SELECT papers.key, papers.title, listing_entries.upvotes
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
WHERE listing_entries.listing_id = (SELECT id FROM listings WHERE key = :key)
ORDER BY listing_entries.position
LIMIT 5
"""
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
    return await site.rows(
        f"""
        WITH edition_papers AS (
            SELECT DISTINCT paper_editions.edition_id, paper_editions.paper_id FROM paper_editions
        ),
        counted AS MATERIALIZED (
            SELECT
                edition_papers.edition_id,
                count(*) AS papers,
                sum({has_code("edition_papers.paper_id")}) AS papers_with_code
            FROM edition_papers
            GROUP BY edition_papers.edition_id
        )
        SELECT
            editions.slug, editions.name, editions.year, editions.starts_on, editions.ends_on, editions.city,
            coalesce(counted.papers, 0) AS papers, coalesce(counted.papers_with_code, 0) AS papers_with_code,
            (SELECT count(*) FROM sessions WHERE sessions.edition_id = editions.id) AS sessions
        FROM editions
        LEFT JOIN counted ON counted.edition_id = editions.id
        ORDER BY editions.year DESC, editions.starts_on DESC, editions.slug
        """
    )


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
