WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition,
        TRIM(COALESCE(CAST(kind AS TEXT), '')) AS kind,
        TRIM(COALESCE(CAST(at_least AS TEXT), '')) AS at_least
), counted AS (
    SELECT
        sessions.id AS session_id,
        MIN(slots.local_day) AS local_day,
        COUNT(DISTINCT slots.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
                )
                THEN slots.paper_id
            END
        ) AS papers_with_code
    FROM given
    CROSS JOIN sessions
    JOIN slots
        ON slots.session_id = sessions.id
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    WHERE
        (
            given.edition = '' OR given.edition = COALESCE(editions.slug, 'unknown')
        )
        AND (
            given.kind = '' OR given.kind = sessions.kind
        )
    GROUP BY
        sessions.id
), shared AS (
    SELECT
        counted.session_id,
        counted.local_day,
        counted.papers,
        counted.papers_with_code,
        CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(counted.papers, 0), 1) END AS DOUBLE) AS percent
    FROM counted
    CROSS JOIN given
    WHERE
        counted.papers > 0
        AND counted.papers >= COALESCE(CASE WHEN REGEXP_FULL_MATCH(given.at_least, '[0-9]{1,9}') THEN TRY_CAST(given.at_least AS INT) END, 3)
)
SELECT
    RANK() OVER (ORDER BY shared.percent DESC) AS place,
    editions.slug AS edition,
    editions.name AS edition_name,
    sessions.title AS session,
    sessions.kind,
    shared.local_day,
    shared.papers,
    shared.papers_with_code,
    shared.percent,
    sessions.key AS session_key
FROM shared
JOIN sessions
    ON sessions.id = shared.session_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
ORDER BY
    shared.percent DESC,
    shared.papers DESC,
    sessions.title NULLS FIRST,
    sessions.key NULLS FIRST
