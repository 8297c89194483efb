SELECT
    one.name AS author,
    other.name AS coauthor,
    CAST((
        SELECT
            COUNT(DISTINCT mine.paper_id)
        FROM authorships AS mine
        JOIN authorships AS theirs
            ON theirs.paper_id = mine.paper_id
        WHERE
            mine.author_id = one.id AND theirs.author_id = other.id
    ) AS INT) AS papers,
    one.key AS author_key,
    other.key AS coauthor_key
FROM authorships AS first
JOIN authorships AS first_other
    ON first_other.paper_id = first.paper_id
JOIN authors AS one
    ON one.id = first.author_id
JOIN authors AS other
    ON other.id = first_other.author_id
WHERE
    one.key < other.key
    AND NOT EXISTS(
        SELECT
            1
        FROM authorships AS mine
        JOIN authorships AS theirs
            ON theirs.paper_id = mine.paper_id
        WHERE
            mine.author_id = one.id
            AND theirs.author_id = other.id
            AND (mine.paper_id, mine.position, theirs.position) < (first.paper_id, first.position, first_other.position)
    )
