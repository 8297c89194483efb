-- title: Papers per author
-- group: People
-- description: One row per number of papers: how many authors have that many.
-- param edition: Edition, such as `icml-2022` (default: all papers, also those of no edition).
-- example edition: icml-2022
-- column papers: Number of papers.
-- column authors: Number of authors with that many.
-- column percent: Their share in percent of all authors.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
),

selected AS (
    SELECT editions.id
    FROM given
    JOIN editions ON editions.slug = given.edition
),

-- Two ways, each in the order of an index: through all authors, or from the papers of one edition.
counted AS (
    SELECT authorships.author_id, count(DISTINCT authorships.paper_id) AS papers
    FROM authorships
    WHERE (SELECT given.edition FROM given) = ''
    GROUP BY authorships.author_id
    UNION ALL
    SELECT authorships.author_id, count(DISTINCT authorships.paper_id)
    FROM papers_of(selected) AS found
    CROSS JOIN authorships
    WHERE authorships.paper_id = found.paper_id
    GROUP BY authorships.author_id
),

spread AS (
    SELECT counted.papers, count(*) AS authors FROM counted GROUP BY counted.papers
),

everyone AS (
    SELECT count(*) AS authors FROM counted
)

SELECT spread.papers, spread.authors, percentage(spread.authors, everyone.authors) AS percent
FROM spread
CROSS JOIN everyone
ORDER BY spread.papers
