SELECT
    listings.key,
    listings.title,
    listings.source,
    listings.listed_on,
    listings.listed_month,
    listings.listed_day
FROM listings
ORDER BY
    listings.listed_on DESC,
    listings.listed_month DESC,
    listings.listed_day DESC,
    listings.key
LIMIT 1
