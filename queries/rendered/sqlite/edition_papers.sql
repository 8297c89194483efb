SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    venues.slug AS venue,
    editions.year,
    papers.title,
    (
        SELECT
            GROUP_CONCAT(presented.kind, ', ')
        FROM (
            SELECT
                paper_editions.kind
            FROM paper_editions
            WHERE
                paper_editions.paper_id = papers.id
                AND paper_editions.edition_id = editions.id
                AND paper_editions.kind <> 'other'
            ORDER BY
                1
        ) AS presented
    ) AS kinds,
    (
        SELECT
            MIN(slots.local_day)
        FROM slots
        JOIN sessions
            ON sessions.id = slots.session_id
        WHERE
            slots.paper_id = papers.id AND sessions.edition_id = editions.id
    ) AS local_day,
    CAST(CASE
        WHEN EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = papers.id AND repo_links.role = 'own'
        )
        THEN 1
        ELSE 0
    END AS INTEGER) AS has_code,
    papers.key AS paper_key
FROM paper_editions
JOIN papers
    ON papers.id = paper_editions.paper_id
JOIN editions
    ON editions.id = paper_editions.edition_id
JOIN venues
    ON venues.id = editions.venue_id
WHERE
    NOT EXISTS(
        SELECT
            1
        FROM paper_editions AS earlier
        WHERE
            earlier.paper_id = paper_editions.paper_id
            AND earlier.edition_id = paper_editions.edition_id
            AND earlier.kind < paper_editions.kind
    )
