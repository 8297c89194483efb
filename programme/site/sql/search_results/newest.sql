-- CROSS JOIN makes SQLite start from the newest editions and listings, so that each LIMIT stops early.
WITH ordered AS MATERIALIZED (
    SELECT id, coalesce(starts_on, year || '-01-01') AS on_day
    FROM editions
    WHERE :any_edition OR id IN (SELECT value FROM items(:editions))
    ORDER BY on_day DESC
),
newest_listings AS MATERIALIZED (
    SELECT id, listed_on FROM listings WHERE listed_on IS NOT NULL ORDER BY listed_on DESC
),
presented AS (
    SELECT DISTINCT paper_editions.paper_id AS id, ordered.on_day
    FROM ordered
    CROSS JOIN paper_editions ON paper_editions.edition_id = ordered.id
    WHERE (:kind = '' OR paper_editions.kind = :kind) AND (NOT :code OR has_code(paper_editions.paper_id))
    LIMIT :most
),
listed AS (
    SELECT DISTINCT listing_entries.paper_id AS id, newest_listings.listed_on AS on_day
    FROM newest_listings
    CROSS JOIN listing_entries ON listing_entries.listing_id = newest_listings.id
    WHERE :any_edition AND (NOT :code OR has_code(listing_entries.paper_id))
        AND (:kind = '' OR is_presented(listing_entries.paper_id))
    LIMIT :most
),
undated AS (
    SELECT papers.id, '' AS on_day
    FROM papers
    WHERE :any_edition AND (NOT :code OR has_code(papers.id))
        AND (:kind = '' OR is_presented(papers.id))
    ORDER BY papers.id DESC
    LIMIT :most
)
SELECT id
FROM (
    SELECT * FROM presented
    UNION ALL
    SELECT * FROM listed
    UNION ALL
    SELECT * FROM undated
)
GROUP BY id
ORDER BY max(on_day) DESC, id DESC
LIMIT :most
