-- title: Promised code
-- group: Code
-- description: One row per paper whose abstract ends with a promise of code but that states no link to it: it has no
--   repository of its own, and its abstract links to videos at most. A promise is the word code in the last 330
--   characters, together with a word such as released, available or public.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column promise: The end of the abstract.
-- column word: The word that makes it a promise: `available`, `released`, `open source`, `public`, `found` or
--   `provided`.
-- column link: A link to a video, or one stated in another field of the paper; project pages come first.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column year: Year of the first of these editions.
-- column paper_key: Key of the paper.
-- order: year DESC NULLS LAST, title COLLATE BINARY, paper_key COLLATE BINARY
WITH endings AS (
    -- 330 characters are some three sentences: a promise comes at the end; code further up is a subject of the paper.
    SELECT
        papers.id,
        substr(
            papers.abstract,
            CASE WHEN length(papers.abstract) > 330 THEN length(papers.abstract) - 329 ELSE 1 END
        ) AS ending
    FROM papers
),

lowered AS (
    SELECT endings.id, lower(endings.ending) AS ending
    FROM endings
),

-- Whatever may stand before a word becomes a space, so that ' code' finds no 'decode', and 'open sourc' 'open-source'.
-- Most abstracts are dropped here, before anything slow.
spaced AS (
    SELECT
        lowered.id,
        ' ' || replace(replace(replace(replace(lowered.ending, '
', ' '), '-', ' '), '(', ' '), '/', ' ') AS ending
    FROM lowered
    WHERE instr(lowered.ending, 'code') > 0 OR instr(lowered.ending, 'implementation') > 0
),

-- Words that start with code and promise none. MATERIALIZED, as the result is searched a dozen times.
coded AS MATERIALIZED (
    SELECT
        spaced.id,
        replace(replace(replace(replace(
            spaced.ending, ' codebook', ''), ' codec', ''), ' code generation', ''), ' code switch', '') AS ending
    FROM spaced
),

-- In a sample of real abstracts, code near one of these words found nineteen promises of twenty; a list of phrases
-- found half. The first word that applies decides. An implementation counts as code only in these phrases.
promises AS (
    SELECT
        coded.id,
        CASE
            WHEN instr(coded.ending, 'availab') > 0 OR instr(coded.ending, 'accessib') > 0 THEN 'available'
            WHEN instr(coded.ending, 'releas') > 0 THEN 'released'
            WHEN instr(coded.ending, 'open sourc') > 0 THEN 'open source'
            WHEN instr(coded.ending, 'public') > 0 THEN 'public'
            WHEN instr(coded.ending, 'can be found') > 0 THEN 'found'
            WHEN instr(coded.ending, 'provided') > 0 OR instr(coded.ending, 'supplement') > 0 THEN 'provided'
        END AS word
    FROM coded
    WHERE (
            instr(coded.ending, ' code') > 0
            OR instr(coded.ending, 'implementation is available') > 0
            OR instr(coded.ending, 'implementation is publicly available') > 0
            OR instr(coded.ending, 'implementation will be') > 0
            OR instr(coded.ending, 'open source our implementation') > 0
            OR instr(coded.ending, 'release our implementation') > 0
        )
        AND NOT has_code(coded.id)
        AND NOT EXISTS (
            SELECT 1 FROM paper_links
            WHERE paper_links.paper_id = coded.id AND paper_links.field = 'abstract' AND paper_links.kind <> 'video'
        )
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    CASE WHEN length(papers.abstract) > 330
        THEN '… ' || substr(endings.ending, instr(endings.ending, ' ') + 1)
        ELSE papers.abstract
    END AS promise,
    promises.word,
    (
        SELECT paper_links.url
        FROM paper_links
        WHERE paper_links.paper_id = papers.id
        ORDER BY CASE paper_links.kind WHEN 'project_page' THEN 0 ELSE 1 END, paper_links.url COLLATE BINARY
        LIMIT 1
    ) AS link,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    first_year_of(papers.id) AS year,
    papers.key AS paper_key
FROM promises
JOIN endings ON endings.id = promises.id
JOIN papers ON papers.id = promises.id
WHERE promises.word IS NOT NULL
