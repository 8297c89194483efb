-- title: Listings of a source
-- group: Listings
-- description: One row per listing, newest first.
-- param source: Publisher of the listing, such as `huggingface.co/papers` (default: all).
-- column listing: Heading of the listing.
-- column source: Publisher of the listing, such as `huggingface.co/papers`.
-- column listed_on: Day of the listing; empty if the page prints no year and none was given.
-- column listed_month: Month as printed, 1 to 12.
-- column listed_day: Day of the month as printed.
-- column papers: Number of entries.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
-- column upvotes: Upvotes of all its entries; empty if none are printed.
-- column first_title: Title of its first entry.
-- column listing_key: Key of the listing.
WITH given AS (
    SELECT trim(coalesce(:source, '')) AS source
),

counted AS (
    SELECT
        listing_entries.listing_id,
        count(*) AS papers,
        count(CASE WHEN has_code(listing_entries.paper_id) THEN listing_entries.paper_id END) AS papers_with_code,
        sum(listing_entries.upvotes) AS upvotes
    FROM listing_entries
    GROUP BY listing_entries.listing_id
)

SELECT
    listings.title AS listing,
    listings.source,
    day(listings.listed_on) AS listed_on,
    listings.listed_month,
    listings.listed_day,
    coalesce(counted.papers, 0) AS papers,
    coalesce(counted.papers_with_code, 0) AS papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent,
    CAST(counted.upvotes AS integer) AS upvotes,
    (
        SELECT papers.title
        FROM listing_entries
        JOIN papers ON papers.id = listing_entries.paper_id
        WHERE listing_entries.listing_id = listings.id
        ORDER BY listing_entries.position
        LIMIT 1
    ) AS first_title,
    listings.key AS listing_key
FROM given
CROSS JOIN listings
LEFT JOIN counted ON counted.listing_id = listings.id
WHERE given.source = '' OR given.source = listings.source
ORDER BY
    day(listings.listed_on) COLLATE BINARY DESC NULLS LAST,
    listings.source COLLATE BINARY,
    listings.title COLLATE BINARY,
    listings.key COLLATE BINARY
