SELECT slot_sources.slot_id, slot_sources.paper_source_id, slot_sources.document_id, slot_sources.line_start,
    slot_sources.line_end, slot_sources.path, slot_sources.raw_time, slot_sources.raw_kind, slot_sources.room
FROM slots
JOIN slot_sources ON slot_sources.slot_id = slots.id
WHERE slots.paper_id = :id
