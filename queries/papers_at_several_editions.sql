-- title: Papers at several editions
-- group: Papers
-- description: One row per paper that belongs to more than one edition.
-- param venue: Venue of one of them, such as `icml` (default: any).
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column number: Number of these editions.
-- column first_year: Year of the first one.
-- column last_year: Year of the last one.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT trim(coalesce(:venue, '')) AS venue
),

edition_papers AS (
    SELECT edition_id, paper_id FROM papers_of(editions) AS found
),

counted AS (
    SELECT edition_papers.paper_id, count(*) AS number
    FROM edition_papers
    GROUP BY edition_papers.paper_id
    HAVING count(*) > 1
),

candidates AS (
    SELECT
        counted.paper_id,
        counted.number,
        min(editions.year) AS first_year,
        max(editions.year) AS last_year,
        max(CASE WHEN given.venue = '' OR venues.slug = lower(given.venue) THEN 1 ELSE 0 END) AS is_asked_for
    FROM counted
    CROSS JOIN given
    JOIN edition_papers ON edition_papers.paper_id = counted.paper_id
    JOIN editions ON editions.id = edition_papers.edition_id
    JOIN venues ON venues.id = editions.venue_id
    GROUP BY counted.paper_id, counted.number
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    candidates.number,
    candidates.first_year,
    candidates.last_year,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key
FROM candidates
JOIN papers ON papers.id = candidates.paper_id
WHERE candidates.is_asked_for = 1
ORDER BY candidates.number DESC, papers.title COLLATE BINARY, papers.key COLLATE BINARY
