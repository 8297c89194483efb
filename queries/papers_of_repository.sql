-- title: Papers of a repository
-- group: Code
-- description: One row per repository and mention of it in a document.
-- param repository: Its path `owner/name`, its URL, its host and path, or its key, in upper or lower case (default:
--   the first repository by key).
-- example repository: lanternworks/crossview
-- column repository: Host and path of the repository.
-- column title: Title of the paper that states it.
-- column authors: Authors, in byline order.
-- column role: `own`: the paper's own work; `other`: someone else's work, such as a baseline.
-- column raw_url: The link as written.
-- column field: Field in which it stands: `abstract` or `title`.
-- column document: URI of the document it was read from.
-- column line_start: First line of the paper in that document.
-- column line_end: Last line of the paper in that document.
-- column url: URL of the repository.
-- column paper_key: Key of the paper.
-- column repository_key: Key of the repository.
WITH given AS (
    SELECT trim(coalesce(:repository, '')) AS repository
),

selected AS (
    SELECT repositories.id
    FROM given
    CROSS JOIN repositories
    WHERE lower(given.repository) IN (
            lower(repositories.path),
            lower(repositories.url),
            lower(repositories.host || '/' || repositories.path)
        )
    UNION
    SELECT repositories.id
    FROM repositories
    WHERE repositories.key = (
            SELECT CASE
                WHEN given.repository <> '' THEN given.repository
                ELSE (SELECT min(repositories.key COLLATE BINARY) FROM repositories)
            END
            FROM given
        )
)

SELECT
    repositories.host || '/' || repositories.path AS repository,
    papers.title,
    byline_of(papers.id) AS authors,
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
JOIN repositories ON repositories.id = selected.id
JOIN repo_links ON repo_links.repository_id = repositories.id AND repo_links.role <> 'denied'
JOIN papers ON papers.id = repo_links.paper_id
JOIN documents ON documents.id = repo_links.document_id
JOIN paper_sources ON paper_sources.id = repo_links.paper_source_id
ORDER BY
    repositories.host COLLATE BINARY,
    repositories.path COLLATE BINARY,
    repositories.key COLLATE BINARY,
    papers.title COLLATE BINARY,
    papers.key COLLATE BINARY,
    documents.uri COLLATE BINARY,
    documents.sha256 COLLATE BINARY,
    paper_sources.line_start,
    repo_links.field COLLATE BINARY,
    repo_links.char_start
