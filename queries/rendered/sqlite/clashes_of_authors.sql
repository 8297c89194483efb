WITH selected AS (
    SELECT
        id
    FROM (
        SELECT
            editions.id,
            editions.venue_id,
            editions.slug,
            editions.name,
            editions.year
        FROM editions
        WHERE
            editions.slug = CASE
                WHEN TRIM(COALESCE(:edition, '')) <> ''
                THEN TRIM(COALESCE(:edition, ''))
                ELSE (
                    SELECT
                        newest.slug
                    FROM editions AS newest
                    WHERE
                        EXISTS(
                            SELECT
                                1
                            FROM paper_editions
                            WHERE
                                paper_editions.edition_id = newest.id
                        )
                    ORDER BY
                        newest.year DESC,
                        newest.slug
                    LIMIT 1
                )
            END
    ) AS found
), timed AS (
    SELECT DISTINCT
        authorships.author_id,
        slots.id AS slot_id,
        slots.paper_id,
        slots.session_id,
        slots.starts_at,
        slots.ends_at,
        sessions.key AS session_key
    FROM selected
    JOIN sessions
        ON sessions.edition_id = selected.id
    JOIN slots
        ON slots.session_id = sessions.id
    JOIN authorships
        ON authorships.paper_id = slots.paper_id
    WHERE
        slots.starts_at IS NOT NULL AND slots.ends_at IS NOT NULL
), clashes AS (
    SELECT
        one.author_id,
        one.slot_id,
        other.slot_id AS other_slot_id
    FROM timed AS one
    JOIN timed AS other
        ON other.author_id = one.author_id
    WHERE
        one.session_id <> other.session_id
        AND one.paper_id <> other.paper_id
        AND one.starts_at < other.ends_at
        AND other.starts_at < one.ends_at
        AND (
            one.starts_at < other.starts_at
            OR (
                one.starts_at = other.starts_at AND one.session_key < other.session_key
            )
        )
)
SELECT
    authors.name AS author,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    sessions.title AS session,
    papers.title,
    other_slots.local_start AS other_start,
    other_slots.local_end AS other_end,
    other_sessions.title AS other_session,
    other_papers.title AS other_title,
    authors.key AS author_key,
    papers.key AS paper_key,
    other_papers.key AS other_paper_key
FROM clashes
JOIN authors
    ON authors.id = clashes.author_id
JOIN slots
    ON slots.id = clashes.slot_id
JOIN sessions
    ON sessions.id = slots.session_id
JOIN papers
    ON papers.id = slots.paper_id
JOIN slots AS other_slots
    ON other_slots.id = clashes.other_slot_id
JOIN sessions AS other_sessions
    ON other_sessions.id = other_slots.session_id
JOIN papers AS other_papers
    ON other_papers.id = other_slots.paper_id
ORDER BY
    authors.name,
    authors.key,
    slots.starts_at,
    sessions.key,
    slots.position,
    other_slots.starts_at,
    other_sessions.key,
    other_slots.position
