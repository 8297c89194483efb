-- title: Papers of listings
-- group: Listings
-- description: One row per entry of a listing.
-- column listing: Heading of the listing.
-- column source: Who publishes it.
-- column listed_on: Its day; empty when the page prints no year and none was given.
-- column listed_month: Month as printed, 1 to 12.
-- column listed_day: Day of the month as printed.
-- column position: Place in the listing, from 1.
-- column title: Title of the paper.
-- column authors: Authors, in the order of the byline; empty when no document states them.
-- column upvotes: Upvotes at the time of capture.
-- column has_code: 1 when the paper states a repository of its own, else 0.
-- column code_url: That repository; of several the first by spelling.
-- column editions: Editions the paper was presented at, or is said to be a paper of.
-- column listing_key: Key of the listing.
-- column paper_key: Key of the paper.
-- order: listed_on COLLATE BINARY DESC NULLS LAST, listing_key COLLATE BINARY, position
-- facets: source, listed_on, has_code
SELECT
    listings.title AS listing,
    listings.source,
    day(listings.listed_on) AS listed_on,
    listings.listed_month,
    listings.listed_day,
    listing_entries.position,
    papers.title,
    byline_of(papers.id) AS authors,
    listing_entries.upvotes,
    CAST(CASE WHEN has_code(papers.id) THEN 1 ELSE 0 END AS integer) AS has_code,
    code_of(papers.id) AS code_url,
    edition_names_of(papers.id) AS editions,
    listings.key AS listing_key,
    papers.key AS paper_key
FROM listing_entries
JOIN listings ON listings.id = listing_entries.listing_id
JOIN papers ON papers.id = listing_entries.paper_id
