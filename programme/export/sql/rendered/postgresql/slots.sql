SELECT
    sessions.key AS session_key,
    sessions.title AS session,
    sessions.kind AS session_kind,
    TO_CHAR(sessions.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS session_starts_at,
    TO_CHAR(sessions.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS session_ends_at,
    editions.name AS edition,
    COALESCE(editions.time_zone, slots.time_zone) AS time_zone,
    COALESCE(slots.room, sessions.room) AS room,
    TO_CHAR(documents.captured_on, 'YYYY-MM-DD') AS captured_on,
    slots.position,
    slots.kind,
    slots.title,
    TO_CHAR(slots.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS starts_at,
    TO_CHAR(slots.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ends_at,
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
                authorships.paper_id = slots.paper_id
            ORDER BY
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    slots.poster_number,
    slots.award,
    papers.key AS paper_key,
    (
        SELECT
            MIN(repositories.url COLLATE "C")
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
    ) AS code,
    editions.slug AS edition_slug,
    CAST((
        SELECT
            COUNT(*)
        FROM slots AS others
        JOIN sessions AS places
            ON places.id = others.session_id
        WHERE
            others.paper_id = slots.paper_id
            AND COALESCE(others.kind, '') = slots.kind
            AND (
                places.id = sessions.id OR places.edition_id = sessions.edition_id
            )
            AND (
                places.key < sessions.key OR (
                    places.id = sessions.id AND others.position < slots.position
                )
            )
    ) AS INT) AS earlier_slots,
    CAST(CASE
        WHEN slots.starts_at <> sessions.starts_at AND slots.kind = 'poster'
        THEN (
            SELECT
                COUNT(DISTINCT others.starts_at)
            FROM slots AS others
            WHERE
                others.session_id = sessions.id AND others.kind = 'poster' AND others.starts_at < slots.starts_at
        )
        ELSE 0
    END AS INT) AS earlier_posters,
    CASE WHEN slots.is_cancelled OR sessions.is_cancelled THEN 1 ELSE 0 END AS is_cancelled
FROM sessions
LEFT JOIN editions
    ON editions.id = sessions.edition_id
LEFT JOIN slots
    ON slots.session_id = sessions.id
LEFT JOIN documents
    ON documents.id = slots.document_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
WHERE
    sessions.id IN (
        SELECT
            named.id
        FROM JSON_ARRAY_ELEMENTS(CAST(CAST(%(sessions)s AS TEXT) AS JSON)) AS wanted
        CROSS JOIN sessions AS named
        WHERE
            named.key = (
                wanted.value #>> '{}'
            )
        UNION ALL
        SELECT
            presenting.session_id
        FROM JSON_ARRAY_ELEMENTS(CAST(CAST(%(papers)s AS TEXT) AS JSON)) AS wanted
        CROSS JOIN papers AS named
        CROSS JOIN slots AS presenting
        WHERE
            named.key = (
                wanted.value #>> '{}'
            ) AND presenting.paper_id = named.id
        UNION ALL
        SELECT
            sessions.id
        FROM sessions
        WHERE
            CAST(%(sessions)s AS TEXT) = '[]' AND CAST(%(papers)s AS TEXT) = '[]'
    )
    AND (
        CAST(%(edition)s AS TEXT) = ''
        OR sessions.edition_id = (
            SELECT
                editions.id
            FROM editions
            WHERE
                editions.slug = CAST(%(edition)s AS TEXT)
        )
    )
    AND (
        CAST(%(day)s AS TEXT) = ''
        OR slots.local_day = CAST(%(day)s AS TEXT)
        OR (
            slots.local_day IS NULL
            AND SUBSTRING(TO_CHAR(sessions.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM 1 FOR 10) = CAST(%(day)s AS TEXT)
        )
    )
ORDER BY
    TO_CHAR(sessions.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C",
    sessions.title COLLATE "C" NULLS FIRST,
    sessions.key COLLATE "C" NULLS FIRST,
    slots.position NULLS FIRST
