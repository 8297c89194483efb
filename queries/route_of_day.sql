-- title: Route through a day
-- group: When and where
-- description: One row per stop: papers with code of their own, one after the other, without a clash. The first stop
--   is the slot that ends first; each next one is, of the slots that start later and present another paper, again the
--   one that ends first.
-- param edition: Edition, such as `icml-2022` (default: all).
-- param day: Local day, such as `2022-07-21` (default: the last day with such slots).
-- param kind: Kind of presentation: `oral`, `poster`, … (default: all).
-- param q: Words that must all occur in the title or abstract (default: none).
-- example edition: icml-2022
-- example day: 2022-07-21
-- column stop: Number of the stop, from 1.
-- column local_day: Local day.
-- column local_start: Local start time.
-- column local_end: Local end time.
-- column room: Room of the slot, else of the session.
-- column session: Title of the session.
-- column kind: Kind of presentation.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
-- column session_key: Key of the session.
WITH RECURSIVE given AS (
    SELECT
        trim(coalesce(:edition, '')) AS edition,
        trim(coalesce(:day, '')) AS day,
        trim(coalesce(:kind, '')) AS kind,
        trim(coalesce(:q, '')) AS words
),

-- Three cases, so that each uses its index: the slots of a day, those of an edition, or all.
asked AS (
    SELECT slots.id
    FROM given
    JOIN slots ON slots.local_day = given.day
    WHERE given.day <> ''
    UNION ALL
    SELECT slots.id
    FROM given
    JOIN editions ON editions.slug = given.edition
    JOIN sessions ON sessions.edition_id = editions.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE given.day = ''
    UNION ALL
    SELECT slots.id
    FROM given
    CROSS JOIN slots
    WHERE given.day = '' AND given.edition = ''
),

-- Slots to choose from.
wanted AS (
    SELECT slots.id, slots.local_day
    FROM asked
    JOIN slots ON slots.id = asked.id
    JOIN sessions ON sessions.id = slots.session_id
    CROSS JOIN given
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE slots.starts_at IS NOT NULL
        AND slots.ends_at IS NOT NULL
        AND (given.edition = '' OR given.edition = editions.slug)
        AND (given.kind = '' OR given.kind = slots.kind)
        AND (given.words = '' OR slots.paper_id IN (SELECT id FROM matching(:q)))
        AND has_code(slots.paper_id)
),

-- Numbered by their end: of the slots that fit, the one with the lowest number leaves most time for others. As long as
-- each paper has one slot, this gives the greatest number of stops.
numbered AS (
    SELECT
        slots.id,
        slots.paper_id,
        slots.starts_at,
        slots.ends_at,
        CASE
            WHEN slots.ends_at > slots.starts_at AND count(*) OVER (PARTITION BY slots.paper_id) = 1
                THEN 1
            ELSE 0
        END AS is_simple,
        row_number() OVER (
            ORDER BY slots.ends_at, slots.starts_at, sessions.key COLLATE BINARY, slots.position
        ) AS number
    FROM wanted
    JOIN slots ON slots.id = wanted.id
    JOIN sessions ON sessions.id = slots.session_id
    WHERE wanted.local_day = (SELECT max(latest.local_day COLLATE BINARY) FROM wanted AS latest)
),

-- Of slots that start together, only the first can be next. Those of a paper with several slots, which may be seen by
-- then, and those that take no time are kept one by one.
candidates AS (
    SELECT numbered.starts_at, min(numbered.number) AS number, NULL AS paper_id
    FROM numbered
    WHERE numbered.is_simple = 1
    GROUP BY numbered.starts_at
    UNION ALL
    SELECT numbered.starts_at, numbered.number, numbered.paper_id
    FROM numbered
    WHERE numbered.is_simple = 0
),

-- `seen` holds the papers so far, between spaces, so that none is shown twice.
route (stop, number, id, ends_at, seen) AS (
    SELECT 1, numbered.number, numbered.id, numbered.ends_at, ' ' || numbered.paper_id || ' '
    FROM numbered
    WHERE numbered.number = (SELECT min(candidates.number) FROM candidates)
    UNION ALL
    SELECT route.stop + 1, numbered.number, numbered.id, numbered.ends_at, route.seen || numbered.paper_id || ' '
    FROM route
    JOIN numbered ON numbered.number = (
        SELECT min(candidates.number)
        FROM candidates
        WHERE candidates.number > route.number
            AND candidates.starts_at >= route.ends_at
            AND (candidates.paper_id IS NULL OR instr(route.seen, ' ' || candidates.paper_id || ' ') = 0)
    )
)

SELECT
    route.stop,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    coalesce(slots.room, sessions.room) AS room,
    sessions.title AS session,
    slots.kind,
    papers.title,
    byline_of(papers.id) AS authors,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM route
JOIN slots ON slots.id = route.id
JOIN sessions ON sessions.id = slots.session_id
JOIN papers ON papers.id = slots.paper_id
ORDER BY route.stop
