WITH stated AS (
    SELECT
        sessions.edition_id,
        documents.format,
        documents.id AS document_id,
        paper_sources.paper_id
    FROM slot_sources
    JOIN paper_sources
        ON paper_sources.id = slot_sources.paper_source_id
    JOIN slots
        ON slots.id = slot_sources.slot_id
    JOIN sessions
        ON sessions.id = slots.session_id
    JOIN documents
        ON documents.id = slot_sources.document_id
    WHERE
        sessions.edition_id IS NOT NULL
    UNION
    SELECT
        paper_sources.edition_id,
        documents.format,
        documents.id,
        paper_sources.paper_id
    FROM paper_sources
    JOIN documents
        ON documents.id = paper_sources.document_id
    WHERE
        paper_sources.edition_id IS NOT NULL
), counted AS (
    SELECT
        edition_id,
        format,
        COUNT(DISTINCT document_id) AS documents
    FROM stated
    GROUP BY
        edition_id,
        format
), of_sources AS (
    SELECT DISTINCT
        edition_id,
        format,
        paper_id
    FROM stated
), of_editions AS (
    SELECT
        edition_id,
        paper_id,
        COUNT(*) AS sources
    FROM of_sources
    GROUP BY
        edition_id,
        paper_id
), totals AS (
    SELECT
        edition_id,
        COUNT(*) AS all_papers
    FROM of_editions
    GROUP BY
        edition_id
), timed AS (
    SELECT DISTINCT
        sessions.edition_id,
        slots.paper_id
    FROM slots
    JOIN sessions
        ON sessions.id = slots.session_id
    WHERE
        slots.starts_at IS NOT NULL AND slots.paper_id IS NOT NULL
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    of_sources.format AS source,
    CAST(counted.documents AS INTEGER) AS documents,
    CAST(COUNT(*) AS INTEGER) AS papers,
    CAST(COUNT(CASE WHEN of_editions.sources = 1 THEN 1 END) AS INTEGER) AS only_there,
    CAST(totals.all_papers - COUNT(*) AS INTEGER) AS missing_there,
    CAST(COUNT(timed.paper_id) AS INTEGER) AS with_time,
    CAST(COUNT(papers.abstract) AS INTEGER) AS with_abstract,
    CAST(COUNT(
        CASE
            WHEN EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = papers.id AND repo_links.role = 'own'
            )
            THEN 1
        END
    ) AS INTEGER) AS with_code,
    CAST(totals.all_papers AS INTEGER) AS all_papers,
    editions.accepted_papers AS accepted,
    CAST(editions.accepted_papers - totals.all_papers AS INTEGER) AS unexplained,
    editions.accepted_source
FROM of_sources
JOIN editions
    ON editions.id = of_sources.edition_id
JOIN papers
    ON papers.id = of_sources.paper_id
JOIN totals
    ON totals.edition_id = of_sources.edition_id
JOIN counted
    ON counted.edition_id = of_sources.edition_id AND counted.format = of_sources.format
JOIN of_editions
    ON of_editions.edition_id = of_sources.edition_id AND of_editions.paper_id = of_sources.paper_id
LEFT JOIN timed
    ON timed.edition_id = of_sources.edition_id AND timed.paper_id = of_sources.paper_id
GROUP BY
    editions.slug,
    editions.name,
    of_sources.format,
    counted.documents,
    totals.all_papers,
    editions.accepted_papers,
    editions.accepted_source
ORDER BY
    editions.slug,
    of_sources.format
