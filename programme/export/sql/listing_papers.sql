-- One row per entry of a listing, in its order, as `programme.export.feeds` reads it. :listing is the key of the listing.
-- Where its page prints no year, the listing is dated by its document: the day of its capture, or else of its ingest.
SELECT
    papers.key,
    papers.title,
    coalesce(
        day(listings.listed_on),
        (
            SELECT max(coalesce(day(documents.captured_on), substr(instant(documents.ingested_at), 1, 10)))
            FROM listing_sources
            JOIN documents ON documents.id = listing_sources.document_id
            WHERE listing_sources.listing_id = listings.id
        )
    ) AS updated,
    byline_of(papers.id) AS authors,
    papers.abstract,
    identifiers_of(papers.id) AS identifiers,
    code_of(papers.id) AS code,
    edition_names_of(papers.id) AS editions,
    listings.title AS listing
FROM listings
JOIN listing_entries ON listing_entries.listing_id = listings.id
JOIN papers ON papers.id = listing_entries.paper_id
WHERE listings.key = :listing
ORDER BY listing_entries.position
