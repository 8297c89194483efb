WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(repository AS TEXT), '')) AS repository
), selected AS (
    SELECT
        repositories.id
    FROM given
    CROSS JOIN repositories
    WHERE
        TRANSLATE(given.repository, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') IN (
            TRANSLATE(repositories.path, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
            TRANSLATE(repositories.url, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
            TRANSLATE((
                repositories.host || '/' || repositories.path
            ), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
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
                            MIN(repositories.key)
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
    repositories.host NULLS FIRST,
    repositories.path NULLS FIRST,
    repositories.key NULLS FIRST,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST,
    documents.uri NULLS FIRST,
    documents.sha256 NULLS FIRST,
    paper_sources.line_start NULLS FIRST,
    repo_links.field NULLS FIRST,
    repo_links.char_start NULLS FIRST
