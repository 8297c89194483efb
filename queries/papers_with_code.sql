-- title: Papers with code
-- group: Code
-- description: One row per paper and repository that its title or abstract states. `role` separates a paper's own
--   repository from those it only mentions.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column year: Year of the first of these editions.
-- column repository: Host and path of the repository.
-- column url: URL of the repository.
-- column role: `own`: the paper's own work; `other`: someone else's work, such as a baseline.
-- column mentions: How many times the paper states it, over all documents.
-- column document: URI of a document that states it, the alphabetically first.
-- column line_start: First line of the paper in that document.
-- column line_end: Last line of the paper in that document.
-- column paper_key: Key of the paper.
-- order: year DESC NULLS LAST, title COLLATE BINARY, paper_key COLLATE BINARY, url COLLATE BINARY, repository COLLATE
--   BINARY
-- facets: role
WITH links AS (
    SELECT
        repo_links.paper_id,
        repo_links.repository_id,
        -- 'own' is greater than 'other': one mention as the paper's own is enough.
        max(repo_links.role COLLATE BINARY) AS role,
        count(*) AS mentions
    FROM repo_links
    WHERE repo_links.role <> 'denied'
    GROUP BY repo_links.paper_id, repo_links.repository_id
),

located AS (
    SELECT
        links.paper_id,
        links.repository_id,
        links.role,
        links.mentions,
        (
            SELECT paper_sources.id
            FROM repo_links
            JOIN paper_sources ON paper_sources.id = repo_links.paper_source_id
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE repo_links.paper_id = links.paper_id AND repo_links.repository_id = links.repository_id
            ORDER BY documents.uri COLLATE BINARY, documents.sha256 COLLATE BINARY, paper_sources.line_start
            LIMIT 1
        ) AS paper_source_id
    FROM links
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    first_year_of(papers.id) AS year,
    repositories.host || '/' || repositories.path AS repository,
    repositories.url,
    located.role,
    CAST(located.mentions AS integer) AS mentions,
    documents.uri AS document,
    paper_sources.line_start,
    paper_sources.line_end,
    papers.key AS paper_key
FROM located
JOIN papers ON papers.id = located.paper_id
JOIN repositories ON repositories.id = located.repository_id
LEFT JOIN paper_sources ON paper_sources.id = located.paper_source_id
LEFT JOIN documents ON documents.id = paper_sources.document_id
