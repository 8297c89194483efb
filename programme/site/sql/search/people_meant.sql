-- Authors with names that have each of the words of the JSON list :words, or one that is a letter off.
WITH RECURSIVE places (place) AS (
    SELECT 0
    UNION ALL
    SELECT places.place + 1 FROM places WHERE places.place < 40
),

words AS MATERIALIZED (
    SELECT given.key AS position, given.value AS plain FROM items(:words) AS given
),

alike AS (
    SELECT nearby.id
    FROM authors_like(words) AS nearby
    GROUP BY nearby.id
    HAVING count(*) = (SELECT count(*) FROM words)
    LIMIT 500
)

SELECT
    authors.key, authors.name,
    (SELECT count(DISTINCT authorships.paper_id) FROM authorships WHERE authorships.author_id = authors.id) AS papers
FROM alike
JOIN authors ON authors.id = alike.id
ORDER BY papers DESC, authors.name
LIMIT :most
