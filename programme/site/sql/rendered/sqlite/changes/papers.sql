SELECT
    wanted.value AS stated,
    papers.key,
    papers.title
FROM JSON_EACH(:keys) AS wanted
JOIN papers
    ON papers.id = (
        SELECT
            CASE WHEN COUNT(*) = 1 THEN MIN(titled.paper_id) END
        FROM (
            SELECT
                papers.id AS paper_id
            FROM papers
            WHERE
                papers.title_key = wanted.value
            UNION
            SELECT
                paper_names.paper_id
            FROM paper_names
            WHERE
                paper_names.name = wanted.value
        ) AS titled
    )
