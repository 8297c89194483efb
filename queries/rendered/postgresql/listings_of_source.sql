WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(source)s AS TEXT), '')) AS source
), counted AS (
    SELECT
        listing_entries.listing_id,
        COUNT(*) AS papers,
        COUNT(
            CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = listing_entries.paper_id AND repo_links.role = 'own'
                )
                THEN listing_entries.paper_id
            END
        ) AS papers_with_code,
        SUM(listing_entries.upvotes) AS upvotes
    FROM listing_entries
    GROUP BY
        listing_entries.listing_id
)
SELECT
    listings.title AS listing,
    listings.source,
    TO_CHAR(listings.listed_on, 'YYYY-MM-DD') AS listed_on,
    listings.listed_month,
    listings.listed_day,
    COALESCE(counted.papers, 0) AS papers,
    COALESCE(counted.papers_with_code, 0) AS papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(counted.papers, 0), 1) END AS DOUBLE PRECISION) AS percent,
    CAST(counted.upvotes AS INT) AS upvotes,
    (
        SELECT
            papers.title
        FROM listing_entries
        JOIN papers
            ON papers.id = listing_entries.paper_id
        WHERE
            listing_entries.listing_id = listings.id
        ORDER BY
            listing_entries.position NULLS FIRST
        LIMIT 1
    ) AS first_title,
    listings.key AS listing_key
FROM given
CROSS JOIN listings
LEFT JOIN counted
    ON counted.listing_id = listings.id
WHERE
    given.source = '' OR given.source = listings.source
ORDER BY
    TO_CHAR(listings.listed_on, 'YYYY-MM-DD') COLLATE "C" DESC NULLS LAST,
    listings.source COLLATE "C" NULLS FIRST,
    listings.title COLLATE "C" NULLS FIRST,
    listings.key COLLATE "C" NULLS FIRST
