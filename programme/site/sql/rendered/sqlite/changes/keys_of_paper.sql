SELECT
    named.name
FROM papers
JOIN (
    SELECT
        papers.id AS paper_id,
        papers.title_key AS name
    FROM papers
    WHERE
        papers.key = :key
    UNION
    SELECT
        paper_names.paper_id,
        paper_names.name
    FROM paper_names
    JOIN papers
        ON papers.id = paper_names.paper_id
    WHERE
        papers.key = :key
) AS named
    ON named.paper_id = papers.id
WHERE
    papers.id = (
        SELECT
            CASE WHEN COUNT(*) = 1 THEN MIN(titled.paper_id) END
        FROM (
            SELECT
                papers.id AS paper_id
            FROM papers
            WHERE
                papers.title_key = named.name
            UNION
            SELECT
                paper_names.paper_id
            FROM paper_names
            WHERE
                paper_names.name = named.name
        ) AS titled
    )
