-- title: Papers by words of the title
-- group: Papers
-- description: One row per paper whose title holds all the words, the newest first. At most 1000 rows.
-- param words: Words to look for in titles; words between double quotes stand together (default: any title).
-- param edition: Edition, `icml-2022` (default: every one; without words the newest that has papers).
-- example words: contrastive learning
-- column title: Title of the paper.
-- column authors: Authors, in the order of the byline.
-- column year: Year of the last edition it belongs to.
-- column editions: Editions it was presented at, or is said to be a paper of.
-- column code_url: The paper's own repository; of several the first by spelling.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT trim(coalesce(:words, '')) AS words, trim(coalesce(:edition, '')) AS edition
),

meant AS (
    SELECT id FROM (edition_or_newest(:edition)) AS found
),

there AS (
    SELECT paper_id FROM (papers_of(meant)) AS found
),

chosen AS (
    SELECT there.paper_id
    FROM given
    CROSS JOIN there
    WHERE given.words = ''
    UNION ALL
    SELECT matches.id
    FROM given
    CROSS JOIN (matching_title(:words)) AS matches
    WHERE given.words <> ''
        AND (given.edition = '' OR matches.id IN (SELECT there.paper_id FROM there))
),

dated AS (
    SELECT
        chosen.paper_id,
        (
            SELECT max(shown.year) FROM (editions_of(chosen.paper_id)) AS shown
        ) AS year
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
    edition_names_of(papers.id) AS editions,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key
FROM best
JOIN papers ON papers.id = best.paper_id
ORDER BY best.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
