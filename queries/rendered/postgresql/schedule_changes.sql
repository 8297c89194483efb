WITH stated AS (
    SELECT
        session_sources.stated_key,
        MIN(session_sources.session_id) AS session_id
    FROM session_sources
    WHERE
        session_sources.stated_key IS NOT NULL
    GROUP BY
        session_sources.stated_key
), found AS (
    SELECT
        changes.*,
        COALESCE(same.id, stated.session_id, moved.id) AS session_id,
        (
            SELECT
                CASE WHEN COUNT(*) = 1 THEN MIN(titled.paper_id) END
            FROM (
                SELECT
                    papers.id AS paper_id
                FROM papers
                WHERE
                    papers.title_key = changes.title_key
                UNION
                SELECT
                    paper_names.paper_id
                FROM paper_names
                WHERE
                    paper_names.name = changes.title_key
            ) AS titled
        ) AS paper_id
    FROM changes
    LEFT JOIN sessions AS same
        ON same.key = changes.session_key
    LEFT JOIN stated
        ON stated.stated_key = changes.session_key
    LEFT JOIN redirects
        ON redirects.kind = 'session' AND redirects.key = changes.session_key
    LEFT JOIN sessions AS moved
        ON moved.key = redirects.target
    WHERE
        changes.subject IN ('session', 'slot') AND COALESCE(changes.field, '') <> 'key'
)
SELECT
    TO_CHAR(found.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS captured_at,
    found.edition,
    editions.name AS edition_name,
    found.subject,
    found.title,
    found.change,
    found.field,
    found.before,
    found.after,
    sessions.title AS session,
    (
        SELECT
            STRING_AGG(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = found.paper_id
            ORDER BY
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    sessions.key AS session_key,
    papers.key AS paper_key,
    sources.uri,
    documents.sha256,
    earlier.sha256 AS sha256_before
FROM found
JOIN sources
    ON sources.id = found.source_id
JOIN documents
    ON documents.id = found.document_id
JOIN documents AS earlier
    ON earlier.id = found.before_document_id
LEFT JOIN editions
    ON editions.slug = found.edition
LEFT JOIN sessions
    ON sessions.id = found.session_id
LEFT JOIN papers
    ON papers.id = found.paper_id
