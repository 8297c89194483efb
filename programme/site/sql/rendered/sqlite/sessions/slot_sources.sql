SELECT
    slots.position,
    slots.paper_id,
    slot_sources.document_id,
    slot_sources.line_start,
    slot_sources.line_end,
    slot_sources.path,
    slot_sources.title,
    slot_sources.raw_time,
    slot_sources.raw_kind,
    slot_sources.kind,
    slot_sources.room,
    slot_sources.starts_at,
    slot_sources.ends_at,
    slot_sources.award,
    slot_sources.poster_number
FROM slots
JOIN slot_sources
    ON slot_sources.slot_id = slots.id
WHERE
    slots.session_id = :id
ORDER BY
    slot_sources.document_id,
    slot_sources.line_start,
    slots.position
LIMIT 2000
