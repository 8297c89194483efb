-- One row per URI of a local file, with the first of the digests of what it holds.
SELECT sources.uri, min(documents.sha256)
FROM sources
JOIN captures ON captures.source_id = sources.id
JOIN documents ON documents.id = captures.document_id
WHERE substr(sources.uri, 1, 5) = 'file:'
GROUP BY sources.uri
