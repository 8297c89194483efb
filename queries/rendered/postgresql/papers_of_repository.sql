WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(repository)s AS TEXT), '')) AS repository
), selected AS (
    SELECT
        repositories.id
    FROM given
    CROSS JOIN repositories
    WHERE
        LOWER(given.repository COLLATE "C") IN (
            LOWER(repositories.path COLLATE "C"),
            LOWER(repositories.url COLLATE "C"),
            LOWER((
                repositories.host || '/' || repositories.path
            ) COLLATE "C")
        )
    UNION
    SELECT
        repositories.id
    FROM repositories
    WHERE
        repositories.key = (
            SELECT
                CASE
                    WHEN given.repository <> ''
                    THEN given.repository
                    ELSE (
                        SELECT
                            MIN(repositories.key COLLATE "C")
                        FROM repositories
                    )
                END
            FROM given
        )
)
SELECT
    repositories.host || '/' || repositories.path AS repository,
    papers.title,
    (
        SELECT
            STRING_AGG(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
    repo_links.role,
    repo_links.raw_url,
    repo_links.field,
    documents.uri AS document,
    paper_sources.line_start,
    paper_sources.line_end,
    repositories.url,
    papers.key AS paper_key,
    repositories.key AS repository_key
FROM selected
JOIN repositories
    ON repositories.id = selected.id
JOIN repo_links
    ON repo_links.repository_id = repositories.id AND repo_links.role <> 'denied'
JOIN papers
    ON papers.id = repo_links.paper_id
JOIN documents
    ON documents.id = repo_links.document_id
JOIN paper_sources
    ON paper_sources.id = repo_links.paper_source_id
ORDER BY
    repositories.host COLLATE "C" NULLS FIRST,
    repositories.path COLLATE "C" NULLS FIRST,
    repositories.key COLLATE "C" NULLS FIRST,
    papers.title COLLATE "C" NULLS FIRST,
    papers.key COLLATE "C" NULLS FIRST,
    documents.uri COLLATE "C" NULLS FIRST,
    documents.sha256 COLLATE "C" NULLS FIRST,
    paper_sources.line_start NULLS FIRST,
    repo_links.field COLLATE "C" NULLS FIRST,
    repo_links.char_start NULLS FIRST
