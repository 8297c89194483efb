-- title: Authors of an edition
-- group: People
-- description: One row per author with a paper at the edition; those with the most papers first.
-- param edition: Edition, such as `icml-2022` (default: the newest one with papers).
-- example edition: icml-2022
-- column edition: Edition.
-- column edition_name: Its name, such as `ICML 2022`.
-- column name: Name of the author.
-- column papers: Number of their papers at the edition.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column as_first: How many of these papers have this author first on the byline.
-- column as_last: How many have this author last on a byline of several.
-- column author_key: Key of the author.
WITH selected AS (
    SELECT id, slug, name FROM edition_or_newest(:edition) AS found
),

edition_papers AS (
    SELECT edition_id, paper_id FROM papers_of(selected) AS found
),

bylines AS (
    SELECT edition_papers.paper_id, max(authorships.position) AS length
    FROM edition_papers
    JOIN authorships ON authorships.paper_id = edition_papers.paper_id
    GROUP BY edition_papers.paper_id
),

counted AS (
    SELECT
        authorships.author_id,
        count(DISTINCT bylines.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(bylines.paper_id) THEN bylines.paper_id END) AS papers_with_code,
        count(DISTINCT CASE WHEN authorships.position = 1 THEN bylines.paper_id END) AS as_first,
        count(DISTINCT CASE
            WHEN authorships.position = bylines.length AND bylines.length > 1 THEN bylines.paper_id
        END) AS as_last
    FROM bylines
    JOIN authorships ON authorships.paper_id = bylines.paper_id
    GROUP BY authorships.author_id
)

SELECT
    selected.slug AS edition,
    selected.name AS edition_name,
    authors.name,
    counted.papers,
    counted.papers_with_code,
    counted.as_first,
    counted.as_last,
    authors.key AS author_key
FROM counted
CROSS JOIN selected
JOIN authors ON authors.id = counted.author_id
ORDER BY counted.papers DESC, authors.name COLLATE BINARY, authors.key COLLATE BINARY
