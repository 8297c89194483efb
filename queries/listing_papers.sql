-- title: Papers in listings
-- group: Listings
-- description: One row per entry of a listing.
-- column listing: Heading of the listing.
-- column source: Publisher of the listing, such as `huggingface.co/papers`.
-- column listed_on: Day of the listing; empty if the page prints no year and none was given.
-- column listed_month: Month as printed, 1 to 12.
-- column listed_day: Day of the month as printed.
-- column position: Position in the listing, from 1.
-- column title: Title of the paper.
-- column authors: Authors, in byline order; empty if no document states them.
-- column upvotes: Upvotes at the time of capture.
-- column has_code: 1 when the paper states a repository of its own, else 0.
-- column code_url: URL of that repository; the alphabetically first if there are several.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
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
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    listings.key AS listing_key,
    papers.key AS paper_key
FROM listing_entries
JOIN listings ON listings.id = listing_entries.listing_id
JOIN papers ON papers.id = listing_entries.paper_id
