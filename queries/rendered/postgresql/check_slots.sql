WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(rule)s AS TEXT), '')) AS rule
), found(slot_id, rule, detail) AS (
    SELECT
        slots.id,
        'a document states it',
        'none does'
    FROM slots
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM slot_sources
            WHERE
                slot_sources.slot_id = slots.id
        )
    UNION ALL
    SELECT
        slots.id,
        'it ends after it starts',
        TO_CHAR(slots.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' to ' || TO_CHAR(slots.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    FROM slots
    WHERE
        slots.ends_at < slots.starts_at
    UNION ALL
    SELECT
        slots.id,
        'what is known in UTC is known in local time',
        COALESCE(TO_CHAR(slots.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'no start') || ' and ' || COALESCE(slots.local_start, 'no local start')
    FROM slots
    WHERE
        (
            slots.starts_at IS NOT NULL AND slots.local_start IS NULL
        )
        OR (
            slots.local_start IS NULL
        ) <> (
            slots.local_day IS NULL
        )
        OR (
            slots.ends_at IS NOT NULL AND slots.local_end IS NULL
        )
    UNION ALL
    SELECT DISTINCT
        slots.id,
        'it presents the paper that its documents mention',
        COALESCE(papers.key, 'no paper')
    FROM slots
    JOIN slot_sources
        ON slot_sources.slot_id = slots.id
    LEFT JOIN paper_sources
        ON paper_sources.id = slot_sources.paper_source_id
    LEFT JOIN papers
        ON papers.id = slots.paper_id
    WHERE
        COALESCE(slots.paper_id, -1) <> COALESCE(paper_sources.paper_id, -1)
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
JOIN slots
    ON slots.id = found.slot_id
JOIN sessions
    ON sessions.id = slots.session_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule COLLATE "C" NULLS FIRST,
    sessions.title COLLATE "C" NULLS FIRST,
    sessions.key COLLATE "C" NULLS FIRST,
    slots.position NULLS FIRST
