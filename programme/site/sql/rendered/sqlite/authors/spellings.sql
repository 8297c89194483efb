SELECT
    raw_name AS spelling,
    COUNT(*) AS times
FROM (
    SELECT
        raw_name
    FROM authorships
    WHERE
        author_id = :id
    UNION ALL
    SELECT
        raw_name
    FROM session_moderators
    WHERE
        author_id = :id
)
GROUP BY
    raw_name
ORDER BY
    2 DESC,
    1
