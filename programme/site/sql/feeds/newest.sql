-- Few papers have code, and CROSS JOIN makes SQLite start from them instead of from all slots.
WITH known AS MATERIALIZED (
    SELECT
        repo_links.paper_id,
        min(substr(documents.ingested_at, 1, 10)) AS in_on,
        min(coalesce(documents.captured_on, documents.ingested_at)) AS updated
    FROM repo_links
    JOIN documents ON documents.id = repo_links.document_id
    WHERE repo_links.role = 'own'
    GROUP BY repo_links.paper_id
),
days AS (
    SELECT known.paper_id, editions.starts_on AS on_day
    FROM known
    CROSS JOIN paper_editions ON paper_editions.paper_id = known.paper_id
    JOIN editions ON editions.id = paper_editions.edition_id
    UNION ALL
    SELECT known.paper_id, listings.listed_on
    FROM known
    CROSS JOIN listing_entries ON listing_entries.paper_id = known.paper_id
    JOIN listings ON listings.id = listing_entries.listing_id
),
dated AS (
    SELECT paper_id, max(on_day) AS on_day FROM days GROUP BY paper_id
)
SELECT known.paper_id AS id, known.updated
FROM known
LEFT JOIN dated ON dated.paper_id = known.paper_id
ORDER BY known.in_on DESC, dated.on_day DESC, known.paper_id DESC
LIMIT 100
