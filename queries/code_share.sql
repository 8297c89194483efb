-- title: Share of papers with code
-- group: Code
-- description: One row per session: how many of its papers state a repository of their own.
-- column edition: Edition, such as `icml-2022`; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column local_day: Local day of the first slot.
-- column session: Title of the session.
-- column kind: Kind of session.
-- column papers: Number of papers presented in the session.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent; empty if no paper is presented.
-- column session_key: Key of the session.
-- order: edition COLLATE BINARY NULLS LAST, percent DESC NULLS LAST, session COLLATE BINARY, session_key COLLATE
--   BINARY
-- sort: percent DESC
-- facets: edition, kind, local_day
WITH counted AS (
    SELECT
        sessions.id AS session_id,
        (
            SELECT count(DISTINCT slots.paper_id) FROM slots WHERE slots.session_id = sessions.id
        ) AS papers,
        (
            SELECT count(DISTINCT slots.paper_id)
            FROM slots
            JOIN repo_links ON repo_links.paper_id = slots.paper_id
            WHERE slots.session_id = sessions.id AND repo_links.role = 'own'
        ) AS papers_with_code
    FROM sessions
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    (
        SELECT min(slots.local_day COLLATE BINARY) FROM slots WHERE slots.session_id = sessions.id
    ) AS local_day,
    sessions.title AS session,
    sessions.kind,
    CAST(counted.papers AS integer) AS papers,
    CAST(counted.papers_with_code AS integer) AS papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent,
    sessions.key AS session_key
FROM counted
JOIN sessions ON sessions.id = counted.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
