SELECT
    found.key
FROM (
    SELECT
        1 AS place,
        papers.key
    FROM (
        WITH RECURSIVE moved(key) AS (
            SELECT
                redirects.target
            FROM redirects
            WHERE
                redirects.kind = :kind AND redirects.key = :key
            UNION
            SELECT
                redirects.target
            FROM moved
            JOIN redirects
                ON redirects.kind = :kind AND redirects.key = moved.key
        )
        SELECT
            moved.key
        FROM moved
    ) AS moved
    JOIN papers
        ON papers.key = moved.key
    UNION ALL
    SELECT
        2,
        papers.key
    FROM papers
    WHERE
        papers.id = (
            SELECT
                CASE WHEN COUNT(*) = 1 THEN MIN(titled.paper_id) END
            FROM (
                SELECT
                    papers.id AS paper_id
                FROM papers
                WHERE
                    papers.title_key = :key
                UNION
                SELECT
                    paper_names.paper_id
                FROM paper_names
                WHERE
                    paper_names.name = :key
            ) AS titled
        )
) AS found
ORDER BY
    found.place,
    found.key
LIMIT 1
