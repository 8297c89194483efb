-- One row per paper with code of its own, newest first, as `programme.export.feeds` reads it. A paper is dated by the
-- first day on which it was listed or presented, or its edition began; a paper without such a day is left out.
-- :edition limits to the papers of an edition (empty: all), :most is the highest number of rows.
WITH days AS (
    SELECT listing_entries.paper_id, day(listings.listed_on) AS on_day
    FROM listing_entries
    JOIN listings ON listings.id = listing_entries.listing_id
    UNION ALL
    SELECT slots.paper_id, coalesce(slots.local_day, substr(instant(slots.starts_at), 1, 10), day(editions.starts_on))
    FROM slots
    JOIN sessions ON sessions.id = slots.session_id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    WHERE slots.paper_id IS NOT NULL
    UNION ALL
    SELECT paper_sources.paper_id, day(editions.starts_on)
    FROM paper_sources
    JOIN editions ON editions.id = paper_sources.edition_id
),

dated AS (
    SELECT days.paper_id, min(days.on_day COLLATE BINARY) AS on_day
    FROM days
    WHERE days.on_day IS NOT NULL
    GROUP BY days.paper_id
),

newest AS (
    SELECT papers.id, papers.key, papers.title, papers.abstract, dated.on_day
    FROM dated
    JOIN papers ON papers.id = dated.paper_id
    WHERE has_code(papers.id)
        AND at_edition(papers.id, :edition)
    ORDER BY dated.on_day COLLATE BINARY DESC, papers.title COLLATE BINARY, papers.key COLLATE BINARY
    LIMIT CAST(:most AS integer)
)

SELECT
    newest.key,
    newest.title,
    newest.on_day AS updated,
    byline_of(newest.id) AS authors,
    newest.abstract,
    identifiers_of(newest.id) AS identifiers,
    code_of(newest.id) AS code,
    edition_names_of(newest.id) AS editions
FROM newest
ORDER BY newest.on_day COLLATE BINARY DESC, newest.title COLLATE BINARY, newest.key COLLATE BINARY
