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

-- Found in the order of the table: counting the editions of every paper would sort them all.
several AS (
    SELECT paper_editions.paper_id
    FROM paper_editions
    GROUP BY paper_editions.paper_id
    HAVING min(paper_editions.edition_id) < max(paper_editions.edition_id)
),

candidates AS (
    SELECT
        several.paper_id,
        count(DISTINCT editions.id) AS number,
        min(editions.year) AS first_year,
        max(editions.year) AS last_year,
        max(CASE WHEN given.venue = '' OR venues.slug = lower(given.venue) THEN 1 ELSE 0 END) AS is_asked_for
    FROM several
    CROSS JOIN given
    JOIN paper_editions ON paper_editions.paper_id = several.paper_id
    JOIN editions ON editions.id = paper_editions.edition_id
    JOIN venues ON venues.id = editions.venue_id
    GROUP BY several.paper_id
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
