SELECT sources.scope, max(captures.captured_at) AS captured_at, count(*) AS captures
FROM sources
JOIN captures ON captures.source_id = sources.id
WHERE sources.uri = :uri
GROUP BY sources.id
ORDER BY sources.scope DESC
LIMIT :most
