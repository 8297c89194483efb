-- title: Sessions of an edition
-- group: When and where
-- description: One row per session, ordered by start.
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: all).
-- example edition: icml-2022
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column local_day: Local day of the first slot.
-- column starts_at: Start, in UTC.
-- column ends_at: End, in UTC.
-- column session: Title of the session.
-- column kind: Kind of session.
-- column track: Track of the programme.
-- column room: Room as printed.
-- column moderators: Names of the moderators.
-- column slots: Number of slots in it.
-- column papers: Number of papers presented in it.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column session_key: Key of the session.
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
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
