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
SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    CASE WHEN length(papers.abstract) > 330
        THEN '… ' || substr(
            substr(papers.abstract, length(papers.abstract) - 329),
            instr(substr(papers.abstract, length(papers.abstract) - 329), ' ') + 1
        )
        ELSE papers.abstract
    END AS promise,
    papers.code_promise AS word,
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
FROM papers
WHERE papers.code_promise IS NOT NULL
    AND NOT has_code(papers.id)
    AND NOT EXISTS (
        SELECT 1 FROM paper_links
        WHERE paper_links.paper_id = papers.id AND paper_links.field = 'abstract' AND paper_links.kind <> 'video'
    )
