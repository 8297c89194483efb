WITH links AS (
    SELECT
        repo_links.paper_id,
        repo_links.repository_id,
        MAX(repo_links.role) AS role,
        COUNT(*) AS mentions
    FROM repo_links
    WHERE
        repo_links.role <> 'denied'
    GROUP BY
        repo_links.paper_id,
        repo_links.repository_id
), located AS (
    SELECT
        links.paper_id,
        links.repository_id,
        links.role,
        links.mentions,
        (
            SELECT
                paper_sources.id
            FROM repo_links
            JOIN paper_sources
                ON paper_sources.id = repo_links.paper_source_id
            JOIN documents
                ON documents.id = paper_sources.document_id
            WHERE
                repo_links.paper_id = links.paper_id AND repo_links.repository_id = links.repository_id
            ORDER BY
                documents.uri NULLS FIRST,
                documents.sha256 NULLS FIRST,
                paper_sources.line_start NULLS FIRST
            LIMIT 1
        ) AS paper_source_id
    FROM links
)
SELECT
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
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
    ) AS INT) AS year,
    repositories.host || '/' || repositories.path AS repository,
    repositories.url,
    located.role,
    CAST(located.mentions AS INT) AS mentions,
    documents.uri AS document,
    paper_sources.line_start,
    paper_sources.line_end,
    papers.key AS paper_key
FROM located
JOIN papers
    ON papers.id = located.paper_id
JOIN repositories
    ON repositories.id = located.repository_id
LEFT JOIN paper_sources
    ON paper_sources.id = located.paper_source_id
LEFT JOIN documents
    ON documents.id = paper_sources.document_id
