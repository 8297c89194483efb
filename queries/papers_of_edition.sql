-- title: Papers of an edition
-- group: Papers
-- description: One row per paper presented at the edition, or said to be a paper of it.
-- param edition: Edition, `icml-2022` (default: the newest that has papers).
-- param q: Words that the title and abstract must hold (default: none).
-- param kind: How it is presented: `oral`, `poster`, … (default: in any way).
-- param with_code: 1 for papers with a repository of their own, 0 for the others (default: both).
-- example edition: icml-2022
-- example q: contrastive
-- column edition: Edition.
-- column title: Title of the paper.
-- column authors: Authors, in the order of the byline.
-- column kinds: How it is presented there; empty when only a list names it.
-- column local_day: Day of its first slot there, at the place.
-- column local_start: Start of that slot.
-- column code_url: The paper's own repository; of several the first by spelling.
-- column upvotes: Most upvotes in a listing.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT
        trim(coalesce(:q, '')) AS words,
        trim(coalesce(:kind, '')) AS kind,
        trim(coalesce(:with_code, '')) AS with_code
),

meant AS (
    SELECT id, slug FROM (edition_or_newest(:edition)) AS found
),

scheduled AS (
    SELECT
        slots.paper_id,
        slots.kind,
        slots.local_day,
        slots.local_start,
        row_number() OVER (
            PARTITION BY slots.paper_id
            ORDER BY slots.starts_at NULLS LAST, sessions.key COLLATE BINARY, slots.position
        ) AS number
    FROM meant
    JOIN sessions ON sessions.edition_id = meant.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE slots.paper_id IS NOT NULL
),

shown AS (
    SELECT found.paper_id
    FROM (papers_of(meant)) AS found
    CROSS JOIN given
    WHERE (given.words = '' OR found.paper_id IN (matching(:q)))
        AND (
            given.kind = ''
            OR found.paper_id IN (
                SELECT scheduled.paper_id FROM scheduled CROSS JOIN given AS wanted WHERE scheduled.kind = wanted.kind
            )
        )
),

coded AS (
    SELECT shown.paper_id, code_of(shown.paper_id) AS code_url FROM shown
)

SELECT
    meant.slug AS edition,
    papers.title,
    byline_of(papers.id) AS authors,
    (
        SELECT group_concat(different.kind, ', ' ORDER BY different.kind COLLATE BINARY)
        FROM (
            SELECT DISTINCT scheduled.kind FROM scheduled WHERE scheduled.paper_id = papers.id ORDER BY scheduled.kind
        ) AS different
    ) AS kinds,
    earliest.local_day,
    earliest.local_start,
    coded.code_url,
    (
        SELECT max(listing_entries.upvotes) FROM listing_entries WHERE listing_entries.paper_id = papers.id
    ) AS upvotes,
    papers.key AS paper_key
FROM coded
CROSS JOIN meant
CROSS JOIN given
JOIN papers ON papers.id = coded.paper_id
LEFT JOIN scheduled AS earliest ON earliest.paper_id = papers.id AND earliest.number = 1
WHERE given.with_code = ''
    OR (given.with_code = '0' AND coded.code_url IS NULL)
    OR (given.with_code <> '0' AND coded.code_url IS NOT NULL)
ORDER BY papers.title COLLATE BINARY, papers.key COLLATE BINARY
