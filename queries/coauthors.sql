-- title: Coauthors
-- group: People
-- description: One row per pair of authors who share a paper. Each pair is listed once, the lower key first.
-- column author: Name of the author.
-- column coauthor: Name of the coauthor.
-- column papers: Number of papers they share.
-- column author_key: Key of that author.
-- column coauthor_key: Key of the coauthor.
-- order: papers DESC, author COLLATE BINARY, coauthor COLLATE BINARY, author_key COLLATE BINARY, coauthor_key COLLATE
--   BINARY
SELECT
    one.name AS author,
    other.name AS coauthor,
    CAST((
        SELECT count(DISTINCT mine.paper_id)
        FROM authorships AS mine
        JOIN authorships AS theirs ON theirs.paper_id = mine.paper_id
        WHERE mine.author_id = one.id AND theirs.author_id = other.id
    ) AS integer) AS papers,
    one.key AS author_key,
    other.key AS coauthor_key
FROM authorships AS first
JOIN authorships AS first_other ON first_other.paper_id = first.paper_id
JOIN authors AS one ON one.id = first.author_id
JOIN authors AS other ON other.id = first_other.author_id
WHERE one.key < other.key COLLATE BINARY
    -- Each pair once: from the first pair of places on a common byline. DISTINCT or GROUP BY would compute all pairs
    -- before the first row of a page of the view.
    AND NOT EXISTS (
        SELECT 1
        FROM authorships AS mine
        JOIN authorships AS theirs ON theirs.paper_id = mine.paper_id
        WHERE mine.author_id = one.id AND theirs.author_id = other.id
            AND (mine.paper_id, mine.position, theirs.position)
            < (first.paper_id, first.position, first_other.position)
    )
