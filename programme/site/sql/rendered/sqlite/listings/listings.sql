WITH page AS (
    SELECT
        listings.id,
        COUNT(*) OVER () AS total
    FROM listings
    ORDER BY
        listings.listed_on DESC,
        listings.listed_month DESC,
        listings.listed_day DESC,
        listings.key
    LIMIT :size
    OFFSET :skipped
)
SELECT
    listings.key,
    listings.title,
    listings.source,
    listings.listed_on,
    listings.listed_month,
    listings.listed_day,
    page.total,
    COUNT(*) AS papers,
    SUM(
        EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = listing_entries.paper_id AND repo_links.role = 'own'
        )
    ) AS papers_with_code,
    (
        SELECT
            papers.title
        FROM listing_entries AS voted
        JOIN papers
            ON papers.id = voted.paper_id
        WHERE
            voted.listing_id = listings.id
        ORDER BY
            voted.upvotes DESC,
            voted.position
        LIMIT 1
    ) AS first_paper
FROM page
JOIN listings
    ON listings.id = page.id
JOIN listing_entries
    ON listing_entries.listing_id = listings.id
GROUP BY
    listings.id
ORDER BY
    listings.listed_on DESC,
    listings.listed_month DESC,
    listings.listed_day DESC,
    listings.key
