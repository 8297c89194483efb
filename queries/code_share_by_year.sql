-- title: Share of papers with code, by year
-- group: Code
-- description: One row per year: how many papers of its editions state a repository of their own.
-- param venue: Venue, such as `icml` (default: all).
-- column year: Year in the name of the editions.
-- column editions: Number of editions in that year.
-- column papers: Number of papers that belong to them, each counted once.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
WITH given AS (
    SELECT trim(coalesce(:venue, '')) AS venue
),

selected AS (
    SELECT editions.id, editions.year
    FROM given
    CROSS JOIN venues
    JOIN editions ON editions.venue_id = venues.id
    WHERE given.venue = '' OR venues.slug = lower(given.venue)
),

shown AS (
    SELECT edition_id, paper_id FROM papers_of(selected) AS found
),

counted AS (
    SELECT
        selected.year,
        count(DISTINCT selected.id) AS editions,
        count(DISTINCT shown.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(shown.paper_id) THEN shown.paper_id END) AS papers_with_code
    FROM shown
    JOIN selected ON selected.id = shown.edition_id
    GROUP BY selected.year
)

SELECT
    counted.year,
    counted.editions,
    counted.papers,
    counted.papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent
FROM counted
ORDER BY counted.year
