WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition,
        TRIM(COALESCE(CAST(q AS TEXT), '')) AS words
), newest AS (
    SELECT
        editions.slug
    FROM editions
    ORDER BY
        editions.year DESC,
        editions.slug NULLS FIRST
    LIMIT 1
), selected AS (
    SELECT
        editions.id AS edition_id
    FROM given
    JOIN editions
        ON editions.slug = CASE WHEN given.edition = '' THEN (
            SELECT
                newest.slug
            FROM newest
        ) ELSE given.edition END
    WHERE
        given.words = ''
), found AS MATERIALIZED (
    SELECT
        matches.id AS paper_id
    FROM (
        SELECT
            papers.id
        FROM papers
        WHERE
            SEARCH_MATCHES(papers.title, papers.abstract, CAST(q AS TEXT))
    ) AS matches
    WHERE
        EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = matches.id AND repo_links.role = 'own'
        )
), presented(slot_id, paper_id, edition_id) AS (
    SELECT
        slots.id,
        slots.paper_id,
        sessions.edition_id
    FROM selected
    JOIN sessions
        ON sessions.edition_id = selected.edition_id
    JOIN slots
        ON slots.session_id = sessions.id
    UNION ALL
    SELECT
        NULL,
        paper_editions.paper_id,
        paper_editions.edition_id
    FROM selected
    JOIN paper_editions
        ON paper_editions.edition_id = selected.edition_id
    UNION ALL
    SELECT
        slots.id,
        slots.paper_id,
        sessions.edition_id
    FROM found
    JOIN slots
        ON slots.paper_id = found.paper_id
    JOIN sessions
        ON sessions.id = slots.session_id
    CROSS JOIN given
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    WHERE
        given.edition = '' OR given.edition = editions.slug
    UNION ALL
    SELECT
        NULL,
        paper_editions.paper_id,
        paper_editions.edition_id
    FROM found
    JOIN paper_editions
        ON paper_editions.paper_id = found.paper_id
    JOIN editions
        ON editions.id = paper_editions.edition_id
    CROSS JOIN given
    WHERE
        given.edition = '' OR given.edition = editions.slug
), links AS (
    SELECT DISTINCT
        presented.slot_id,
        presented.edition_id,
        repo_links.paper_id,
        repo_links.repository_id
    FROM presented
    JOIN repo_links
        ON repo_links.paper_id = presented.paper_id
    WHERE
        repo_links.role = 'own'
        AND (
            presented.slot_id IS NOT NULL
            OR NOT EXISTS(
                SELECT
                    1
                FROM slots
                JOIN sessions
                    ON sessions.id = slots.session_id
                WHERE
                    slots.paper_id = presented.paper_id AND sessions.edition_id = presented.edition_id
            )
        )
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    repositories.url,
    COALESCE(
        slots.kind,
        (
            SELECT
                GROUP_CONCAT(presented.kind, ', ' ORDER BY presented.kind NULLS FIRST)
            FROM (
                SELECT
                    paper_editions.kind
                FROM paper_editions
                WHERE
                    paper_editions.paper_id = links.paper_id
                    AND paper_editions.edition_id = links.edition_id
                    AND paper_editions.kind <> 'other'
                ORDER BY
                    1 NULLS FIRST
            ) AS presented
        )
    ) AS kind,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    COALESCE(slots.room, sessions.room) AS room,
    sessions.title AS session,
    slots.position,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM links
JOIN papers
    ON papers.id = links.paper_id
JOIN repositories
    ON repositories.id = links.repository_id
LEFT JOIN slots
    ON slots.id = links.slot_id
LEFT JOIN sessions
    ON sessions.id = slots.session_id
LEFT JOIN editions
    ON editions.id = links.edition_id
ORDER BY
    editions.slug,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST,
    repositories.url NULLS FIRST,
    repositories.key NULLS FIRST,
    STRFTIME(MAKE_TIMESTAMP(EPOCH_US(slots.starts_at)), '%Y-%m-%dT%H:%M:%SZ'),
    sessions.key,
    slots.position
