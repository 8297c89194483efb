SELECT
    papers.id,
    papers.key,
    papers.title
FROM JSON_EACH(:papers) AS wanted
CROSS JOIN papers
    ON papers.key = wanted.value
ORDER BY
    papers.title,
    papers.key
