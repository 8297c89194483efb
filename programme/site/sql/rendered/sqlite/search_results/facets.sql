WITH hits AS MATERIALIZED (
    SELECT
        value AS id
    FROM JSON_EACH(:ids)
), belongs AS MATERIALIZED (
    SELECT
        hits.id,
        paper_editions.edition_id,
        paper_editions.kind
    FROM hits
    CROSS JOIN paper_editions
        ON paper_editions.paper_id = hits.id
    WHERE
        (
            :any_edition OR paper_editions.edition_id IN (
                SELECT
                    value
                FROM JSON_EACH(:editions)
            )
        )
        AND (
            :kind = '' OR paper_editions.kind = :kind
        )
    UNION ALL
    SELECT DISTINCT
        hits.id,
        sessions.edition_id,
        slots.kind
    FROM hits
    CROSS JOIN slots
        ON slots.paper_id = hits.id
    JOIN sessions
        ON sessions.id = slots.session_id
    WHERE
        sessions.edition_id IS NULL AND :any_edition AND (
            :kind = '' OR slots.kind = :kind
        )
)
SELECT
    'venue' AS facet,
    venues.slug AS value,
    venues.name AS label,
    COUNT(DISTINCT belongs.id) AS papers
FROM belongs
JOIN editions
    ON editions.id = belongs.edition_id
JOIN venues
    ON venues.id = editions.venue_id
GROUP BY
    venues.id
UNION ALL
SELECT
    'year',
    CAST(editions.year AS TEXT),
    CAST(editions.year AS TEXT),
    COUNT(DISTINCT belongs.id)
FROM belongs
JOIN editions
    ON editions.id = belongs.edition_id
GROUP BY
    editions.year
UNION ALL
SELECT
    'kind',
    belongs.kind,
    belongs.kind,
    COUNT(DISTINCT belongs.id)
FROM belongs
WHERE
    belongs.kind IN (
        SELECT
            value
        FROM JSON_EACH(:kinds)
    )
GROUP BY
    belongs.kind
UNION ALL
SELECT
    'code',
    '1',
    'with code',
    COUNT(*)
FROM hits
WHERE
    EXISTS(
        SELECT
            1
        FROM repo_links
        WHERE
            repo_links.paper_id = hits.id AND repo_links.role = 'own'
    )
ORDER BY
    1,
    4 DESC,
    2
