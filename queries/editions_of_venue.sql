-- title: Editions of a venue
-- group: When and where
-- description: One row per edition, newest first: what this database holds of it, and how much of it comes with code.
-- param venue: Venue, such as `icml` (default: all).
-- example venue: icml
-- column edition: Edition, such as `icml-2022`.
-- column edition_name: Its name, such as `ICML 2022`.
-- column venue: Name of the venue.
-- column year: Year of the edition.
-- column starts_on: First day, local; empty if unknown.
-- column ends_on: Last day, local.
-- column city: City where it was held; `online` if it had none.
-- column sessions: Number of sessions.
-- column slots: Number of slots in them.
-- column papers: Number of papers presented there or assigned to it by a document.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent; empty if there are no papers.
WITH given AS (
    SELECT trim(coalesce(:venue, '')) AS venue
),

selected AS (
    SELECT editions.id
    FROM given
    CROSS JOIN venues
    JOIN editions ON editions.venue_id = venues.id
    WHERE given.venue = '' OR venues.slug = lower(given.venue)
),

edition_papers AS (
    SELECT edition_id, paper_id FROM papers_of(selected) AS found
),

counted AS (
    SELECT
        edition_papers.edition_id,
        count(*) AS papers,
        count(CASE WHEN has_code(edition_papers.paper_id) THEN edition_papers.paper_id END) AS papers_with_code
    FROM edition_papers
    GROUP BY edition_papers.edition_id
),

scheduled AS (
    SELECT sessions.edition_id, count(DISTINCT sessions.id) AS sessions, count(slots.id) AS slots
    FROM selected
    JOIN sessions ON sessions.edition_id = selected.id
    LEFT JOIN slots ON slots.session_id = sessions.id
    GROUP BY sessions.edition_id
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    venues.name AS venue,
    editions.year,
    day(editions.starts_on) AS starts_on,
    day(editions.ends_on) AS ends_on,
    editions.city,
    coalesce(scheduled.sessions, 0) AS sessions,
    coalesce(scheduled.slots, 0) AS slots,
    coalesce(counted.papers, 0) AS papers,
    coalesce(counted.papers_with_code, 0) AS papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent
FROM selected
JOIN editions ON editions.id = selected.id
JOIN venues ON venues.id = editions.venue_id
LEFT JOIN counted ON counted.edition_id = editions.id
LEFT JOIN scheduled ON scheduled.edition_id = editions.id
ORDER BY
    editions.year DESC,
    day(editions.starts_on) COLLATE BINARY DESC NULLS LAST,
    editions.slug COLLATE BINARY
