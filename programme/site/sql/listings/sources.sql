SELECT
    documents.sha256, documents.uri, documents.format, documents.captured_on, documents.ingested_at,
    listing_sources.line_start, listing_sources.line_end, listing_sources.path
FROM listing_sources
JOIN documents ON documents.id = listing_sources.document_id
WHERE listing_sources.listing_id = :id
ORDER BY documents.sha256
