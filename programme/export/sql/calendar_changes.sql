-- One row per change of a session or slot, or of the title of a paper, as `programme.export.calendar_history` reads them.
-- :edition limits to an edition; empty means all.
SELECT
    instant(changes.captured_at) AS captured_at,
    changes.subject,
    changes.change,
    changes.field,
    changes.before,
    changes.after,
    changes.edition,
    editions.name AS edition_name,
    editions.time_zone,
    changes.session_key,
    changes.former_key,
    changes.title_key,
    changes.title,
    papers.key AS paper_key,
    (SELECT count(*) FROM papers AS alike WHERE alike.title_key = changes.title_key) AS namesakes
FROM changes
LEFT JOIN editions ON editions.slug = changes.edition
LEFT JOIN papers ON papers.id = paper_titled(changes.title_key)
WHERE (:edition = '' OR changes.edition = :edition)
    AND (changes.subject IN ('session', 'slot') OR (changes.subject = 'paper' AND changes.former_key IS NOT NULL))
ORDER BY
    instant(changes.captured_at) COLLATE BINARY,
    changes.session_key COLLATE BINARY NULLS LAST,
    changes.title_key COLLATE BINARY NULLS LAST,
    changes.title COLLATE BINARY,
    changes.change COLLATE BINARY,
    changes.field COLLATE BINARY NULLS FIRST,
    changes.before COLLATE BINARY NULLS FIRST,
    changes.after COLLATE BINARY NULLS FIRST
