SELECT
    count(*) AS papers,
    coalesce(sum(has_code(edition_papers.paper_id)), 0) AS papers_with_code
FROM (
    SELECT DISTINCT paper_editions.paper_id FROM paper_editions WHERE paper_editions.edition_id = :edition_id
) AS edition_papers
