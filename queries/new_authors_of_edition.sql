-- title: New authors of an edition
-- group: People
-- description: One row per author whose first edition this is: no edition of an earlier year in this database has a
--   paper of theirs.
-- param edition: Edition, such as `icml-2022` (default: the newest one with papers).
-- param scope: `venue` to consider only earlier editions of the same venue (default: those of all venues).
-- example edition: icml-2022
-- column edition: Edition.
-- column edition_name: Its name, such as `ICML 2022`.
-- column name: Name of the author.
-- column papers: Number of their papers at the edition.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column title: Title of one of them, the alphabetically first.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:scope, '')) AS scope
),

selected AS (
    SELECT id, venue_id, slug, name, year FROM edition_or_newest(:edition) AS found
),

earlier AS (
    SELECT editions.id
    FROM selected
    CROSS JOIN given
    JOIN editions ON editions.year < selected.year
    WHERE given.scope <> 'venue' OR editions.venue_id = selected.venue_id
),

edition_authorships AS (
    SELECT authorships.author_id, found.paper_id
    -- CROSS JOIN keeps SQLite to this order, from the papers of one edition to their authors.
    FROM papers_of(selected) AS found
    CROSS JOIN authorships
    WHERE authorships.paper_id = found.paper_id
),


-- CROSS JOIN again: from each of these authors to their papers, up to the first of an earlier edition.
fresh AS MATERIALIZED (
    SELECT present.author_id
    FROM (SELECT DISTINCT edition_authorships.author_id FROM edition_authorships) AS present
    WHERE NOT EXISTS (
        SELECT 1
        FROM authorships
        CROSS JOIN paper_editions
        WHERE authorships.author_id = present.author_id
            AND paper_editions.paper_id = authorships.paper_id
            AND paper_editions.edition_id IN (SELECT earlier.id FROM earlier)
    )
),

counted AS (
    SELECT
        edition_authorships.author_id,
        count(DISTINCT edition_authorships.paper_id) AS papers,
        count(DISTINCT CASE
            WHEN has_code(edition_authorships.paper_id) THEN edition_authorships.paper_id
        END) AS papers_with_code,
        min(papers.title COLLATE BINARY) AS title
    FROM edition_authorships
    JOIN papers ON papers.id = edition_authorships.paper_id
    WHERE edition_authorships.author_id IN (SELECT fresh.author_id FROM fresh)
    GROUP BY edition_authorships.author_id
)

SELECT
    selected.slug AS edition,
    selected.name AS edition_name,
    authors.name,
    counted.papers,
    counted.papers_with_code,
    counted.title,
    authors.key AS author_key
FROM counted
CROSS JOIN selected
JOIN authors ON authors.id = counted.author_id
ORDER BY counted.papers DESC, authors.name COLLATE BINARY, authors.key COLLATE BINARY
