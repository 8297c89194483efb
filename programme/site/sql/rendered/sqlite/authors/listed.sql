SELECT
    authorships.paper_id AS id,
    MAX(SUBSTR(listings.listed_on, 1, 4)) AS year
FROM authorships
JOIN listing_entries
    ON listing_entries.paper_id = authorships.paper_id
JOIN listings
    ON listings.id = listing_entries.listing_id
WHERE
    authorships.author_id = :id
GROUP BY
    authorships.paper_id
