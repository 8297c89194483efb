WITH found AS (
    SELECT
        changes.*,
        (
            SELECT
                CASE WHEN COUNT(*) = 1 THEN MIN(titled.paper_id) END
            FROM (
                SELECT
                    papers.id AS paper_id
                FROM papers
                WHERE
                    papers.title_key = changes.title_key
                UNION
                SELECT
                    paper_names.paper_id
                FROM paper_names
                WHERE
                    paper_names.name = changes.title_key
            ) AS titled
        ) AS paper_id
    FROM changes
    WHERE
        changes.subject IN ('paper', 'entry')
)
SELECT
    TO_CHAR(found.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS captured_at,
    found.edition,
    editions.name AS edition_name,
    found.subject,
    found.title,
    found.change,
    found.field,
    found.before,
    found.after,
    listings.title AS listing,
    papers.key AS paper_key,
    listings.key AS listing_key,
    sources.uri,
    documents.sha256,
    earlier.sha256 AS sha256_before
FROM found
JOIN sources
    ON sources.id = found.source_id
JOIN documents
    ON documents.id = found.document_id
JOIN documents AS earlier
    ON earlier.id = found.before_document_id
LEFT JOIN editions
    ON editions.slug = found.edition
LEFT JOIN listings
    ON listings.key = found.listing_key
LEFT JOIN papers
    ON papers.id = found.paper_id
