-- title: Listed papers that were presented
-- group: Listings
-- description: One row per listing entry and edition that its paper belongs to, with the number of days between them.
-- param source: Publisher of the listing, such as `huggingface.co/papers` (default: all).
-- param edition: Edition, such as `icml-2022` (default: all).
-- column title: Title of the paper.
-- column listing: Heading of the listing.
-- column listed_on: Day of the listing; empty if the page prints no year and none was given.
-- column upvotes: Upvotes at the time of capture.
-- column edition: Edition, such as `icml-2022`.
-- column edition_name: Its name, such as `ICML 2022`.
-- column presented_on: Local day of its first slot there, else the first day of the edition.
-- column dated_by: Which of the two it is: `slot` or `edition`.
-- column days: Days from the listing to the presentation; negative if it was presented first.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
-- column listing_key: Key of the listing.
WITH given AS (
    SELECT trim(coalesce(:source, '')) AS source, trim(coalesce(:edition, '')) AS edition
),

entries AS (
    SELECT listing_entries.listing_id, listing_entries.position, listing_entries.paper_id
    FROM given
    CROSS JOIN listings
    JOIN listing_entries ON listing_entries.listing_id = listings.id
    WHERE given.source = '' OR given.source = listings.source
),

listed AS (
    SELECT DISTINCT entries.paper_id FROM entries
),

appearances AS (
    SELECT DISTINCT listed.paper_id, paper_editions.edition_id
    FROM listed
    JOIN paper_editions ON paper_editions.paper_id = listed.paper_id
),

dated AS (
    SELECT
        appearances.paper_id,
        appearances.edition_id,
        (
            SELECT min(slots.local_day COLLATE BINARY)
            FROM slots
            JOIN sessions ON sessions.id = slots.session_id
            WHERE slots.paper_id = appearances.paper_id AND sessions.edition_id = appearances.edition_id
        ) AS slot_day
    FROM appearances
),

presented AS (
    SELECT
        entries.listing_id,
        entries.position,
        entries.paper_id,
        editions.slug AS edition,
        editions.name AS edition_name,
        day(listings.listed_on) AS listed_on,
        coalesce(dated.slot_day, day(editions.starts_on)) AS presented_on,
        CASE
            WHEN dated.slot_day IS NOT NULL THEN 'slot'
            WHEN editions.starts_on IS NOT NULL THEN 'edition'
        END AS dated_by
    FROM entries
    CROSS JOIN given
    JOIN listings ON listings.id = entries.listing_id
    JOIN dated ON dated.paper_id = entries.paper_id
    JOIN editions ON editions.id = dated.edition_id
    WHERE given.edition = '' OR given.edition = editions.slug
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
    days_between(presented.listed_on, presented.presented_on) AS days,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key,
    listings.key AS listing_key
FROM presented
JOIN listings ON listings.id = presented.listing_id
JOIN listing_entries
    ON listing_entries.listing_id = presented.listing_id
    AND listing_entries.position = presented.position
JOIN papers ON papers.id = presented.paper_id
ORDER BY
    presented.listed_on COLLATE BINARY DESC NULLS LAST,
    listings.key COLLATE BINARY,
    presented.position,
    presented.presented_on COLLATE BINARY NULLS LAST,
    presented.edition COLLATE BINARY
