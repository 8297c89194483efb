-- title: Sessions by share of papers with code
-- group: Code
-- description: One row per session, those with the largest share of papers with code first.
-- param edition: Edition, such as `icml-2022`, or `unknown` (default: all).
-- param kind: Kind of session: `oral`, `poster`, … (default: all).
-- param at_least: Minimum number of papers in a session (default: 3).
-- example edition: icml-2022
-- column place: Rank among the sessions asked for, from 1; equal shares have the same rank.
-- column edition: Edition; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column session: Title of the session.
-- column kind: Kind of session.
-- column local_day: Local day of the first slot.
-- column papers: Number of papers presented in it.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
-- column session_key: Key of the session.
WITH given AS (
    SELECT
        trim(coalesce(:edition, '')) AS edition,
        trim(coalesce(:kind, '')) AS kind,
        trim(coalesce(:at_least, '')) AS at_least
),

counted AS (
    SELECT
        sessions.id AS session_id,
        min(slots.local_day COLLATE BINARY) AS local_day,
        count(DISTINCT slots.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(slots.paper_id) THEN slots.paper_id END) AS papers_with_code
    FROM given
    CROSS JOIN sessions
    JOIN slots ON slots.session_id = sessions.id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE (given.edition = '' OR given.edition = coalesce(editions.slug, 'unknown'))
        AND (given.kind = '' OR given.kind = sessions.kind)
    GROUP BY sessions.id
),

shared AS (
    SELECT
        counted.session_id,
        counted.local_day,
        counted.papers,
        counted.papers_with_code,
        percentage(counted.papers_with_code, counted.papers) AS percent
    FROM counted
    CROSS JOIN given
    WHERE counted.papers > 0 AND counted.papers >= coalesce(number(given.at_least), 3)
)

SELECT
    rank() OVER (ORDER BY shared.percent DESC) AS place,
    editions.slug AS edition,
    editions.name AS edition_name,
    sessions.title AS session,
    sessions.kind,
    shared.local_day,
    shared.papers,
    shared.papers_with_code,
    shared.percent,
    sessions.key AS session_key
FROM shared
JOIN sessions ON sessions.id = shared.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
ORDER BY
    shared.percent DESC,
    shared.papers DESC,
    sessions.title COLLATE BINARY,
    sessions.key COLLATE BINARY
