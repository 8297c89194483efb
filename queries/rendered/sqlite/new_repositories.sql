WITH given AS (
    SELECT
        LOWER(TRIM(COALESCE(:period, ''))) AS period,
        LOWER(TRIM(COALESCE(:host, ''))) AS host
), own AS (
    SELECT DISTINCT
        repo_links.repository_id,
        repo_links.paper_id
    FROM given
    CROSS JOIN repo_links
    JOIN repositories
        ON repositories.id = repo_links.repository_id
    WHERE
        repo_links.role = 'own' AND (
            given.host = '' OR given.host = repositories.host
        )
), days(repository_id, shown_on) AS (
    SELECT
        own.repository_id,
        listings.listed_on
    FROM own
    JOIN listing_entries
        ON listing_entries.paper_id = own.paper_id
    JOIN listings
        ON listings.id = listing_entries.listing_id
    UNION ALL
    SELECT
        own.repository_id,
        COALESCE(slots.local_day, editions.starts_on, CAST(editions.year AS TEXT))
    FROM own
    JOIN slots
        ON slots.paper_id = own.paper_id
    JOIN sessions
        ON sessions.id = slots.session_id
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    UNION ALL
    SELECT
        own.repository_id,
        COALESCE(editions.starts_on, CAST(editions.year AS TEXT))
    FROM own
    JOIN paper_sources
        ON paper_sources.paper_id = own.paper_id
    JOIN editions
        ON editions.id = paper_sources.edition_id
), dated AS (
    SELECT
        days.repository_id,
        MIN(days.shown_on) AS shown_on
    FROM days
    GROUP BY
        days.repository_id
), first_stated AS (
    SELECT
        own.repository_id,
        own.paper_id,
        SUBSTR(dated.shown_on, 1, CASE WHEN given.period = 'month' THEN 7 ELSE 4 END) AS period
    FROM own
    CROSS JOIN given
    LEFT JOIN dated
        ON dated.repository_id = own.repository_id
), counted AS (
    SELECT
        first_stated.period,
        COUNT(DISTINCT first_stated.repository_id) AS repositories,
        COUNT(DISTINCT first_stated.paper_id) AS papers
    FROM first_stated
    GROUP BY
        first_stated.period
)
SELECT
    counted.period,
    counted.repositories,
    counted.papers,
    CAST(SUM(counted.repositories) OVER (ORDER BY counted.period NULLS LAST) AS INTEGER) AS so_far
FROM counted
ORDER BY
    counted.period NULLS LAST
