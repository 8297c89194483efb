-- title: Author checks
-- group: Documents and data quality
-- description: One row per author and rule that the author breaks; no rows when all is well.
-- param rule: Rule, worded as in the column `rule` (default: all).
-- column rule: The rule it breaks.
-- column name: Name of the author.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:rule, '')) AS rule
),

found (author_id, rule) AS (
    SELECT authors.id, 'an author has a paper or moderates a session'
    FROM authors
    WHERE NOT EXISTS (SELECT 1 FROM authorships WHERE authorships.author_id = authors.id)
        AND NOT EXISTS (SELECT 1 FROM session_moderators WHERE session_moderators.author_id = authors.id)
    UNION ALL
    SELECT authors.id, 'an author has a name'
    FROM authors
    WHERE trim(authors.name) = ''
)

SELECT found.rule, authors.name, authors.key AS author_key
FROM found
CROSS JOIN given
JOIN authors ON authors.id = found.author_id
WHERE given.rule = '' OR given.rule = found.rule
ORDER BY found.rule COLLATE BINARY, authors.name COLLATE BINARY, authors.key COLLATE BINARY
