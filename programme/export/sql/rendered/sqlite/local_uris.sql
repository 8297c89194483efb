SELECT
    sources.uri,
    MIN(documents.sha256)
FROM sources
JOIN captures
    ON captures.source_id = sources.id
JOIN documents
    ON documents.id = captures.document_id
WHERE
    SUBSTR(sources.uri, 1, 5) = 'file:'
GROUP BY
    sources.uri
