SELECT
    sources.id,
    sources.uri,
    sources.scope,
    (
        SELECT
            COUNT(*)
        FROM captures
        WHERE
            captures.source_id = sources.id
    ) AS captures
FROM sources
WHERE
    sources.uri = :uri AND sources.scope = :scope
