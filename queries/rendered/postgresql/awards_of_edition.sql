WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) AS edition
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.award,
    COALESCE(papers.title, slots.title) AS title,
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
                authorships.paper_id = slots.paper_id
            ORDER BY
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    slots.kind,
    slots.local_day,
    slots.local_start,
    sessions.title AS session,
    (
        SELECT
            MIN(repositories.url COLLATE "C")
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
    ) AS code_url,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM given
CROSS JOIN slots
JOIN sessions
    ON sessions.id = slots.session_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
WHERE
    slots.award IS NOT NULL AND (
        given.edition = '' OR given.edition = editions.slug
    )
ORDER BY
    editions.slug COLLATE "C",
    slots.award COLLATE "C" NULLS FIRST,
    slots.title COLLATE "C" NULLS FIRST,
    sessions.key COLLATE "C" NULLS FIRST,
    slots.position NULLS FIRST
