-- title: Listing checks
-- group: Documents and data quality
-- description: One row per listing and rule that it breaks; no rows when all is well.
-- param rule: Rule, worded as in the column `rule` (default: all).
-- column rule: The rule it breaks.
-- column listing: Heading of the listing.
-- column detail: What was found instead.
-- column listing_key: Key of the listing.
WITH given AS (
    SELECT trim(coalesce(:rule, '')) AS rule
),

places AS (
    SELECT
        listing_entries.listing_id,
        count(*) AS number,
        min(listing_entries.position) AS first_position,
        max(listing_entries.position) AS last_position
    FROM listing_entries
    GROUP BY listing_entries.listing_id
),

dated AS (
    SELECT listings.id, day(listings.listed_on) AS listed_on, listings.listed_month, listings.listed_day FROM listings
),

found (listing_id, rule, detail) AS (
    SELECT listings.id, 'a document states it', 'none does'
    FROM listings
    WHERE NOT EXISTS (SELECT 1 FROM listing_sources WHERE listing_sources.listing_id = listings.id)
    UNION ALL
    SELECT
        dated.id, 'its day is the one printed',
        dated.listed_on || ' and month ' || dated.listed_month || ', day ' || dated.listed_day
    FROM dated
    WHERE CAST(substr(dated.listed_on, 6, 2) AS integer) <> dated.listed_month
        OR CAST(substr(dated.listed_on, 9, 2) AS integer) <> dated.listed_day
    UNION ALL
    SELECT
        places.listing_id, 'the positions of its entries have no gaps',
        places.number || ' entries from ' || places.first_position || ' to ' || places.last_position
    FROM places
    WHERE places.first_position <> 1 OR places.last_position <> places.number
    UNION ALL
    SELECT
        listing_entries.listing_id,
        'each entry is stated by a mention of its paper', 'none at ' || listing_entries.position
    FROM listing_entries
    WHERE NOT EXISTS (
        SELECT 1
        FROM paper_sources
        WHERE paper_sources.listing_id = listing_entries.listing_id
            AND paper_sources.paper_id = listing_entries.paper_id
    )
)

SELECT found.rule, listings.title AS listing, found.detail, listings.key AS listing_key
FROM found
CROSS JOIN given
JOIN listings ON listings.id = found.listing_id
WHERE given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule COLLATE BINARY,
    listings.title COLLATE BINARY,
    listings.key COLLATE BINARY,
    found.detail COLLATE BINARY
