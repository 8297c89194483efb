-- title: Coauthors
-- description: One row per pair of authors who share a paper; the pair stands once, the earlier key first.
-- column author: Name of the one.
-- column coauthor: Name of the other.
-- column papers: Papers they share.
-- column author_key: Key of the one.
-- column coauthor_key: Key of the other.
-- order: papers DESC, author COLLATE BINARY, coauthor COLLATE BINARY, author_key COLLATE BINARY, coauthor_key COLLATE BINARY
WITH pairs AS (
    SELECT
        one.author_id AS one_id,
        other.author_id AS other_id,
        count(DISTINCT one.paper_id) AS papers
    FROM authorships AS one
    JOIN authorships AS other ON other.paper_id = one.paper_id AND other.author_id > one.author_id
    GROUP BY one.author_id, other.author_id
)

SELECT
    CASE WHEN one.key < other.key THEN one.name ELSE other.name END AS author,
    CASE WHEN one.key < other.key THEN other.name ELSE one.name END AS coauthor,
    pairs.papers,
    CASE WHEN one.key < other.key THEN one.key ELSE other.key END AS author_key,
    CASE WHEN one.key < other.key THEN other.key ELSE one.key END AS coauthor_key
FROM pairs
JOIN authors AS one ON one.id = pairs.one_id
JOIN authors AS other ON other.id = pairs.other_id
