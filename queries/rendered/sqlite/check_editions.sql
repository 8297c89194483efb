WITH given AS (
    SELECT
        TRIM(COALESCE(:rule, '')) AS rule
), found(rule, edition, detail) AS (
    SELECT
        'a venue has an edition',
        venues.slug,
        'it has none'
    FROM venues
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM editions
            WHERE
                editions.venue_id = venues.id
        )
    UNION ALL
    SELECT
        'the slug of an edition is its venue and year',
        editions.slug,
        venues.slug || ' and ' || editions.year
    FROM editions
    JOIN venues
        ON venues.id = editions.venue_id
    WHERE
        editions.slug <> venues.slug || '-' || editions.year
    UNION ALL
    SELECT
        'an edition ends after it starts',
        editions.slug,
        editions.starts_on || ' to ' || editions.ends_on
    FROM editions
    WHERE
        editions.ends_on < editions.starts_on
    UNION ALL
    SELECT
        'an edition has a session, a paper or a source',
        editions.slug,
        'it has none'
    FROM editions
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM sessions
            WHERE
                sessions.edition_id = editions.id
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM paper_editions
            WHERE
                paper_editions.edition_id = editions.id
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM edition_sources
            WHERE
                edition_sources.edition_id = editions.id
        )
)
SELECT
    found.rule,
    found.edition,
    found.detail
FROM found
CROSS JOIN given
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule,
    found.edition
