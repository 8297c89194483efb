-- title: Slot checks
-- group: Documents and data quality
-- description: One row per slot and rule that it breaks; no rows when all is well.
-- param rule: Rule, worded as in the column `rule` (default: all).
-- column rule: The rule it breaks.
-- column session: Title of the session.
-- column position: Position in the session, from 1.
-- column title: Title of the slot.
-- column detail: What was found instead.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:rule, '')) AS rule
),

found (slot_id, rule, detail) AS (
    SELECT slots.id, 'a document states it', 'none does'
    FROM slots
    WHERE NOT EXISTS (SELECT 1 FROM slot_sources WHERE slot_sources.slot_id = slots.id)
    UNION ALL
    SELECT slots.id, 'it ends after it starts', instant(slots.starts_at) || ' to ' || instant(slots.ends_at)
    FROM slots
    WHERE slots.ends_at < slots.starts_at
    UNION ALL
    SELECT
        slots.id, 'what is known in UTC is known in local time',
        coalesce(instant(slots.starts_at), 'no start') || ' and ' || coalesce(slots.local_start, 'no local start')
    FROM slots
    WHERE (slots.starts_at IS NOT NULL AND slots.local_start IS NULL)
        OR (slots.local_start IS NULL) <> (slots.local_day IS NULL)
        OR (slots.ends_at IS NOT NULL AND slots.local_end IS NULL)
    UNION ALL
    SELECT DISTINCT slots.id, 'it presents the paper that its documents mention', coalesce(papers.key, 'no paper')
    FROM slots
    JOIN slot_sources ON slot_sources.slot_id = slots.id
    LEFT JOIN paper_sources ON paper_sources.id = slot_sources.paper_source_id
    LEFT JOIN papers ON papers.id = slots.paper_id
    WHERE coalesce(slots.paper_id, -1) <> coalesce(paper_sources.paper_id, -1)
)

SELECT
    found.rule,
    sessions.title AS session,
    slots.position,
    slots.title,
    found.detail,
    sessions.key AS session_key
FROM found
CROSS JOIN given
JOIN slots ON slots.id = found.slot_id
JOIN sessions ON sessions.id = slots.session_id
WHERE given.rule = '' OR given.rule = found.rule
ORDER BY found.rule COLLATE BINARY, sessions.title COLLATE BINARY, sessions.key COLLATE BINARY, slots.position
