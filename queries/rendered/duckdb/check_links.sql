WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(rule AS TEXT), '')) AS rule
), links(paper_id, document_id, paper_source_id, raw_url, field, char_start, char_end) AS (
    SELECT
        repo_links.paper_id,
        repo_links.document_id,
        repo_links.paper_source_id,
        repo_links.raw_url,
        repo_links.field,
        repo_links.char_start,
        repo_links.char_end
    FROM repo_links
    UNION ALL
    SELECT
        paper_links.paper_id,
        paper_links.document_id,
        paper_links.paper_source_id,
        paper_links.raw_url,
        paper_links.field,
        paper_links.char_start,
        paper_links.char_end
    FROM paper_links
), written AS (
    SELECT
        links.paper_id,
        links.paper_source_id,
        links.raw_url,
        SUBSTRING(
            CASE WHEN paper_sources.has_abstract THEN COALESCE(paper_sources.abstract, papers.abstract) END,
            links.char_start + 1,
            links.char_end - links.char_start
        ) AS text
    FROM links
    JOIN paper_sources
        ON paper_sources.id = links.paper_source_id
    JOIN papers
        ON papers.id = paper_sources.paper_id
    WHERE
        links.field = 'abstract' AND links.char_end > links.char_start
), found(rule, raw_url, detail, paper_source_id, paper_id) AS (
    SELECT
        'it spans at least one character',
        links.raw_url,
        links.char_start || ' to ' || links.char_end,
        links.paper_source_id,
        links.paper_id
    FROM links
    WHERE
        links.char_end <= links.char_start OR links.char_start < 0
    UNION ALL
    SELECT
        'it is what the abstract says at that position',
        written.raw_url,
        COALESCE(written.text, 'no abstract'),
        written.paper_source_id,
        written.paper_id
    FROM written
    WHERE
        written.raw_url <> COALESCE(written.text, '')
    UNION ALL
    SELECT
        'its mention belongs to the same paper and document',
        links.raw_url,
        paper_sources.title,
        links.paper_source_id,
        links.paper_id
    FROM links
    JOIN paper_sources
        ON paper_sources.id = links.paper_source_id
    WHERE
        links.paper_id <> paper_sources.paper_id OR links.document_id <> paper_sources.document_id
    UNION ALL
    SELECT
        'a paper states the repository',
        repositories.url,
        'none does',
        NULL,
        NULL
    FROM repositories
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.repository_id = repositories.id
        )
)
SELECT
    found.rule,
    found.raw_url,
    found.detail,
    documents.uri AS document,
    paper_sources.line_start,
    papers.key AS paper_key
FROM found
CROSS JOIN given
LEFT JOIN paper_sources
    ON paper_sources.id = found.paper_source_id
LEFT JOIN documents
    ON documents.id = paper_sources.document_id
LEFT JOIN papers
    ON papers.id = found.paper_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule NULLS FIRST,
    found.raw_url NULLS FIRST,
    documents.uri NULLS FIRST,
    paper_sources.line_start NULLS FIRST,
    found.detail NULLS FIRST,
    papers.key NULLS FIRST
