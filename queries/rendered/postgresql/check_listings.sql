WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(rule)s AS TEXT), '')) AS rule
), places AS (
    SELECT
        listing_entries.listing_id,
        COUNT(*) AS number,
        MIN(listing_entries.position) AS first_position,
        MAX(listing_entries.position) AS last_position
    FROM listing_entries
    GROUP BY
        listing_entries.listing_id
), dated AS (
    SELECT
        listings.id,
        TO_CHAR(listings.listed_on, 'YYYY-MM-DD') AS listed_on,
        listings.listed_month,
        listings.listed_day
    FROM listings
), found(listing_id, rule, detail) AS (
    SELECT
        listings.id,
        'a document states it',
        'none does'
    FROM listings
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM listing_sources
            WHERE
                listing_sources.listing_id = listings.id
        )
    UNION ALL
    SELECT
        dated.id,
        'its day is the one printed',
        dated.listed_on || ' and month ' || dated.listed_month || ', day ' || dated.listed_day
    FROM dated
    WHERE
        CAST(SUBSTRING(dated.listed_on FROM 6 FOR 2) AS INT) <> dated.listed_month
        OR CAST(SUBSTRING(dated.listed_on FROM 9 FOR 2) AS INT) <> dated.listed_day
    UNION ALL
    SELECT
        places.listing_id,
        'the positions of its entries have no gaps',
        places.number || ' entries from ' || places.first_position || ' to ' || places.last_position
    FROM places
    WHERE
        places.first_position <> 1 OR places.last_position <> places.number
    UNION ALL
    SELECT
        listing_entries.listing_id,
        'each entry is stated by a mention of its paper',
        'none at ' || listing_entries.position
    FROM listing_entries
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.listing_id = listing_entries.listing_id AND paper_sources.paper_id = listing_entries.paper_id
        )
)
SELECT
    found.rule,
    listings.title AS listing,
    found.detail,
    listings.key AS listing_key
FROM found
CROSS JOIN given
JOIN listings
    ON listings.id = found.listing_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule COLLATE "C" NULLS FIRST,
    listings.title COLLATE "C" NULLS FIRST,
    listings.key COLLATE "C" NULLS FIRST,
    found.detail COLLATE "C" NULLS FIRST
