-- title: New repositories over time
-- group: Code
-- description: One row per year or month: repositories that a paper states as its own for the first time. A paper is
--   dated by its listing, its slot, or else the first day of its edition.
-- param period: `month` or `year` (default: year).
-- param host: Host, such as `github.com` (default: all).
-- column period: Year or month, such as `2022-07`; empty for repositories of undated papers.
-- column repositories: Number of repositories first seen in it.
-- column papers: Number of papers that state one of them.
-- column so_far: Number of repositories up to and including it.
WITH given AS (
    SELECT lower(trim(coalesce(:period, ''))) AS period, lower(trim(coalesce(:host, ''))) AS host
),

own AS (
    SELECT DISTINCT repo_links.repository_id, repo_links.paper_id
    FROM given
    CROSS JOIN repo_links
    JOIN repositories ON repositories.id = repo_links.repository_id
    WHERE repo_links.role = 'own' AND (given.host = '' OR given.host = repositories.host)
),

-- Every day on which a paper with the repository was listed or presented. The year alone sorts before its days.
days (repository_id, shown_on) AS (
    SELECT own.repository_id, day(listings.listed_on)
    FROM own
    JOIN listing_entries ON listing_entries.paper_id = own.paper_id
    JOIN listings ON listings.id = listing_entries.listing_id
    UNION ALL
    SELECT own.repository_id, coalesce(slots.local_day, day(editions.starts_on), CAST(editions.year AS text))
    FROM own
    JOIN slots ON slots.paper_id = own.paper_id
    JOIN sessions ON sessions.id = slots.session_id
    LEFT JOIN editions ON editions.id = sessions.edition_id
    UNION ALL
    SELECT own.repository_id, coalesce(day(editions.starts_on), CAST(editions.year AS text))
    FROM own
    JOIN paper_sources ON paper_sources.paper_id = own.paper_id
    JOIN editions ON editions.id = paper_sources.edition_id
),

dated AS (
    SELECT days.repository_id, min(days.shown_on COLLATE BINARY) AS shown_on
    FROM days
    GROUP BY days.repository_id
),

first_stated AS (
    SELECT
        own.repository_id,
        own.paper_id,
        substr(dated.shown_on, 1, CASE WHEN given.period = 'month' THEN 7 ELSE 4 END) AS period
    FROM own
    CROSS JOIN given
    LEFT JOIN dated ON dated.repository_id = own.repository_id
),

counted AS (
    SELECT
        first_stated.period,
        count(DISTINCT first_stated.repository_id) AS repositories,
        count(DISTINCT first_stated.paper_id) AS papers
    FROM first_stated
    GROUP BY first_stated.period
)

SELECT
    counted.period,
    counted.repositories,
    counted.papers,
    CAST(sum(counted.repositories) OVER (ORDER BY counted.period COLLATE BINARY NULLS LAST) AS integer) AS so_far
FROM counted
ORDER BY counted.period COLLATE BINARY NULLS LAST
