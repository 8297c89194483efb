-- title: Edges of the coauthor network
-- group: People
-- description: One row per pair of authors who share a paper, at the edition or with the author asked for. Each pair
--   is listed once, the lower key first.
-- param edition: Edition, such as `icml-2022` (default: all if an author is given, else the newest one with papers).
-- param author: Key of an author who must be one of the pair, or whole words of the name, in any case, with or without
--   accents (default: anyone).
-- example edition: icml-2022
-- column author: Name of the author.
-- column coauthor: Name of the coauthor.
-- column papers: Number of papers they share.
-- column title: Title of one of them, the alphabetically first.
-- column author_key: Key of that author.
-- column coauthor_key: Key of the coauthor.
WITH given AS (
    SELECT trim(coalesce(:author, '')) AS author, trim(coalesce(:edition, '')) AS edition
),

selected AS (
    SELECT id FROM edition_or_newest(:edition) AS found
),

named AS (
    SELECT author_id FROM authors_named(:author) AS found
),

edition_papers AS (
    SELECT found.paper_id
    FROM given
    CROSS JOIN papers_of(selected) AS found
    -- Without an edition, an author is looked for at every one.
    WHERE given.author = '' OR given.edition <> ''
),

author_papers AS (
    SELECT DISTINCT authorships.paper_id
    FROM named
    -- CROSS JOIN keeps SQLite to this order, from the few authors to their papers.
    CROSS JOIN authorships
    WHERE authorships.author_id = named.author_id
),

chosen AS (
    SELECT edition_papers.paper_id
    FROM given
    CROSS JOIN edition_papers
    WHERE given.author = '' OR edition_papers.paper_id IN (SELECT author_papers.paper_id FROM author_papers)
    UNION ALL
    SELECT author_papers.paper_id
    FROM given
    CROSS JOIN author_papers
    WHERE given.edition = ''
),

pairs AS (
    SELECT DISTINCT chosen.paper_id, one.author_id, other.author_id AS other_id
    FROM chosen
    CROSS JOIN given
    -- CROSS JOIN again: SQLite would start from all authorships.
    CROSS JOIN authorships AS one
    CROSS JOIN authorships AS other
    WHERE one.paper_id = chosen.paper_id
        AND other.paper_id = chosen.paper_id
        AND one.author_id < other.author_id
        AND (
            given.author = ''
            OR one.author_id IN (SELECT named.author_id FROM named)
            OR other.author_id IN (SELECT named.author_id FROM named)
        )
),

counted AS (
    SELECT pairs.author_id, pairs.other_id, count(*) AS papers, min(papers.title COLLATE BINARY) AS title
    FROM pairs
    JOIN papers ON papers.id = pairs.paper_id
    GROUP BY pairs.author_id, pairs.other_id
),

-- The pairs were formed by id, which is local to a database; they are shown in the order of keys.
edges AS (
    SELECT
        counted.papers,
        counted.title,
        CASE WHEN one.key < other.key COLLATE BINARY THEN one.id ELSE other.id END AS author_id,
        CASE WHEN one.key < other.key COLLATE BINARY THEN other.id ELSE one.id END AS coauthor_id
    FROM counted
    JOIN authors AS one ON one.id = counted.author_id
    JOIN authors AS other ON other.id = counted.other_id
)

SELECT
    authors.name AS author,
    coauthors.name AS coauthor,
    edges.papers,
    edges.title,
    authors.key AS author_key,
    coauthors.key AS coauthor_key
FROM edges
JOIN authors ON authors.id = edges.author_id
JOIN authors AS coauthors ON coauthors.id = edges.coauthor_id
ORDER BY
    edges.papers DESC,
    authors.name COLLATE BINARY,
    coauthors.name COLLATE BINARY,
    authors.key COLLATE BINARY,
    coauthors.key COLLATE BINARY
