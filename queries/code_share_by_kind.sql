-- title: Share of papers with code, by kind
-- group: Code
-- description: One row per edition and kind of presentation: do oral papers come with code more often than posters?
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: all).
-- example edition: icml-2022
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column kind: Kind of presentation, as slots and lists state it: `oral`, `poster`, …; `other` where none does.
-- column papers: Number of papers presented in this way.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
),

presented AS (
    SELECT paper_editions.edition_id, paper_editions.kind, paper_editions.paper_id
    FROM given
    CROSS JOIN editions
    JOIN paper_editions ON paper_editions.edition_id = editions.id
    WHERE given.edition IN ('', editions.slug)
    UNION ALL
    SELECT DISTINCT CAST(NULL AS integer), slots.kind, slots.paper_id
    FROM given
    CROSS JOIN sessions
    JOIN slots ON slots.session_id = sessions.id
    WHERE sessions.edition_id IS NULL AND slots.paper_id IS NOT NULL AND given.edition IN ('', 'unknown')
),

counted AS (
    SELECT
        presented.edition_id,
        presented.kind,
        count(*) AS papers,
        count(CASE WHEN has_code(presented.paper_id) THEN 1 END) AS papers_with_code
    FROM presented
    GROUP BY presented.edition_id, presented.kind
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    counted.kind,
    counted.papers,
    counted.papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent
FROM counted
LEFT JOIN editions ON editions.id = counted.edition_id
ORDER BY editions.slug COLLATE BINARY NULLS LAST, counted.papers DESC, counted.kind COLLATE BINARY
