SELECT
    papers.id, papers.key, papers.title, papers.abstract,
    code_of(papers.id) AS code_url,
    (
        SELECT group_concat(edition.name, ', ' ORDER BY edition.year, edition.name)
        FROM (
            SELECT DISTINCT editions.name, editions.year
            FROM paper_editions
            JOIN editions ON editions.id = paper_editions.edition_id
            WHERE paper_editions.paper_id = papers.id
            ORDER BY 2, 1
        ) AS edition
    ) AS editions
FROM items(:ids) AS wanted
JOIN papers ON papers.id = wanted.value
