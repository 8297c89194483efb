SELECT papers.key, papers.title, listing_entries.upvotes
FROM listing_entries
JOIN papers ON papers.id = listing_entries.paper_id
WHERE listing_entries.listing_id = (SELECT id FROM listings WHERE key = :key)
ORDER BY listing_entries.position
LIMIT 5
