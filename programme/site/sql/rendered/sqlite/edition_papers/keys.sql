SELECT
    found.key
FROM (
    SELECT
        papers.id,
        papers.key,
        papers.title,
        LTRIM(papers.title, ' "''“‘$\') AS plain_title
    FROM (
        SELECT DISTINCT
            paper_editions.paper_id
        FROM paper_editions
        WHERE
            paper_editions.edition_id = :edition_id
    ) AS edition_papers
    JOIN papers
        ON papers.id = edition_papers.paper_id
    WHERE
        (
            :q = ''
            OR edition_papers.paper_id IN (
                SELECT
                    id
                FROM (
                    SELECT
                        papers_fts.rowid AS id
                    FROM papers_fts
                    WHERE
                        papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' '))
                ) AS matching
            )
        )
        AND (
            :code = ''
            OR EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = edition_papers.paper_id AND repo_links.role = 'own'
            )
        )
        AND (
            :kind = ''
            OR edition_papers.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM paper_editions
                WHERE
                    paper_editions.edition_id = :edition_id AND paper_editions.kind = :kind
            )
        )
) AS found
ORDER BY
    found.plain_title COLLATE NOCASE,
    found.key
