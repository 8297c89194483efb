-- title: Search papers
-- group: Papers
-- description: One row per paper with all the words in its title or abstract; papers with all of them in the title
--   come first, then the newest. At most 1000 rows.
-- param q: Words to look for; a phrase goes between double quotes (default: the first 1000 papers by key).
-- example q: contrastive
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column year: Year of the latest edition it belongs to.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column snippet: Part of the abstract around the first word.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT trim(coalesce(:q, '')) AS words
),

first_word AS (
    SELECT replace(substr(given.words, 1, instr(given.words || ' ', ' ') - 1), '"', '') AS word
    FROM given
),

found AS (
    SELECT earliest.id
    FROM (
        SELECT papers.id FROM papers ORDER BY papers.key COLLATE BINARY LIMIT 1000
    ) AS earliest
    WHERE (SELECT given.words FROM given) = ''
    UNION ALL
    SELECT id FROM (matching(:q)) AS matches
),

-- `place` 0: all words are in the title.
rated AS (
    SELECT
        found.id,
        CASE WHEN found.id IN (matching_title(:q)) THEN 0 ELSE 1 END AS place,
        last_year_of(found.id) AS year
    FROM found
),

best AS (
    SELECT rated.id, rated.place, rated.year
    FROM rated
    JOIN papers ON papers.id = rated.id
    ORDER BY rated.place, rated.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
    LIMIT 1000
),

-- Where the first word stands in the abstract, from 1; 0 if it is not there as typed, for instance without its accents.
ranked AS (
    SELECT best.id, best.place, best.year, instr(lower(papers.abstract), lower(first_word.word)) AS hit
    FROM best
    JOIN papers ON papers.id = best.id
    CROSS JOIN first_word
),

-- 240 characters of the abstract, from 80 before the word; they are cut to whole words below.
passages AS (
    SELECT
        ranked.id,
        ranked.place,
        ranked.year,
        ranked.hit,
        substr(papers.abstract, CASE WHEN ranked.hit > 81 THEN ranked.hit - 80 ELSE 1 END, 240) AS passage
    FROM ranked
    JOIN papers ON papers.id = ranked.id
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    passages.year,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    code_of(papers.id) AS code_url,
    CASE WHEN passages.hit > 81
        THEN '… ' || substr(passages.passage, instr(passages.passage, ' ') + 1)
        ELSE passages.passage
    END
    || CASE WHEN length(papers.abstract) > CASE WHEN passages.hit > 81 THEN passages.hit + 159 ELSE 240 END
        THEN ' …' ELSE '' END AS snippet,
    papers.key AS paper_key
FROM passages
JOIN papers ON papers.id = passages.id
ORDER BY passages.place, passages.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
