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
                authors.name LIKE '%' || :w0 || '%' ESCAPE '\'
                AND (
                    authors.name LIKE :w0 || '%' ESCAPE '\' OR authors.name LIKE '% ' || :w0 || '%' ESCAPE '\'
                )
            )
            AND (
                authors.name LIKE '%' || :w1 || '%' ESCAPE '\'
                AND (
                    authors.name LIKE :w1 || '%' ESCAPE '\' OR authors.name LIKE '% ' || :w1 || '%' ESCAPE '\'
                )
            )
            AND (
                authors.name LIKE '%' || :w2 || '%' ESCAPE '\'
                AND (
                    authors.name LIKE :w2 || '%' ESCAPE '\' OR authors.name LIKE '% ' || :w2 || '%' ESCAPE '\'
                )
            )
            AND (
                authors.name LIKE '%' || :w3 || '%' ESCAPE '\'
                AND (
                    authors.name LIKE :w3 || '%' ESCAPE '\' OR authors.name LIKE '% ' || :w3 || '%' ESCAPE '\'
                )
            )
        LIMIT 500
    ) AS named
) AS found
ORDER BY
    found.key = :key DESC,
    papers DESC,
    found.name
LIMIT :most
