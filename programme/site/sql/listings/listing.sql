SELECT
    id, key, title, source, listed_on, listed_month, listed_day,
    (
        SELECT other.key FROM listings AS other
        WHERE other.source = listings.source AND other.listed_on > listings.listed_on
        ORDER BY other.listed_on LIMIT 1
    ) AS later,
    (
        SELECT other.key FROM listings AS other
        WHERE other.source = listings.source AND other.listed_on < listings.listed_on
        ORDER BY other.listed_on DESC LIMIT 1
    ) AS earlier
FROM listings
WHERE key = :key
