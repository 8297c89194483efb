SELECT
    found.key,
    found.name,
    (
        SELECT
            COUNT(DISTINCT authorships.paper_id)
        FROM authorships
        WHERE
            authorships.author_id = found.id
    ) AS papers
FROM (
    SELECT
        authors.id,
        authors.key,
        authors.name
    FROM authors
    WHERE
        authors.key = :key
    UNION
    SELECT
        named.id,
        named.key,
        named.name
    FROM (
        SELECT
            authors.id,
            authors.key,
            authors.name
        FROM authors
        WHERE
            (
                INSTR(' ' || authors.plain_name, ' ' || :w0) > 0
            )
            AND (
                INSTR(' ' || authors.plain_name, ' ' || :w1) > 0
            )
            AND (
                INSTR(' ' || authors.plain_name, ' ' || :w2) > 0
            )
            AND (
                INSTR(' ' || authors.plain_name, ' ' || :w3) > 0
            )
        LIMIT 500
    ) AS named
) AS found
ORDER BY
    found.key = :key DESC,
    papers DESC,
    found.name
LIMIT :most
