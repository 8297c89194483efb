-- title: Most upvoted papers
-- group: Listings
-- description: One row per paper with upvotes in a listing, the most upvoted first.
-- param source: Publisher of the listing, such as `huggingface.co/papers` (default: all).
-- param month: Year, month or day of the listing, such as `2025`, `2025-08` or `2025-08-11` (default: any time).
-- param with_code: 1 for papers with a repository of their own, 0 for papers without (default: both).
-- example with_code: 1
-- column title: Title of the paper.
-- column authors: Authors, in byline order; empty if no document states them.
-- column upvotes: Upvotes; the highest number if it is in several listings.
-- column listed_on: First day on which it was listed, as far as known.
-- column listings: Number of listings it is in.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT
        trim(coalesce(:source, '')) AS source,
        trim(coalesce(:month, '')) AS month,
        trim(coalesce(:with_code, '')) AS with_code
),

dated AS (
    SELECT listings.id, listings.source, day(listings.listed_on) AS listed_on FROM listings
),

counted AS (
    SELECT
        listing_entries.paper_id,
        max(listing_entries.upvotes) AS upvotes,
        min(dated.listed_on COLLATE BINARY) AS listed_on,
        count(DISTINCT dated.id) AS listings
    FROM given
    CROSS JOIN dated
    JOIN listing_entries ON listing_entries.listing_id = dated.id
    WHERE (given.source = '' OR given.source = dated.source)
        AND (given.month = '' OR substr(dated.listed_on, 1, length(given.month)) = given.month)
    GROUP BY listing_entries.paper_id
),

coded AS (
    SELECT
        counted.paper_id,
        counted.upvotes,
        counted.listed_on,
        counted.listings,
        code_of(counted.paper_id) AS code_url
    FROM counted
    WHERE counted.upvotes IS NOT NULL
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    coded.upvotes,
    coded.listed_on,
    coded.listings,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    coded.code_url,
    papers.key AS paper_key
FROM coded
CROSS JOIN given
JOIN papers ON papers.id = coded.paper_id
WHERE given.with_code = ''
    OR (given.with_code = '0' AND coded.code_url IS NULL)
    OR (given.with_code <> '0' AND coded.code_url IS NOT NULL)
ORDER BY coded.upvotes DESC, papers.title COLLATE BINARY, papers.key COLLATE BINARY
