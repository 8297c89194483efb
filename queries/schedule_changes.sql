-- title: Changes of the schedule
-- group: When and where
-- description: One row per difference in a session or slot between two captures of a source, the latest first: what was
--   added or removed, and each field that has another value.
-- column captured_at: When the later capture was taken, in UTC.
-- column edition: Edition, such as `icml-2022`; empty if unknown.
-- column edition_name: Name of the edition, such as `ICML 2022`.
-- column subject: What changed: a `session` or a `slot` in one.
-- column title: Title of the session or slot, as the later capture states it.
-- column change: Whether it was `added`, `removed` or `changed`.
-- column field: The field that changed: `starts_at`, `ends_at`, `room`, `title`, `kind`, `award`, `session` of a slot
--   that moved to another one, …; empty for what was added or removed.
-- column before: Its value in the earlier capture; of what was removed its kind, times and room, as JSON. Times are in
--   UTC.
-- column after: Its value in the later capture; of what was added its kind, times and room, as JSON.
-- column session: Title of the session; empty if no document states it any more.
-- column authors: Authors of the paper presented, in byline order.
-- column session_key: Key of the session; empty if no document states it any more.
-- column paper_key: Key of the paper presented; empty if none or several have its title.
-- column uri: URI of the source.
-- column sha256: SHA-256 of the later capture.
-- column sha256_before: SHA-256 of the earlier capture.
-- order: captured_at COLLATE BINARY DESC, uri COLLATE BINARY, sha256 COLLATE BINARY, subject COLLATE BINARY,
--   title COLLATE BINARY, change COLLATE BINARY, field COLLATE BINARY NULLS FIRST, before COLLATE BINARY NULLS FIRST,
--   after COLLATE BINARY NULLS FIRST, session_key COLLATE BINARY NULLS LAST, paper_key COLLATE BINARY NULLS LAST
-- sort: captured_at DESC
-- facets: edition, change, field
WITH stated AS (
    -- Sessions that are stated under another key than their own, which is that of an earlier capture.
    SELECT session_sources.stated_key, min(session_sources.session_id) AS session_id
    FROM session_sources
    WHERE session_sources.stated_key IS NOT NULL
    GROUP BY session_sources.stated_key
),

found AS (
    SELECT
        changes.*,
        coalesce(same.id, stated.session_id, moved.id) AS session_id,
        paper_titled(changes.title_key) AS paper_id
    FROM changes
    LEFT JOIN sessions AS same ON same.key = changes.session_key
    LEFT JOIN stated ON stated.stated_key = changes.session_key
    LEFT JOIN redirects ON redirects.kind = 'session' AND redirects.key = changes.session_key
    LEFT JOIN sessions AS moved ON moved.key = redirects.target
    -- A key that changed alone says nothing to readers.
    WHERE changes.subject IN ('session', 'slot') AND coalesce(changes.field, '') <> 'key'
)

SELECT
    instant(found.captured_at) AS captured_at,
    found.edition,
    editions.name AS edition_name,
    found.subject,
    found.title,
    found.change,
    found.field,
    found.before,
    found.after,
    sessions.title AS session,
    byline_of(found.paper_id) AS authors,
    sessions.key AS session_key,
    papers.key AS paper_key,
    sources.uri,
    documents.sha256,
    earlier.sha256 AS sha256_before
FROM found
JOIN sources ON sources.id = found.source_id
JOIN documents ON documents.id = found.document_id
JOIN documents AS earlier ON earlier.id = found.before_document_id
LEFT JOIN editions ON editions.slug = found.edition
LEFT JOIN sessions ON sessions.id = found.session_id
LEFT JOIN papers ON papers.id = found.paper_id
