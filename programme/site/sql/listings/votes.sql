SELECT listing_entries.position, listing_entries.paper_id, papers.title, paper_sources.upvotes
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
LEFT JOIN paper_sources
    ON paper_sources.listing_id = listing_entries.listing_id
    AND paper_sources.listing_position = listing_entries.position
WHERE listing_entries.listing_id = :id
ORDER BY listing_entries.position, paper_sources.upvotes
