-- title: Programme
-- group: When and where
-- description: One row per slot, breaks and Q&A included: what is presented, when, where and by whom. Days and times
--   are local to the venue, or in the printed time zone if the edition was held online.
-- column edition: Edition, such as `icml-2022`; empty if unknown.
-- column edition_name: Its name, such as `ICML 2022`.
-- column local_day: Local day.
-- column local_start: Local start time.
-- column local_end: Local end time.
-- column session: Title of the session.
-- column position: Position in the session, from 1.
-- column kind: Kind of slot: `oral`, `poster`, `break`, …
-- column title: Title of the slot.
-- column authors: Authors of the paper presented, in byline order.
-- column room: Room of the slot, else of the session.
-- column has_code: 1 when the paper states a repository of its own, else 0.
-- column code_url: URL of that repository; the alphabetically first if there are several.
-- column poster_number: Poster number as printed.
-- column award: Award as printed.
-- column track: Track of the session.
-- column starts_at: Start, in UTC.
-- column ends_at: End, in UTC.
-- column time_zone: Time zone in which the times were printed.
-- column paper_key: Key of the paper; empty for a break or Q&A.
-- column session_key: Key of the session.
-- column document: URI of the document that states it.
-- column line_start: First line in that document.
-- column line_end: Last line in that document.
-- order: starts_at COLLATE BINARY NULLS LAST, session COLLATE BINARY, session_key COLLATE BINARY, position
-- sort: starts_at
-- facets: edition, kind
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    sessions.title AS session,
    slots.position,
    slots.kind,
    slots.title,
    byline_of(slots.paper_id) AS authors,
    coalesce(slots.room, sessions.room) AS room,
    CAST(CASE WHEN has_code(slots.paper_id) THEN 1 ELSE 0 END AS integer) AS has_code,
    code_of(slots.paper_id) AS code_url,
    slots.poster_number,
    slots.award,
    sessions.track,
    instant(slots.starts_at) AS starts_at,
    instant(slots.ends_at) AS ends_at,
    slots.time_zone,
    papers.key AS paper_key,
    sessions.key AS session_key,
    documents.uri AS document,
    slots.line_start,
    slots.line_end
FROM slots
JOIN sessions ON sessions.id = slots.session_id
JOIN documents ON documents.id = slots.document_id
LEFT JOIN editions ON editions.id = sessions.edition_id
LEFT JOIN papers ON papers.id = slots.paper_id
