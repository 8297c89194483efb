WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) AS edition,
        TRIM(COALESCE(CAST(%(day)s AS TEXT), '')) AS day,
        TRIM(COALESCE(CAST(%(kind)s AS TEXT), '')) AS kind,
        TRIM(COALESCE(CAST(%(with_code)s AS TEXT), '')) AS with_code
), of_day AS (
    SELECT
        slots.id
    FROM slots
    WHERE
        slots.local_day = (
            SELECT
                CASE
                    WHEN given.day <> ''
                    THEN given.day
                    WHEN given.edition = ''
                    THEN (
                        SELECT
                            MAX(slots.local_day COLLATE "C")
                        FROM slots
                    )
                END
            FROM given
        )
    UNION ALL
    SELECT
        slots.id
    FROM given
    JOIN editions
        ON editions.slug = given.edition
    JOIN sessions
        ON sessions.edition_id = editions.id
    JOIN slots
        ON slots.session_id = sessions.id
    WHERE
        given.day = ''
), coded AS (
    SELECT
        slots.id,
        (
            SELECT
                MIN(repositories.url COLLATE "C")
            FROM repo_links
            JOIN repositories
                ON repositories.id = repo_links.repository_id
            WHERE
                repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
        ) AS code_url
    FROM of_day
    JOIN slots
        ON slots.id = of_day.id
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    COALESCE(slots.room, sessions.room) AS room,
    sessions.title AS session,
    slots.position,
    slots.kind,
    slots.title,
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
    coded.code_url,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM coded
JOIN slots
    ON slots.id = coded.id
JOIN sessions
    ON sessions.id = slots.session_id
JOIN given
    ON given.kind = '' OR given.kind = slots.kind
LEFT JOIN editions
    ON editions.id = sessions.edition_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
WHERE
    (
        given.edition = '' OR given.edition = editions.slug
    )
    AND (
        given.with_code = ''
        OR (
            given.with_code = '0' AND coded.code_url IS NULL
        )
        OR (
            given.with_code <> '0' AND coded.code_url IS NOT NULL
        )
    )
ORDER BY
    slots.local_day COLLATE "C",
    TO_CHAR(slots.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C",
    sessions.title COLLATE "C" NULLS FIRST,
    sessions.key COLLATE "C" NULLS FIRST,
    slots.position NULLS FIRST
