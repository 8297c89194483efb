-- title: Papers at editions
-- group: Papers
-- description: One row per paper and edition, from programmes and lists alike, to build other queries on.
-- column edition: Edition, such as `icml-2022`.
-- column edition_name: Its name, such as `ICML 2022`.
-- column venue: Venue, such as `icml`.
-- column year: Year of the edition.
-- column title: Title of the paper.
-- column kinds: Kinds of presentation there, as slots and lists state them; empty where none does.
-- column local_day: Local day of its first slot there; empty without a slot.
-- column has_code: 1 when the paper states a repository of its own, else 0.
-- column paper_key: Key of the paper.
-- order: edition COLLATE BINARY, title COLLATE BINARY, paper_key COLLATE BINARY
-- facets: edition
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    venues.slug AS venue,
    editions.year,
    papers.title,
    kinds_of(papers.id, editions.id) AS kinds,
    (
        SELECT min(slots.local_day COLLATE BINARY)
        FROM slots
        JOIN sessions ON sessions.id = slots.session_id
        WHERE slots.paper_id = papers.id AND sessions.edition_id = editions.id
    ) AS local_day,
    CAST(CASE WHEN has_code(papers.id) THEN 1 ELSE 0 END AS integer) AS has_code,
    papers.key AS paper_key
FROM paper_editions
JOIN papers ON papers.id = paper_editions.paper_id
JOIN editions ON editions.id = paper_editions.edition_id
JOIN venues ON venues.id = editions.venue_id
-- Each paper and edition once, from its first kind: DISTINCT would compute all before the first row of a page.
WHERE NOT EXISTS (
    SELECT 1
    FROM paper_editions AS earlier
    WHERE earlier.paper_id = paper_editions.paper_id
        AND earlier.edition_id = paper_editions.edition_id
        AND earlier.kind < paper_editions.kind COLLATE BINARY
)
