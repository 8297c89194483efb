SELECT
    listings.key,
    listings.title,
    listings.source,
    listings.listed_on,
    listing_sources.line_start,
    listing_sources.line_end,
    listing_sources.path
FROM listing_sources
JOIN listings
    ON listings.id = listing_sources.listing_id
WHERE
    listing_sources.document_id = :id
ORDER BY
    listing_sources.line_start,
    listings.key
LIMIT :most
