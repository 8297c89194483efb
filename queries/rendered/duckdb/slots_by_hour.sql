WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition,
        TRIM(COALESCE(CAST(kind AS TEXT), '')) AS kind
), timed AS (
    SELECT
        SUBSTRING(slots.local_start, 1, 2) AS hour,
        slots.kind,
        slots.id,
        slots.paper_id
    FROM given
    CROSS JOIN sessions
    JOIN slots
        ON slots.session_id = sessions.id
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    WHERE
        slots.local_start IS NOT NULL
        AND (
            given.edition = '' OR given.edition = COALESCE(editions.slug, 'unknown')
        )
        AND (
            given.kind = '' OR given.kind = slots.kind
        )
), counted AS (
    SELECT
        timed.hour,
        timed.kind,
        COUNT(*) AS slots,
        COUNT(DISTINCT timed.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = timed.paper_id AND repo_links.role = 'own'
                )
                THEN timed.paper_id
            END
        ) AS papers_with_code
    FROM timed
    GROUP BY
        timed.hour,
        timed.kind
)
SELECT
    counted.hour,
    counted.kind,
    counted.slots,
    counted.papers,
    counted.papers_with_code
FROM counted
ORDER BY
    counted.hour NULLS FIRST,
    counted.kind NULLS FIRST
