-- title: Programme of a day
-- group: When and where
-- description: One row per slot of the day, ordered by start.
-- param edition: Edition, such as `icml-2022` (default: all).
-- param day: Local day, such as `2022-07-21` (default: every day if an edition is given, else the last day of all).
-- param kind: Kind of slot: `oral`, `poster`, `qa`, … (default: all).
-- param with_code: 1 for slots whose paper has a repository of its own, 0 for all others (default: both).
-- example edition: icml-2022
-- example day: 2022-07-21
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column local_day: Local day.
-- column local_start: Local start time.
-- column local_end: Local end time.
-- column room: Room of the slot, else of the session.
-- column session: Title of the session.
-- column position: Position in the session, from 1.
-- column kind: Kind of slot.
-- column title: Title of the slot.
-- column authors: Authors of the paper presented, in byline order.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper; empty for a break or Q&A.
-- column session_key: Key of the session.
WITH given AS (
    SELECT
        trim(coalesce(:edition, '')) AS edition,
        trim(coalesce(:day, '')) AS day,
        trim(coalesce(:kind, '')) AS kind,
        trim(coalesce(:with_code, '')) AS with_code
),

-- Two cases, so that each uses its index: the slots of a day, or those of an edition.
of_day AS (
    SELECT slots.id
    FROM slots
    WHERE slots.local_day = (
            SELECT CASE
                WHEN given.day <> '' THEN given.day
                WHEN given.edition = '' THEN (SELECT max(slots.local_day COLLATE BINARY) FROM slots)
            END
            FROM given
        )
    UNION ALL
    SELECT slots.id
    FROM given
    JOIN editions ON editions.slug = given.edition
    JOIN sessions ON sessions.edition_id = editions.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE given.day = ''
),

coded AS (
    SELECT
        slots.id,
        code_of(slots.paper_id) AS code_url
    FROM of_day
    JOIN slots ON slots.id = of_day.id
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    coalesce(slots.room, sessions.room) AS room,
    sessions.title AS session,
    slots.position,
    slots.kind,
    slots.title,
    byline_of(slots.paper_id) AS authors,
    coded.code_url,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM coded
JOIN slots ON slots.id = coded.id
JOIN sessions ON sessions.id = slots.session_id
JOIN given ON given.kind = '' OR given.kind = slots.kind
LEFT JOIN editions ON editions.id = sessions.edition_id
LEFT JOIN papers ON papers.id = slots.paper_id
WHERE (given.edition = '' OR given.edition = editions.slug)
    AND (
        given.with_code = ''
        OR (given.with_code = '0' AND coded.code_url IS NULL)
        OR (given.with_code <> '0' AND coded.code_url IS NOT NULL)
    )
ORDER BY
    slots.local_day COLLATE BINARY NULLS LAST,
    instant(slots.starts_at) COLLATE BINARY NULLS LAST,
    sessions.title COLLATE BINARY,
    sessions.key COLLATE BINARY,
    slots.position
