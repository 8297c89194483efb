WITH days AS (
    SELECT
        listing_entries.paper_id,
        TO_CHAR(listings.listed_on, 'YYYY-MM-DD') AS on_day
    FROM listing_entries
    JOIN listings
        ON listings.id = listing_entries.listing_id
    UNION ALL
    SELECT
        slots.paper_id,
        COALESCE(
            slots.local_day,
            SUBSTRING(TO_CHAR(slots.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM 1 FOR 10),
            TO_CHAR(editions.starts_on, 'YYYY-MM-DD')
        )
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
        TO_CHAR(editions.starts_on, 'YYYY-MM-DD')
    FROM paper_sources
    JOIN editions
        ON editions.id = paper_sources.edition_id
), dated AS (
    SELECT
        days.paper_id,
        MIN(days.on_day COLLATE "C") AS on_day
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
            TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) = ''
            OR papers.id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(CAST(%(edition)s AS TEXT), ''))
            )
        )
    ORDER BY
        dated.on_day COLLATE "C" DESC NULLS LAST,
        papers.title COLLATE "C" NULLS FIRST,
        papers.key COLLATE "C" NULLS FIRST
    LIMIT CAST(CAST(%(most)s AS TEXT) AS INT)
)
SELECT
    newest.key,
    newest.title,
    newest.on_day AS updated,
    (
        SELECT
            STRING_AGG(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    newest.abstract,
    (
        SELECT
            STRING_AGG(stated.identifier, ' ' ORDER BY stated.identifier COLLATE "C" NULLS FIRST)
        FROM (
            SELECT
                paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = newest.id AND paper_identifiers.scheme <> 'site'
            ORDER BY
                1 NULLS FIRST
        ) AS stated
    ) AS identifiers,
    (
        SELECT
            MIN(repositories.url COLLATE "C")
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = newest.id AND repo_links.role = 'own'
    ) AS code,
    (
        SELECT
            STRING_AGG(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS editions
FROM newest
ORDER BY
    newest.on_day COLLATE "C" DESC NULLS LAST,
    newest.title COLLATE "C" NULLS FIRST,
    newest.key COLLATE "C" NULLS FIRST
