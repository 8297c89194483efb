WITH page AS (
    SELECT listings.id, count(*) OVER () AS total
    FROM listings
    ORDER BY 
    listings.listed_on DESC NULLS LAST, listings.listed_month DESC NULLS LAST, listings.listed_day DESC NULLS LAST,
    listings.key

    LIMIT :size OFFSET :skipped
)

SELECT
    listings.key, listings.title, listings.source, listings.listed_on, listings.listed_month, listings.listed_day,
    page.total,
    count(*) AS papers,
    sum(has_code(listing_entries.paper_id)) AS papers_with_code,
    (
        SELECT papers.title
        FROM listing_entries AS voted
        JOIN papers ON papers.id = voted.paper_id
        WHERE voted.listing_id = listings.id
        ORDER BY voted.upvotes DESC NULLS LAST, voted.position
        LIMIT 1
    ) AS first_paper
FROM page
JOIN listings ON listings.id = page.id
JOIN listing_entries ON listing_entries.listing_id = listings.id
GROUP BY listings.id
ORDER BY 
    listings.listed_on DESC NULLS LAST, listings.listed_month DESC NULLS LAST, listings.listed_day DESC NULLS LAST,
    listings.key
