-- The number of slots of an edition by day, kind and code.
SELECT edition_slots.day, edition_slots.kind, edition_slots.has_code, count(*) AS slots
FROM edition_slots()
GROUP BY edition_slots.day, edition_slots.kind, edition_slots.has_code
