-- title: Papers with code of an edition
-- description: One row per slot and repository: papers that come with code of their own, when and where they are presented.
-- param edition: Edition, `icml-2022` (default: every one that the words are found in, or without words the newest).
-- param q: Words that the title and abstract must hold (default: none).
-- column edition: Edition; empty when unknown.
-- column title: Title of the paper.
-- column authors: Authors, in the order of the byline.
-- column url: Address of the repository.
-- column kind: How it is presented: `oral`, `poster`, …
-- column local_day: Day at the place.
-- column local_start: Start at the place.
-- column local_end: End at the place.
-- column room: Room of the slot, or else of the session.
-- column session: Title of the session.
-- column position: Place in the session, from 1.
-- column paper_key: Key of the paper.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition, trim(coalesce(:q, '')) AS words
),

newest AS (
    SELECT editions.slug FROM editions ORDER BY editions.year DESC, editions.slug COLLATE BINARY LIMIT 1
),

presented AS (
    SELECT slots.id, slots.paper_id
    FROM given
    JOIN editions ON editions.slug = CASE WHEN given.edition = '' THEN (SELECT newest.slug FROM newest) ELSE given.edition END
    JOIN sessions ON sessions.edition_id = editions.id
    JOIN slots ON slots.session_id = sessions.id
    WHERE given.words = ''
    UNION ALL
    SELECT slots.id, slots.paper_id
    FROM (matching(:q)) AS matches
    JOIN slots ON slots.paper_id = matches.id
    JOIN sessions ON sessions.id = slots.session_id
    CROSS JOIN given
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE given.edition = '' OR given.edition = editions.slug
),

links AS (
    SELECT DISTINCT presented.id AS slot_id, repo_links.paper_id, repo_links.repository_id
    FROM presented
    JOIN repo_links ON repo_links.paper_id = presented.paper_id
    WHERE repo_links.role = 'own'
)

SELECT
    editions.slug AS edition,
    papers.title,
    (
        SELECT group_concat(byline.name, ' · ' ORDER BY byline.position)
        FROM (
            SELECT authors.name, authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = papers.id
            ORDER BY authorships.position
        ) AS byline
    ) AS authors,
    repositories.url,
    slots.kind,
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
JOIN slots ON slots.id = links.slot_id
JOIN sessions ON sessions.id = slots.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
ORDER BY
    editions.slug COLLATE BINARY NULLS LAST,
    papers.title COLLATE BINARY,
    papers.key COLLATE BINARY,
    repositories.url COLLATE BINARY,
    repositories.key COLLATE BINARY,
    instant(slots.starts_at) COLLATE BINARY NULLS LAST,
    sessions.key COLLATE BINARY,
    slots.position
