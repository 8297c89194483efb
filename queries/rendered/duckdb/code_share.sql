WITH counted AS (
    SELECT
        sessions.id AS session_id,
        (
            SELECT
                COUNT(DISTINCT slots.paper_id)
            FROM slots
            WHERE
                slots.session_id = sessions.id
        ) AS papers,
        (
            SELECT
                COUNT(DISTINCT slots.paper_id)
            FROM slots
            JOIN repo_links
                ON repo_links.paper_id = slots.paper_id
            WHERE
                slots.session_id = sessions.id AND repo_links.role = 'own'
        ) AS papers_with_code
    FROM sessions
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    (
        SELECT
            MIN(slots.local_day)
        FROM slots
        WHERE
            slots.session_id = sessions.id
    ) AS local_day,
    sessions.title AS session,
    sessions.kind,
    CAST(counted.papers AS INT) AS papers,
    CAST(counted.papers_with_code AS INT) AS papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(counted.papers, 0), 1) END AS DOUBLE) AS percent,
    sessions.key AS session_key
FROM counted
JOIN sessions
    ON sessions.id = counted.session_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
