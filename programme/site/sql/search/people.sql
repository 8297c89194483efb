-- Authors with names in which some word begins with each of :w0 to :w3, where empty ones count for nothing, and the
-- author with :key.
SELECT
    found.key, found.name,
    (SELECT count(DISTINCT authorships.paper_id) FROM authorships WHERE authorships.author_id = found.id) AS papers
FROM (
    SELECT authors.id, authors.key, authors.name FROM authors WHERE authors.key = :key
    UNION
    SELECT named.id, named.key, named.name
    FROM (
        SELECT authors.id, authors.key, authors.name
        FROM authors
        WHERE has_word(:w0) AND has_word(:w1) AND has_word(:w2) AND has_word(:w3)
        LIMIT 500
    ) AS named
) AS found
ORDER BY found.key = :key DESC, papers DESC, found.name
LIMIT :most
