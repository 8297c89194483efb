-- title: Papers by title words
-- group: Papers
-- description: One row per paper whose title contains all the words, newest first. At most 1000 rows.
-- param words: Words to look for in titles; a phrase goes between double quotes (default: any title).
-- param edition: Edition, such as `icml-2022` (default: all if words are given, else the newest one with papers).
-- example words: contrastive learning
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column year: Year of the latest edition it belongs to.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT trim(coalesce(:words, '')) AS words, trim(coalesce(:edition, '')) AS edition
),

selected AS (
    SELECT id FROM edition_or_newest(:edition) AS found
),

edition_papers AS (
    SELECT paper_id FROM papers_of(selected) AS found
),

chosen AS (
    SELECT edition_papers.paper_id
    FROM given
    CROSS JOIN edition_papers
    WHERE given.words = ''
    UNION ALL
    SELECT matches.id
    FROM given
    CROSS JOIN matching_title(:words) AS matches
    WHERE given.words <> ''
        AND (given.edition = '' OR matches.id IN (SELECT edition_papers.paper_id FROM edition_papers))
),

dated AS (
    SELECT
        chosen.paper_id,
        last_year_of(chosen.paper_id) AS year
    FROM chosen
),

best AS (
    SELECT dated.paper_id, dated.year
    FROM dated
    JOIN papers ON papers.id = dated.paper_id
    ORDER BY dated.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
    LIMIT 1000
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    best.year,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key
FROM best
JOIN papers ON papers.id = best.paper_id
ORDER BY best.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
