WITH given AS (
    SELECT
        TRIM(COALESCE(:venue, '')) AS venue
), selected AS (
    SELECT
        editions.id
    FROM given
    CROSS JOIN venues
    JOIN editions
        ON editions.venue_id = venues.id
    WHERE
        given.venue = '' OR venues.slug = LOWER(given.venue)
), edition_papers AS (
    SELECT
        edition_id,
        paper_id
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
), counted AS (
    SELECT
        edition_papers.edition_id,
        COUNT(*) AS papers,
        COUNT(
            CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = edition_papers.paper_id AND repo_links.role = 'own'
                )
                THEN edition_papers.paper_id
            END
        ) AS papers_with_code
    FROM edition_papers
    GROUP BY
        edition_papers.edition_id
), scheduled AS (
    SELECT
        sessions.edition_id,
        COUNT(DISTINCT sessions.id) AS sessions,
        COUNT(slots.id) AS slots
    FROM selected
    JOIN sessions
        ON sessions.edition_id = selected.id
    LEFT JOIN slots
        ON slots.session_id = sessions.id
    GROUP BY
        sessions.edition_id
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    venues.name AS venue,
    editions.year,
    editions.starts_on AS starts_on,
    editions.ends_on AS ends_on,
    editions.city,
    COALESCE(scheduled.sessions, 0) AS sessions,
    COALESCE(scheduled.slots, 0) AS slots,
    COALESCE(counted.papers, 0) AS papers,
    COALESCE(counted.papers_with_code, 0) AS papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / counted.papers, 1) END AS REAL) AS percent
FROM selected
JOIN editions
    ON editions.id = selected.id
JOIN venues
    ON venues.id = editions.venue_id
LEFT JOIN counted
    ON counted.edition_id = editions.id
LEFT JOIN scheduled
    ON scheduled.edition_id = editions.id
ORDER BY
    editions.year DESC,
    editions.starts_on DESC,
    editions.slug
