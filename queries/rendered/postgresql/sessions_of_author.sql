WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(author)s AS TEXT), '')) AS author
), named AS (
    SELECT
        author_id
    FROM (
        SELECT
            authors.id AS author_id
        FROM authors
        WHERE
            authors.key = TRIM(COALESCE(CAST(%(author)s AS TEXT), ''))
        UNION
        SELECT
            authors.id
        FROM (
            SELECT
                PLAIN_NAME(COALESCE(CAST(%(author)s AS TEXT), '')) AS name
            UNION
            SELECT
                PLAIN_NAME(
                    (
                        SUBSTRING(COALESCE(CAST(%(author)s AS TEXT), '') FROM POSITION(',' IN COALESCE(CAST(%(author)s AS TEXT), '') || ',') + 1) || ' ' || SUBSTRING(COALESCE(CAST(%(author)s AS TEXT), '') FROM 1 FOR POSITION(',' IN COALESCE(CAST(%(author)s AS TEXT), '') || ',') - 1)
                    )
                )
        ) AS wanted
        CROSS JOIN authors
        WHERE
            wanted.name <> ''
            AND POSITION(wanted.name IN authors.plain_name) > 0
            AND POSITION(' ' || wanted.name || ' ' IN ' ' || authors.plain_name || ' ') > 0
    ) AS found
    UNION ALL
    SELECT
        earliest.id
    FROM given
    CROSS JOIN (
        SELECT
            authors.id
        FROM authors
        ORDER BY
            authors.name COLLATE "C" NULLS FIRST,
            authors.key COLLATE "C" NULLS FIRST
        LIMIT 1
    ) AS earliest
    WHERE
        given.author = ''
), places(author_id, role, session_id, slot_id) AS (
    SELECT
        named.author_id,
        'author',
        slots.session_id,
        slots.id
    FROM named
    JOIN authorships
        ON authorships.author_id = named.author_id
    JOIN slots
        ON slots.paper_id = authorships.paper_id
    UNION
    SELECT
        named.author_id,
        'moderator',
        session_moderators.session_id,
        NULL
    FROM named
    JOIN session_moderators
        ON session_moderators.author_id = named.author_id
)
SELECT
    authors.name AS author,
    places.role,
    editions.slug AS edition,
    editions.name AS edition_name,
    COALESCE(
        slots.local_day,
        (
            SELECT
                MIN(within.local_day COLLATE "C")
            FROM slots AS within
            WHERE
                within.session_id = sessions.id
        )
    ) AS local_day,
    slots.local_start,
    slots.local_end,
    COALESCE(slots.room, sessions.room) AS room,
    sessions.title AS session,
    COALESCE(slots.kind, sessions.kind) AS kind,
    papers.title,
    papers.key AS paper_key,
    sessions.key AS session_key,
    authors.key AS author_key
FROM places
JOIN authors
    ON authors.id = places.author_id
JOIN sessions
    ON sessions.id = places.session_id
LEFT JOIN slots
    ON slots.id = places.slot_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
ORDER BY
    authors.name COLLATE "C" NULLS FIRST,
    authors.key COLLATE "C" NULLS FIRST,
    TO_CHAR(sessions.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C",
    sessions.key COLLATE "C" NULLS FIRST,
    places.role COLLATE "C" NULLS FIRST,
    TO_CHAR(slots.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') COLLATE "C",
    slots.position NULLS FIRST
