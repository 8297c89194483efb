-- title: Awards of an edition
-- group: When and where
-- description: One row per slot with an award.
-- param edition: Edition, `icml-2022` (default: every one).
-- column edition: Edition; empty when unknown.
-- column award: Award as printed.
-- column title: Title of what is presented.
-- column authors: Authors, in the order of the byline.
-- column kind: How it is presented.
-- column local_day: Day at the place.
-- column local_start: Start at the place.
-- column session: Title of the session.
-- column code_url: The paper's own repository; of several the first by spelling.
-- column paper_key: Key of the paper.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
)

SELECT
    editions.slug AS edition,
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
