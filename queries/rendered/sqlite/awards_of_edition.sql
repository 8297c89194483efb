WITH given AS (
    SELECT
        TRIM(COALESCE(:edition, '')) AS edition
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.award,
    COALESCE(papers.title, slots.title) AS title,
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
                authorships.paper_id = slots.paper_id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    slots.kind,
    slots.local_day,
    slots.local_start,
    sessions.title AS session,
    (
        SELECT
            MIN(repositories.url)
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
    editions.slug NULLS LAST,
    slots.award,
    slots.title,
    sessions.key,
    slots.position
