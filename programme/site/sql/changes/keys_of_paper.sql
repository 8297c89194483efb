-- The digests of the titles of a paper, except those that several papers have.
SELECT named.name
FROM papers
JOIN (
    SELECT papers.id AS paper_id, papers.title_key AS name FROM papers WHERE papers.key = :key
    UNION
    SELECT paper_names.paper_id, paper_names.name
    FROM paper_names
    JOIN papers ON papers.id = paper_names.paper_id
    WHERE papers.key = :key
) AS named ON named.paper_id = papers.id
WHERE papers.id = paper_titled(named.name)
