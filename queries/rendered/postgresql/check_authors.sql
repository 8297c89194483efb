WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(rule)s AS TEXT), '')) AS rule
), found(author_id, rule) AS (
    SELECT
        authors.id,
        'an author has a paper or moderates a session'
    FROM authors
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM authorships
            WHERE
                authorships.author_id = authors.id
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM session_moderators
            WHERE
                session_moderators.author_id = authors.id
        )
    UNION ALL
    SELECT
        authors.id,
        'an author has a name'
    FROM authors
    WHERE
        TRIM(authors.name) = ''
)
SELECT
    found.rule,
    authors.name,
    authors.key AS author_key
FROM found
CROSS JOIN given
JOIN authors
    ON authors.id = found.author_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule COLLATE "C" NULLS FIRST,
    authors.name COLLATE "C" NULLS FIRST,
    authors.key COLLATE "C" NULLS FIRST
