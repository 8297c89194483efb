-- title: Sessions of an edition
-- group: When and where
-- description: One row per session, in the order in which they start.
-- param edition: Edition, `icml-2022`, or `unknown` (default: every one).
-- example edition: icml-2022
-- column edition: Edition; empty when unknown.
-- column local_day: Day of the first slot, at the place.
-- column starts_at: Start, UTC.
-- column ends_at: End, UTC.
-- column session: Title of the session.
-- column kind: What it holds.
-- column track: Track of the programme.
-- column room: Room.
-- column moderators: Moderators.
-- column slots: Slots in it.
-- column papers: Papers presented in it.
-- column papers_with_code: Of those, the ones with a repository of their own.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
)

SELECT
    editions.slug AS edition,
    (
        SELECT min(slots.local_day COLLATE BINARY) FROM slots WHERE slots.session_id = sessions.id
    ) AS local_day,
    instant(sessions.starts_at) AS starts_at,
    instant(sessions.ends_at) AS ends_at,
    sessions.title AS session,
    sessions.kind,
    sessions.track,
    sessions.room,
    (
        SELECT group_concat(moderating.name, ' · ' ORDER BY moderating.position)
        FROM (
            SELECT authors.name, session_moderators.position
            FROM session_moderators
            JOIN authors ON authors.id = session_moderators.author_id
            WHERE session_moderators.session_id = sessions.id
            ORDER BY session_moderators.position
        ) AS moderating
    ) AS moderators,
    (
        SELECT count(*) FROM slots WHERE slots.session_id = sessions.id
    ) AS slots,
    (
        SELECT count(DISTINCT slots.paper_id) FROM slots WHERE slots.session_id = sessions.id
    ) AS papers,
    (
        SELECT count(DISTINCT slots.paper_id)
        FROM slots
        JOIN repo_links ON repo_links.paper_id = slots.paper_id
        WHERE slots.session_id = sessions.id AND repo_links.role = 'own'
    ) AS papers_with_code,
    sessions.key AS session_key
FROM sessions
CROSS JOIN given
LEFT JOIN editions ON editions.id = sessions.edition_id
WHERE given.edition = '' OR given.edition = coalesce(editions.slug, 'unknown')
ORDER BY
    editions.slug COLLATE BINARY NULLS LAST,
    instant(sessions.starts_at) COLLATE BINARY NULLS LAST,
    sessions.title COLLATE BINARY,
    sessions.key COLLATE BINARY
