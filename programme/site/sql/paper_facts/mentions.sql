SELECT
    paper_sources.id, paper_sources.document_id, paper_sources.line_start, paper_sources.line_end, paper_sources.path,
    paper_sources.title, paper_sources.byline, paper_sources.identifiers, paper_sources.has_abstract,
    paper_sources.abstract, paper_sources.raw_kind, paper_sources.edition_basis,
    paper_sources.listing_position, paper_sources.upvotes AS stated_upvotes, listing_entries.upvotes,
    documents.sha256, documents.uri, documents.format, documents.captured_on,
    editions.slug AS edition, editions.name AS edition_name, editions.starts_on, editions.ends_on,
    listings.key AS listing, listings.title AS listing_title, listings.source AS listing_source, listings.listed_on,
    listings.listed_month, listings.listed_day
FROM paper_sources
JOIN documents ON documents.id = paper_sources.document_id
LEFT JOIN editions ON editions.id = paper_sources.edition_id
LEFT JOIN listings ON listings.id = paper_sources.listing_id
LEFT JOIN listing_entries
    ON listing_entries.listing_id = paper_sources.listing_id
    AND listing_entries.position = paper_sources.listing_position
WHERE paper_sources.paper_id = :id
ORDER BY documents.uri, documents.sha256, paper_sources.line_start, paper_sources.path
