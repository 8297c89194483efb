-- title: Share of papers with code, by kind
-- group: Code
-- description: One row per edition and kind of presentation: do oral papers come with code more often than posters?
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: all).
-- example edition: icml-2022
-- column edition: Edition; empty if unknown.
-- column kind: Kind of presentation: `oral`, `poster`, …
-- column papers: Number of papers presented in this way.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
),

counted AS (
    SELECT
        editions.slug AS edition,
        slots.kind,
        count(DISTINCT slots.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(slots.paper_id) THEN slots.paper_id END) AS papers_with_code
    FROM given
    CROSS JOIN sessions
    JOIN slots ON slots.session_id = sessions.id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE slots.paper_id IS NOT NULL
        AND (given.edition = '' OR given.edition = coalesce(editions.slug, 'unknown'))
    GROUP BY editions.slug, slots.kind
)

SELECT
    counted.edition,
    counted.kind,
    counted.papers,
    counted.papers_with_code,
    percent(counted.papers_with_code, counted.papers) AS percent
FROM counted
ORDER BY counted.edition COLLATE BINARY NULLS LAST, counted.papers DESC, counted.kind COLLATE BINARY
