SELECT
    listing_entries.position, listing_entries.upvotes, papers.id, papers.key, papers.title, papers.abstract,
    code_of(papers.id) AS code_url
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
WHERE listing_entries.listing_id = :id
ORDER BY listing_entries.position
