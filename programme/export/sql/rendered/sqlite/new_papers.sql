WITH days AS (
    SELECT
        listing_entries.paper_id,
        listings.listed_on AS on_day
    FROM listing_entries
    JOIN listings
        ON listings.id = listing_entries.listing_id
    UNION ALL
    SELECT
        slots.paper_id,
        COALESCE(slots.local_day, SUBSTR(slots.starts_at, 1, 10), editions.starts_on)
    FROM slots
    JOIN sessions
        ON sessions.id = slots.session_id
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    WHERE
        slots.paper_id IS NOT NULL
    UNION ALL
    SELECT
        paper_sources.paper_id,
        editions.starts_on
    FROM paper_sources
    JOIN editions
        ON editions.id = paper_sources.edition_id
), dated AS (
    SELECT
        days.paper_id,
        MIN(days.on_day) AS on_day
    FROM days
    WHERE
        days.on_day IS NOT NULL
    GROUP BY
        days.paper_id
), newest AS (
    SELECT
        papers.id,
        papers.key,
        papers.title,
        papers.abstract,
        dated.on_day
    FROM dated
    JOIN papers
        ON papers.id = dated.paper_id
    WHERE
        EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = papers.id AND repo_links.role = 'own'
        )
        AND (
            TRIM(COALESCE(:edition, '')) = ''
            OR papers.id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(:edition, ''))
            )
        )
    ORDER BY
        dated.on_day DESC,
        papers.title,
        papers.key
    LIMIT CAST(:most AS INTEGER)
)
SELECT
    newest.key,
    newest.title,
    newest.on_day AS updated,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ')
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = newest.id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    newest.abstract,
    (
        SELECT
            GROUP_CONCAT(stated.identifier, ' ')
        FROM (
            SELECT
                paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = newest.id AND paper_identifiers.scheme <> 'site'
            ORDER BY
                1
        ) AS stated
    ) AS identifiers,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = newest.id AND repo_links.role = 'own'
    ) AS code,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = newest.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS editions
FROM newest
ORDER BY
    newest.on_day DESC,
    newest.title,
    newest.key
