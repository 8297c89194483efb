SELECT
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ')
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    CASE
        WHEN LENGTH(papers.abstract) > 330
        THEN '… ' || SUBSTR(
            SUBSTR(papers.abstract, LENGTH(papers.abstract) - 329),
            INSTR(SUBSTR(papers.abstract, LENGTH(papers.abstract) - 329), ' ') + 1
        )
        ELSE papers.abstract
    END AS promise,
    papers.code_promise AS word,
    (
        SELECT
            paper_links.url
        FROM paper_links
        WHERE
            paper_links.paper_id = papers.id
        ORDER BY
            CASE paper_links.kind WHEN 'project_page' THEN 0 ELSE 1 END,
            paper_links.url
        LIMIT 1
    ) AS link,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS edition_names,
    CAST((
        SELECT
            MIN(editions.year)
        FROM paper_editions
        JOIN editions
            ON editions.id = paper_editions.edition_id
        WHERE
            paper_editions.paper_id = papers.id
    ) AS INTEGER) AS year,
    papers.key AS paper_key
FROM papers
WHERE
    papers.code_promise IS NOT NULL
    AND NOT EXISTS(
        SELECT
            1
        FROM repo_links
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    )
    AND NOT EXISTS(
        SELECT
            1
        FROM paper_links
        WHERE
            paper_links.paper_id = papers.id AND paper_links.field = 'abstract' AND paper_links.kind <> 'video'
    )
