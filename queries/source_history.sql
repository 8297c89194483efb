-- title: History of sources
-- group: Documents and data quality
-- description: One row per capture of a source, the latest of each source first. Only a current capture states what the
--   database shows; of the others the bytes are kept, and what changed from each to the next.
-- column uri: URI of the source.
-- column scope: For a page that shows a moving window, the day listed; `kept:` and digits for a document kept beside
--   others of its source; else empty.
-- column captured_at: When it was taken, in UTC.
-- column basis: How that is known: `given`, `web archive`, `server` or `file`.
-- column is_current: 1 for the latest capture of the source, else 0.
-- column format: Format it was parsed as.
-- column size_bytes: Size in bytes, uncompressed.
-- column added: Number of sessions, slots, papers and entries that it adds to the capture before it.
-- column removed: Number of those that it no longer states.
-- column changed: Number of fields of the others that have another value.
-- column sha256: SHA-256 of the document.
-- column sha256_before: SHA-256 of the capture that it replaces; empty if it replaces none.
-- order: uri COLLATE BINARY, scope COLLATE BINARY, captured_at COLLATE BINARY DESC, sha256 COLLATE BINARY
-- sort: uri
-- facets: format, basis, is_current
SELECT
    sources.uri,
    sources.scope,
    instant(captures.captured_at) AS captured_at,
    captures.basis,
    CAST(CASE WHEN captures.is_current THEN 1 ELSE 0 END AS integer) AS is_current,
    documents.format,
    documents.size_bytes,
    changes_of(captures, 'added') AS added,
    changes_of(captures, 'removed') AS removed,
    changes_of(captures, 'changed') AS changed,
    documents.sha256,
    earlier.sha256 AS sha256_before
FROM captures
JOIN sources ON sources.id = captures.source_id
JOIN documents ON documents.id = captures.document_id
LEFT JOIN captures AS replaced ON replaced.id = captures.replaces_id
LEFT JOIN documents AS earlier ON earlier.id = replaced.document_id
