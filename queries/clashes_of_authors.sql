-- title: Schedule clashes of authors
-- group: When and where
-- description: One row per author and pair of slots at an edition that overlap, are in different sessions and present
--   different papers of theirs: the author cannot be at both.
-- param edition: Edition, such as `icml-2022` (default: the newest one with papers).
-- example edition: icml-2022
-- column author: Name of the author.
-- column local_day: Local day.
-- column local_start: Local start time of the earlier slot.
-- column local_end: Its local end time.
-- column session: Its session.
-- column title: Title of the paper presented in it.
-- column other_start: Local start time of the other slot.
-- column other_end: Its local end time.
-- column other_session: Its session.
-- column other_title: Title of the paper presented in it.
-- column author_key: Key of the author.
-- column paper_key: Key of the first paper.
-- column other_paper_key: Key of the other paper.
WITH selected AS (
    SELECT id FROM edition_or_newest(:edition) AS found
),

timed AS (
    SELECT DISTINCT
        authorships.author_id,
        slots.id AS slot_id,
        slots.paper_id,
        slots.session_id,
        slots.starts_at,
        slots.ends_at,
        sessions.key AS session_key
    FROM selected
    JOIN sessions ON sessions.edition_id = selected.id
    JOIN slots ON slots.session_id = sessions.id
    JOIN authorships ON authorships.paper_id = slots.paper_id
    WHERE slots.starts_at IS NOT NULL AND slots.ends_at IS NOT NULL
),

clashes AS (
    SELECT one.author_id, one.slot_id, other.slot_id AS other_slot_id
    FROM timed AS one
    JOIN timed AS other ON other.author_id = one.author_id
    WHERE one.session_id <> other.session_id
        AND one.paper_id <> other.paper_id
        AND one.starts_at < other.ends_at
        AND other.starts_at < one.ends_at
        AND (
            one.starts_at < other.starts_at
            OR (one.starts_at = other.starts_at AND one.session_key < other.session_key COLLATE BINARY)
        )
)

SELECT
    authors.name AS author,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    sessions.title AS session,
    papers.title,
    other_slots.local_start AS other_start,
    other_slots.local_end AS other_end,
    other_sessions.title AS other_session,
    other_papers.title AS other_title,
    authors.key AS author_key,
    papers.key AS paper_key,
    other_papers.key AS other_paper_key
FROM clashes
JOIN authors ON authors.id = clashes.author_id
JOIN slots ON slots.id = clashes.slot_id
JOIN sessions ON sessions.id = slots.session_id
JOIN papers ON papers.id = slots.paper_id
JOIN slots AS other_slots ON other_slots.id = clashes.other_slot_id
JOIN sessions AS other_sessions ON other_sessions.id = other_slots.session_id
JOIN papers AS other_papers ON other_papers.id = other_slots.paper_id
ORDER BY
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY,
    instant(slots.starts_at) COLLATE BINARY,
    sessions.key COLLATE BINARY,
    slots.position,
    instant(other_slots.starts_at) COLLATE BINARY,
    other_sessions.key COLLATE BINARY,
    other_slots.position
