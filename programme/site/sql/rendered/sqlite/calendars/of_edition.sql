SELECT
    sessions.key AS session_key,
    sessions.title AS session,
    sessions.kind AS session_kind,
    sessions.starts_at AS session_starts_at,
    sessions.ends_at AS session_ends_at,
    editions.name AS edition,
    COALESCE(editions.time_zone, slots.time_zone) AS time_zone,
    COALESCE(slots.room, sessions.room) AS room,
    documents.captured_on,
    slots.position,
    slots.kind,
    slots.title,
    slots.starts_at,
    slots.ends_at,
    (
        SELECT
            GROUP_CONCAT(byline.name, ', ')
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
                authorships.position
        ) AS byline
    ) AS authors,
    slots.poster_number,
    slots.award,
    papers.key AS paper_key,
    (
        SELECT
            MIN(repositories.url)
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
    ) AS INTEGER) AS earlier_slots,
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
    END AS INTEGER) AS earlier_posters,
    slots.is_cancelled OR sessions.is_cancelled AS is_cancelled
FROM (
    SELECT
        edition_slots.session_id,
        edition_slots.slot_id,
        edition_slots.position,
        edition_slots.day
    FROM (
        WITH of_edition AS MATERIALIZED (
            SELECT
                sessions.id,
                sessions.kind,
                sessions.title,
                (
                    SELECT
                        CASE WHEN MIN(slots.local_day) = MAX(slots.local_day) THEN MIN(slots.local_day) END
                    FROM slots
                    WHERE
                        slots.session_id = sessions.id
                ) AS only_day
            FROM sessions
            WHERE
                sessions.edition_id = :edition_id
        )
        SELECT
            sessions.id AS session_id,
            slots.id AS slot_id,
            COALESCE(slots.position, 0) AS position,
            COALESCE(slots.local_day, sessions.only_day, 'unknown') AS day,
            COALESCE(slots.kind, sessions.kind) AS kind,
            EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
            ) AS has_code
        FROM of_edition AS sessions
        LEFT JOIN slots
            ON slots.session_id = sessions.id
        WHERE
            :q = ''
            OR slots.paper_id IN (
                SELECT
                    id
                FROM (
                    SELECT
                        papers_fts.rowid AS id
                    FROM papers_fts
                    WHERE
                        papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' '))
                ) AS matching
            )
            OR (
                slots.paper_id IS NULL AND INSTR(LOWER(COALESCE(slots.title, sessions.title)), LOWER(:q)) > 0
            )
    ) AS edition_slots
    WHERE
        (
            :day = '' OR edition_slots.day = :day
        )
        AND (
            :kind = '' OR edition_slots.kind = :kind
        )
        AND (
            :code = '' OR edition_slots.has_code
        )
) AS wanted
JOIN sessions
    ON sessions.id = wanted.session_id
LEFT JOIN slots
    ON slots.id = wanted.slot_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
LEFT JOIN documents
    ON documents.id = slots.document_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
ORDER BY
    sessions.starts_at NULLS LAST,
    sessions.title,
    sessions.key,
    slots.position
LIMIT :most
