-- title: Words in titles
-- group: Papers
-- description: One row per word in the titles of an edition, most frequent first; articles, prepositions and other
--   stop words are left out.
-- param edition: Edition, such as `icml-2022` (default: the newest one with papers).
-- param at_least: Minimum number of titles with the word (default: 2).
-- example edition: icml-2022
-- column word: Word, with A to Z in lower case.
-- column papers: Number of papers with the word in their title.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
WITH RECURSIVE given AS (
    SELECT trim(coalesce(:at_least, '')) AS at_least
),

selected AS (
    SELECT id FROM edition_or_newest(:edition) AS found
),

titles AS (
    SELECT
        papers.id AS paper_id,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            lower(papers.title),
            ':', ' '), ',', ' '), '.', ' '), '!', ' '), '?', ' '), '(', ' '), ')', ' '), '"', ' '), '/', ' '),
            ';', ' '), '''s ', ' ') || ' ' AS title
    FROM papers_of(selected) AS found
    JOIN papers ON papers.id = found.paper_id
),

-- One step per word: what stands before the first space, and the rest.
pieces (paper_id, word, rest) AS (
    SELECT titles.paper_id, '' COLLATE BINARY, titles.title FROM titles
    UNION ALL
    SELECT
        pieces.paper_id,
        substr(pieces.rest, 1, instr(pieces.rest, ' ') - 1),
        substr(pieces.rest, instr(pieces.rest, ' ') + 1)
    FROM pieces
    WHERE pieces.rest <> ''
),

counted AS (
    SELECT
        pieces.word,
        count(DISTINCT pieces.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(pieces.paper_id) THEN pieces.paper_id END) AS papers_with_code
    FROM pieces
    WHERE length(pieces.word) > 1
        AND pieces.word NOT IN (
            'about', 'all', 'am', 'an', 'and', 'are', 'as', 'at', 'be', 'but', 'by', 'can', 'do',
            'does', 'don''t', 'for', 'from', 'has', 'have', 'how', 'if', 'in', 'into', 'is', 'it',
            'its', 'more', 'not', 'of', 'on', 'only', 'or', 'our', 'out', 'over', 'so', 'than', 'that',
            'the', 'their', 'them', 'there', 'these', 'they', 'this', 'to', 'toward', 'towards',
            'under', 'up', 'using', 'via', 'we', 'what', 'when', 'where', 'which', 'who', 'why', 'will',
            'with', 'within', 'without', 'you', 'your'
        )
    GROUP BY pieces.word
)

SELECT
    counted.word,
    counted.papers,
    counted.papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent
FROM counted
CROSS JOIN given
WHERE counted.papers >= coalesce(number(given.at_least), 2)
ORDER BY counted.papers DESC, counted.word COLLATE BINARY
