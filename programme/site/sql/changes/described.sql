-- Changes with their sources, documents and editions, but not a key that changed alone, which says nothing to readers.
SELECT
    changes.captured_at, changes.subject, changes.change, changes.field, changes.before, changes.after, changes.edition,
    changes.session_key, changes.listing_key, changes.title_key, changes.title, changes.former_key,
    changes.source_id, changes.before_document_id, changes.document_id,
    CASE changes.subject WHEN 'session' THEN 1 WHEN 'slot' THEN 2 WHEN 'paper' THEN 3 ELSE 4 END AS subject_order,
    sources.uri, sources.scope, documents.sha256, earlier.sha256 AS sha256_before, editions.name AS edition_name,
    coalesce(editions.time_zone, (
        SELECT slots.time_zone
        FROM sessions
        JOIN slots ON slots.session_id = sessions.id
        WHERE sessions.edition_id = editions.id AND slots.time_zone IS NOT NULL
        LIMIT 1
    )) AS time_zone
FROM changes
JOIN sources ON sources.id = changes.source_id
JOIN documents ON documents.id = changes.document_id
JOIN documents AS earlier ON earlier.id = changes.before_document_id
LEFT JOIN editions ON editions.slug = changes.edition
WHERE coalesce(changes.field, '') <> 'key'
