-- title: First and latest papers of authors
-- group: People
-- description: One row per author: the first and the latest edition with a paper of theirs, as far as this database
--   knows. At most 1000 rows: the authors with the most papers at the edition.
-- param author: Key of the author, or whole words of the name, in any case, with or without accents (default: every
--   author of the edition).
-- param edition: Edition that one of their papers belongs to, such as `icml-2022` (default: all if an author is
--   given, else the newest one with papers).
-- example author: Arkwright
-- column author: Name of the author.
-- column first_year: Year of their first edition; empty if none of their papers belongs to one.
-- column first_edition: First edition, such as `icml-2022`.
-- column first_edition_name: Its name, such as `ICML 2022`.
-- column first_title: A paper of theirs there, the alphabetically first.
-- column last_year: Year of their latest edition.
-- column last_edition: Latest edition.
-- column last_edition_name: Its name.
-- column last_title: A paper of theirs there, the alphabetically first.
-- column editions: Number of editions with a paper of theirs.
-- column papers: Number of their papers, with or without an edition.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:author, '')) AS author, trim(coalesce(:edition, '')) AS edition
),

selected AS (
    SELECT id FROM edition_or_newest(:edition) AS found
),

edition_authors AS (
    SELECT authorships.author_id, count(DISTINCT found.paper_id) AS papers
    -- CROSS JOIN keeps SQLite to this order, from the papers of one edition to their authors.
    FROM papers_of(selected) AS found
    CROSS JOIN authorships
    WHERE authorships.paper_id = found.paper_id
    GROUP BY authorships.author_id
),

named AS (
    SELECT author_id FROM authors_named(:author) AS found
),

-- The authors at the edition, or with the name; where both are given, those to whom both apply.
candidates AS (
    SELECT edition_authors.author_id, edition_authors.papers
    FROM given
    CROSS JOIN edition_authors
    WHERE given.author = ''
    UNION ALL
    SELECT named.author_id, coalesce(edition_authors.papers, 0)
    FROM given
    CROSS JOIN named
    LEFT JOIN edition_authors ON edition_authors.author_id = named.author_id
    WHERE given.edition = '' OR edition_authors.author_id IS NOT NULL
),

chosen AS (
    SELECT candidates.author_id
    FROM candidates
    JOIN authors ON authors.id = candidates.author_id
    ORDER BY candidates.papers DESC, authors.name COLLATE BINARY, authors.key COLLATE BINARY
    LIMIT 1000
),

-- The editions, numbered from the earliest, so that the first and latest of an author are a minimum and a maximum.
ordered AS (
    SELECT
        editions.id,
        row_number() OVER (
            ORDER BY editions.year, day(editions.starts_on) COLLATE BINARY NULLS LAST, editions.slug COLLATE BINARY
        ) AS number
    FROM editions
),

-- Papers of the chosen authors with their editions.
appearances AS (
    SELECT authorships.author_id, authorships.paper_id, paper_editions.edition_id
    FROM chosen
    JOIN authorships ON authorships.author_id = chosen.author_id
    JOIN paper_editions ON paper_editions.paper_id = authorships.paper_id
),

numbered AS (
    SELECT appearances.author_id, appearances.paper_id, ordered.number
    FROM appearances
    JOIN ordered ON ordered.id = appearances.edition_id
),

spans AS (
    SELECT
        numbered.author_id,
        min(numbered.number) AS first_number,
        max(numbered.number) AS last_number,
        count(DISTINCT numbered.number) AS editions
    FROM numbered
    GROUP BY numbered.author_id
),

titles AS (
    SELECT
        numbered.author_id,
        min(CASE WHEN numbered.number = spans.first_number THEN papers.title END COLLATE BINARY) AS first_title,
        min(CASE WHEN numbered.number = spans.last_number THEN papers.title END COLLATE BINARY) AS last_title
    -- CROSS JOIN keeps SQLite to this order, from at most 1000 authors to their papers.
    FROM spans
    CROSS JOIN numbered
    CROSS JOIN papers
    WHERE numbered.author_id = spans.author_id
        AND numbered.number IN (spans.first_number, spans.last_number)
        AND papers.id = numbered.paper_id
    GROUP BY numbered.author_id
)

SELECT
    authors.name AS author,
    earliest.year AS first_year,
    earliest.slug AS first_edition,
    earliest.name AS first_edition_name,
    titles.first_title,
    latest.year AS last_year,
    latest.slug AS last_edition,
    latest.name AS last_edition_name,
    titles.last_title,
    coalesce(spans.editions, 0) AS editions,
    (
        SELECT count(DISTINCT authorships.paper_id) FROM authorships WHERE authorships.author_id = chosen.author_id
    ) AS papers,
    authors.key AS author_key
FROM chosen
JOIN authors ON authors.id = chosen.author_id
LEFT JOIN spans ON spans.author_id = chosen.author_id
LEFT JOIN titles ON titles.author_id = chosen.author_id
LEFT JOIN ordered AS first_place ON first_place.number = spans.first_number
LEFT JOIN ordered AS last_place ON last_place.number = spans.last_number
LEFT JOIN editions AS earliest ON earliest.id = first_place.id
LEFT JOIN editions AS latest ON latest.id = last_place.id
ORDER BY authors.name COLLATE BINARY, authors.key COLLATE BINARY
