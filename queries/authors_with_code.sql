-- title: Authors who publish with code
-- group: Code
-- description: One row per author of papers with a repository of their own; those with the most such papers first.
-- param edition: Edition, such as `icml-2022` (default: all papers, also those of no edition).
-- param at_least: Minimum number of such papers (default: 2).
-- column author: Name of the author.
-- column papers_with_code: Number of their papers that have a repository of their own.
-- column papers: Number of all their papers.
-- column percent: Papers with code in percent of all their papers.
-- column repositories: Number of distinct repositories of these papers.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:at_least, '')) AS at_least
),

own AS (
    SELECT DISTINCT repo_links.paper_id, repo_links.repository_id
    FROM repo_links
    WHERE repo_links.role = 'own' AND at_edition(repo_links.paper_id, :edition)
),

coded AS (
    SELECT
        authorships.author_id,
        count(DISTINCT own.paper_id) AS papers_with_code,
        count(DISTINCT own.repository_id) AS repositories
    FROM own
    JOIN authorships ON authorships.paper_id = own.paper_id
    GROUP BY authorships.author_id
),

frequent AS (
    SELECT coded.author_id, coded.papers_with_code, coded.repositories
    FROM coded
    CROSS JOIN given
    WHERE coded.papers_with_code >= coalesce(number(given.at_least), 2)
),

counted AS (
    SELECT
        frequent.author_id,
        frequent.papers_with_code,
        frequent.repositories,
        (
            SELECT count(DISTINCT authorships.paper_id)
            FROM authorships
            WHERE authorships.author_id = frequent.author_id AND at_edition(authorships.paper_id, :edition)
        ) AS papers
    FROM frequent
)

SELECT
    authors.name AS author,
    counted.papers_with_code,
    counted.papers,
    percentage(counted.papers_with_code, counted.papers) AS percent,
    counted.repositories,
    authors.key AS author_key
FROM counted
JOIN authors ON authors.id = counted.author_id
ORDER BY
    counted.papers_with_code DESC,
    counted.papers,
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY
