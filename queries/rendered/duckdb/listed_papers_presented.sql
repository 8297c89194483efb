WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(source AS TEXT), '')) AS source,
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition
), entries AS (
    SELECT
        listing_entries.listing_id,
        listing_entries.position,
        listing_entries.paper_id
    FROM given
    CROSS JOIN listings
    JOIN listing_entries
        ON listing_entries.listing_id = listings.id
    WHERE
        given.source = '' OR given.source = listings.source
), listed AS (
    SELECT DISTINCT
        entries.paper_id
    FROM entries
), appearances AS (
    SELECT DISTINCT
        listed.paper_id,
        paper_editions.edition_id
    FROM listed
    JOIN paper_editions
        ON paper_editions.paper_id = listed.paper_id
), dated AS (
    SELECT
        appearances.paper_id,
        appearances.edition_id,
        (
            SELECT
                MIN(slots.local_day)
            FROM slots
            JOIN sessions
                ON sessions.id = slots.session_id
            WHERE
                slots.paper_id = appearances.paper_id AND sessions.edition_id = appearances.edition_id
        ) AS slot_day
    FROM appearances
), presented AS (
    SELECT
        entries.listing_id,
        entries.position,
        entries.paper_id,
        editions.slug AS edition,
        editions.name AS edition_name,
        CAST(listings.listed_on AS TEXT) AS listed_on,
        COALESCE(dated.slot_day, CAST(editions.starts_on AS TEXT)) AS presented_on,
        CASE WHEN dated.slot_day IS NOT NULL THEN 'slot' WHEN editions.starts_on IS NOT NULL THEN 'edition' END AS dated_by
    FROM entries
    CROSS JOIN given
    JOIN listings
        ON listings.id = entries.listing_id
    JOIN dated
        ON dated.paper_id = entries.paper_id
    JOIN editions
        ON editions.id = dated.edition_id
    WHERE
        given.edition = '' OR given.edition = editions.slug
)
SELECT
    papers.title,
    listings.title AS listing,
    presented.listed_on,
    listing_entries.upvotes,
    presented.edition,
    presented.edition_name,
    presented.presented_on,
    presented.dated_by,
    DATE_DIFF('DAY', CAST(presented.listed_on AS DATE), CAST(presented.presented_on AS DATE)) AS days,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    papers.key AS paper_key,
    listings.key AS listing_key
FROM presented
JOIN listings
    ON listings.id = presented.listing_id
JOIN listing_entries
    ON listing_entries.listing_id = presented.listing_id AND listing_entries.position = presented.position
JOIN papers
    ON papers.id = presented.paper_id
ORDER BY
    presented.listed_on DESC,
    listings.key NULLS FIRST,
    presented.position NULLS FIRST,
    presented.presented_on,
    presented.edition NULLS FIRST
