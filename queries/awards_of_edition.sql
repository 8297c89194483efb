-- title: Awards of an edition
-- group: When and where
-- description: One row per slot with an award.
-- param edition: Edition, such as `icml-2022` (default: all).
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column award: Award as printed.
-- column title: Title of the paper presented, else of the slot.
-- column authors: Authors, in byline order.
-- column kind: Kind of presentation.
-- column local_day: Local day.
-- column local_start: Local start time.
-- column session: Title of the session.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.award,
    coalesce(papers.title, slots.title) AS title,
    byline_of(slots.paper_id) AS authors,
    slots.kind,
    slots.local_day,
    slots.local_start,
    sessions.title AS session,
    code_of(slots.paper_id) AS code_url,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM given
CROSS JOIN slots
JOIN sessions ON sessions.id = slots.session_id
LEFT JOIN papers ON papers.id = slots.paper_id
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE slots.award IS NOT NULL AND (given.edition = '' OR given.edition = editions.slug)
ORDER BY
    editions.slug COLLATE BINARY NULLS LAST,
    slots.award COLLATE BINARY,
    slots.title COLLATE BINARY,
    sessions.key COLLATE BINARY,
    slots.position
