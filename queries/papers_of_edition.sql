-- title: Papers of an edition
-- group: Papers
-- description: One row per paper of the edition, from its programme and from lists.
-- param edition: Edition, such as `icml-2022` (default: the newest one with papers).
-- param q: Words that must all occur in the title or abstract (default: none).
-- param kind: Kind of presentation: `oral`, `poster`, … (default: any).
-- param with_code: 1 for papers with a repository of their own, 0 for papers without (default: both).
-- example edition: icml-2022
-- example q: contrastive
-- column edition: Edition.
-- column edition_name: Its name, such as `ICML 2022`.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column kinds: Kinds of presentation there, as slots and lists state them; empty where none does.
-- column local_day: Local day of its first slot there.
-- column local_start: Local start time of that slot.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column upvotes: Highest number of upvotes in a listing.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT
        trim(coalesce(:q, '')) AS words,
        trim(coalesce(:kind, '')) AS kind,
        trim(coalesce(:with_code, '')) AS with_code
),

selected AS (
    SELECT id, slug, name FROM edition_or_newest(:edition) AS found
),

scheduled AS (
    SELECT
        slots.paper_id,
        slots.local_day,
        slots.local_start,
        row_number() OVER (
            PARTITION BY slots.paper_id
            ORDER BY slots.starts_at NULLS LAST, sessions.key COLLATE BINARY, slots.position
        ) AS number
    FROM selected
    JOIN sessions ON sessions.edition_id = selected.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE slots.paper_id IS NOT NULL
),

edition_papers AS (
    SELECT found.paper_id
    FROM papers_of(selected) AS found
    CROSS JOIN given
    WHERE (given.words = '' OR found.paper_id IN (SELECT id FROM matching(:q)))
        AND (
            given.kind = ''
            OR EXISTS (
                SELECT 1
                FROM paper_editions
                WHERE paper_editions.paper_id = found.paper_id
                    AND paper_editions.edition_id = found.edition_id
                    AND paper_editions.kind = lower(given.kind)
            )
        )
),

-- A step of its own, so that the repository is looked up once and not again for the filter below.
coded AS (
    SELECT edition_papers.paper_id, code_of(edition_papers.paper_id) AS code_url FROM edition_papers
)

SELECT
    selected.slug AS edition,
    selected.name AS edition_name,
    papers.title,
    byline_of(papers.id) AS authors,
    kinds_of(papers.id, selected.id) AS kinds,
    earliest.local_day,
    earliest.local_start,
    coded.code_url,
    (
        SELECT max(listing_entries.upvotes) FROM listing_entries WHERE listing_entries.paper_id = papers.id
    ) AS upvotes,
    papers.key AS paper_key
FROM coded
CROSS JOIN selected
CROSS JOIN given
JOIN papers ON papers.id = coded.paper_id
LEFT JOIN scheduled AS earliest ON earliest.paper_id = papers.id AND earliest.number = 1
WHERE given.with_code = ''
    OR (given.with_code = '0' AND coded.code_url IS NULL)
    OR (given.with_code <> '0' AND coded.code_url IS NOT NULL)
ORDER BY papers.title COLLATE BINARY, papers.key COLLATE BINARY
