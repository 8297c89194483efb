-- title: Code share
-- group: Code
-- description: One row per session: how many of its papers state a repository of their own.
-- column edition: Edition, `icml-2022`; empty when unknown.
-- column local_day: Day of the first slot, at the place.
-- column session: Title of the session.
-- column kind: What the session holds.
-- column papers: Papers presented in it.
-- column papers_with_code: Of those, the ones with a repository of their own.
-- column percent: The same in percent; empty when no paper is presented.
-- column session_key: Key of the session.
-- order: edition COLLATE BINARY NULLS LAST, percent DESC NULLS LAST, session COLLATE BINARY, session_key COLLATE BINARY
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
    (
        SELECT min(slots.local_day COLLATE BINARY) FROM slots WHERE slots.session_id = sessions.id
    ) AS local_day,
    sessions.title AS session,
    sessions.kind,
    CAST(counted.papers AS integer) AS papers,
    CAST(counted.papers_with_code AS integer) AS papers_with_code,
    percent(counted.papers_with_code, counted.papers) AS percent,
    sessions.key AS session_key
FROM counted
JOIN sessions ON sessions.id = counted.session_id
LEFT JOIN editions ON editions.id = sessions.edition_id
