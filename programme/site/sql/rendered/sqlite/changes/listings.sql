SELECT
    listings.key,
    listings.title
FROM JSON_EACH(:keys) AS wanted
JOIN listings
    ON listings.key = wanted.value
