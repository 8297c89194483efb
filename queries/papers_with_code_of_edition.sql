-- title: Papers with code of an edition
-- group: Code
-- description: One row per slot and repository: papers with code of their own, and when and where they are presented.
--   A paper that only a list names has one row, without a slot.
-- param edition: Edition, such as `icml-2022` (default: all if words are given, else the newest one).
-- param q: Words that must all occur in the title or abstract (default: none).
-- example edition: icml-2022
-- example q: contrastive
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column url: URL of the repository.
-- column kind: Kind of presentation: `oral`, `poster`, …
-- column local_day: Local day.
-- column local_start: Local start time.
-- column local_end: Local end time.
-- column room: Room of the slot, else of the session.
-- column session: Title of the session.
-- column position: Position in the session, from 1.
-- column paper_key: Key of the paper.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition, trim(coalesce(:q, '')) AS words
),

newest AS (
    SELECT editions.slug FROM editions ORDER BY editions.year DESC, editions.slug COLLATE BINARY LIMIT 1
),

selected AS (
    SELECT editions.id AS edition_id
    FROM given
    JOIN editions
        ON editions.slug = CASE WHEN given.edition = '' THEN (SELECT newest.slug FROM newest) ELSE given.edition END
    WHERE given.words = ''
),

-- Few of the papers with a common word have code.
found AS MATERIALIZED (
    SELECT matches.id AS paper_id
    FROM matching(:q) AS matches
    WHERE has_code(matches.id)
),

-- Slots, and papers that belong to an edition: without words all of the edition, with words those found.
presented (slot_id, paper_id, edition_id) AS (
    SELECT slots.id, slots.paper_id, sessions.edition_id
    FROM selected
    JOIN sessions ON sessions.edition_id = selected.edition_id
    JOIN slots ON slots.session_id = sessions.id
    UNION ALL
    SELECT NULL, paper_editions.paper_id, paper_editions.edition_id
    FROM selected
    JOIN paper_editions ON paper_editions.edition_id = selected.edition_id
    UNION ALL
    SELECT slots.id, slots.paper_id, sessions.edition_id
    FROM found
    JOIN slots ON slots.paper_id = found.paper_id
    JOIN sessions ON sessions.id = slots.session_id
    CROSS JOIN given
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE given.edition = '' OR given.edition = editions.slug
    UNION ALL
    SELECT NULL, paper_editions.paper_id, paper_editions.edition_id
    FROM found
    JOIN paper_editions ON paper_editions.paper_id = found.paper_id
    JOIN editions ON editions.id = paper_editions.edition_id
    CROSS JOIN given
    WHERE given.edition = '' OR given.edition = editions.slug
),

links AS (
    SELECT DISTINCT presented.slot_id, presented.edition_id, repo_links.paper_id, repo_links.repository_id
    FROM presented
    JOIN repo_links ON repo_links.paper_id = presented.paper_id
    WHERE repo_links.role = 'own'
        -- A row without a slot only where the paper has no slot at that edition.
        AND (
            presented.slot_id IS NOT NULL
            OR NOT EXISTS (
                SELECT 1
                FROM slots
                JOIN sessions ON sessions.id = slots.session_id
                WHERE slots.paper_id = presented.paper_id AND sessions.edition_id = presented.edition_id
            )
        )
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    papers.title,
    byline_of(papers.id) AS authors,
    repositories.url,
    coalesce(slots.kind, kinds_of(links.paper_id, links.edition_id)) AS kind,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    coalesce(slots.room, sessions.room) AS room,
    sessions.title AS session,
    slots.position,
    papers.key AS paper_key,
    sessions.key AS session_key
FROM links
JOIN papers ON papers.id = links.paper_id
JOIN repositories ON repositories.id = links.repository_id
LEFT JOIN slots ON slots.id = links.slot_id
LEFT JOIN sessions ON sessions.id = slots.session_id
LEFT JOIN editions ON editions.id = links.edition_id
ORDER BY
    editions.slug COLLATE BINARY NULLS LAST,
    papers.title COLLATE BINARY,
    papers.key COLLATE BINARY,
    repositories.url COLLATE BINARY,
    repositories.key COLLATE BINARY,
    instant(slots.starts_at) COLLATE BINARY NULLS LAST,
    sessions.key COLLATE BINARY NULLS LAST,
    slots.position NULLS LAST
