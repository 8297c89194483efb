-- title: Papers at several editions
-- group: Papers
-- description: One row per paper that belongs to more than one edition.
-- param venue: Venue of one of them, such as `icml` (default: any).
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column editions: Editions the paper was presented at or is assigned to by a document, oldest first.
-- column number: Number of these editions.
-- column first_year: Year of the first one.
-- column last_year: Year of the last one.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT trim(coalesce(:venue, '')) AS venue
),

shown AS (
    SELECT edition_id, paper_id FROM (papers_of(editions)) AS found
),

counted AS (
    SELECT shown.paper_id, count(*) AS number
    FROM shown
    GROUP BY shown.paper_id
    HAVING count(*) > 1
),

asked AS (
    SELECT
        counted.paper_id,
        counted.number,
        min(editions.year) AS first_year,
        max(editions.year) AS last_year,
        max(CASE WHEN given.venue = '' OR venues.slug = lower(given.venue) THEN 1 ELSE 0 END) AS is_asked_for
    FROM counted
    CROSS JOIN given
    JOIN shown ON shown.paper_id = counted.paper_id
    JOIN editions ON editions.id = shown.edition_id
    JOIN venues ON venues.id = editions.venue_id
    GROUP BY counted.paper_id, counted.number
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    edition_names_of(papers.id) AS editions,
    asked.number,
    asked.first_year,
    asked.last_year,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key
FROM asked
JOIN papers ON papers.id = asked.paper_id
WHERE asked.is_asked_for = 1
ORDER BY asked.number DESC, papers.title COLLATE BINARY, papers.key COLLATE BINARY
