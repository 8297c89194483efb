-- title: Sessions of an author
-- group: When and where
-- description: One row per slot that presents a paper of the author, and per session that the author moderates.
-- param author: Key of the author, or whole words of the name, in any case, with or without accents (default: the first
--   author by name).
-- example author: Delphine Arkwright
-- column author: Name of the author.
-- column role: `author` of the paper presented, or `moderator` of the session.
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column local_day: Local day; for a moderated session that of its first slot.
-- column local_start: Local start time of the slot.
-- column local_end: Local end time of the slot.
-- column room: Room of the slot, else of the session.
-- column session: Title of the session.
-- column kind: Kind of presentation, or of session.
-- column title: Title of the paper; empty for a moderated session.
-- column paper_key: Key of the paper.
-- column session_key: Key of the session.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:author, '')) AS author
),

named AS (
    SELECT author_id FROM authors_named(:author) AS found
    UNION ALL
    SELECT earliest.id
    FROM given
    CROSS JOIN (
        SELECT authors.id FROM authors ORDER BY authors.name COLLATE BINARY, authors.key COLLATE BINARY LIMIT 1
    ) AS earliest
    WHERE given.author = ''
),

places (author_id, role, session_id, slot_id) AS (
    SELECT named.author_id, 'author', slots.session_id, slots.id
    FROM named
    JOIN authorships ON authorships.author_id = named.author_id
    JOIN slots ON slots.paper_id = authorships.paper_id
    UNION
    SELECT named.author_id, 'moderator', session_moderators.session_id, NULL
    FROM named
    JOIN session_moderators ON session_moderators.author_id = named.author_id
)

SELECT
    authors.name AS author,
    places.role,
    editions.slug AS edition,
    editions.name AS edition_name,
    coalesce(slots.local_day, (
        SELECT min(within.local_day COLLATE BINARY) FROM slots AS within WHERE within.session_id = sessions.id
    )) AS local_day,
    slots.local_start,
    slots.local_end,
    coalesce(slots.room, sessions.room) AS room,
    sessions.title AS session,
    coalesce(slots.kind, sessions.kind) AS kind,
    papers.title,
    papers.key AS paper_key,
    sessions.key AS session_key,
    authors.key AS author_key
FROM places
JOIN authors ON authors.id = places.author_id
JOIN sessions ON sessions.id = places.session_id
LEFT JOIN slots ON slots.id = places.slot_id
LEFT JOIN papers ON papers.id = slots.paper_id
LEFT JOIN editions ON editions.id = sessions.edition_id
ORDER BY
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY,
    instant(sessions.starts_at) COLLATE BINARY NULLS LAST,
    sessions.key COLLATE BINARY,
    places.role COLLATE BINARY,
    instant(slots.starts_at) COLLATE BINARY NULLS LAST,
    slots.position
