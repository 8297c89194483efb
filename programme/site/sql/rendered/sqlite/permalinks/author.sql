SELECT
    authors.key
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
JOIN authors
    ON authors.key = moved.key
LIMIT 1
