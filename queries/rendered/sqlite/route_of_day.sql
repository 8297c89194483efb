WITH RECURSIVE given AS (
    SELECT
        TRIM(COALESCE(:edition, '')) AS edition,
        TRIM(COALESCE(:day, '')) AS day,
        TRIM(COALESCE(:kind, '')) AS kind,
        TRIM(COALESCE(:q, '')) AS words
), asked AS (
    SELECT
        slots.id
    FROM given
    JOIN slots
        ON slots.local_day = given.day
    WHERE
        given.day <> ''
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
    UNION ALL
    SELECT
        slots.id
    FROM given
    CROSS JOIN slots
    WHERE
        given.day = '' AND given.edition = ''
), wanted AS (
    SELECT
        slots.id,
        slots.local_day
    FROM asked
    JOIN slots
        ON slots.id = asked.id
    JOIN sessions
        ON sessions.id = slots.session_id
    CROSS JOIN given
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    WHERE
        slots.starts_at IS NOT NULL
        AND slots.ends_at IS NOT NULL
        AND (
            given.edition = '' OR given.edition = editions.slug
        )
        AND (
            given.kind = '' OR given.kind = slots.kind
        )
        AND (
            given.words = ''
            OR slots.paper_id IN (
                SELECT
                    id
                FROM (
                    SELECT
                        papers_fts.rowid AS id
                    FROM papers_fts
                    WHERE
                        papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' '))
                ) AS matching
            )
        )
        AND EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
        )
), numbered AS (
    SELECT
        slots.id,
        slots.paper_id,
        slots.starts_at,
        slots.ends_at,
        CASE WHEN slots.ends_at > slots.starts_at AND COUNT(*) OVER (PARTITION BY slots.paper_id) = 1 THEN 1 ELSE 0 END AS is_simple,
        ROW_NUMBER() OVER (ORDER BY slots.ends_at, slots.starts_at, sessions.key, slots.position) AS number
    FROM wanted
    JOIN slots
        ON slots.id = wanted.id
    JOIN sessions
        ON sessions.id = slots.session_id
    WHERE
        wanted.local_day = (
            SELECT
                MAX(latest.local_day)
            FROM wanted AS latest
        )
), candidates AS (
    SELECT
        numbered.starts_at,
        MIN(numbered.number) AS number,
        NULL AS paper_id
    FROM numbered
    WHERE
        numbered.is_simple = 1
    GROUP BY
        numbered.starts_at
    UNION ALL
    SELECT
        numbered.starts_at,
        numbered.number,
        numbered.paper_id
    FROM numbered
    WHERE
        numbered.is_simple = 0
), route(stop, number, id, ends_at, seen) AS (
    SELECT
        1,
        numbered.number,
        numbered.id,
        numbered.ends_at,
        ' ' || numbered.paper_id || ' '
    FROM numbered
    WHERE
        numbered.number = (
            SELECT
                MIN(candidates.number)
            FROM candidates
        )
    UNION ALL
    SELECT
        route.stop + 1,
        numbered.number,
        numbered.id,
        numbered.ends_at,
        route.seen || numbered.paper_id || ' '
    FROM route
    JOIN numbered
        ON numbered.number = (
            SELECT
                MIN(candidates.number)
            FROM candidates
            WHERE
                candidates.number > route.number
                AND candidates.starts_at >= route.ends_at
                AND (
                    candidates.paper_id IS NULL OR INSTR(route.seen, ' ' || candidates.paper_id || ' ') = 0
                )
        )
)
SELECT
    route.stop,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    COALESCE(slots.room, sessions.room) AS room,
    sessions.title AS session,
    slots.kind,
    papers.title,
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
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM route
JOIN slots
    ON slots.id = route.id
JOIN sessions
    ON sessions.id = slots.session_id
JOIN papers
    ON papers.id = slots.paper_id
ORDER BY
    route.stop
