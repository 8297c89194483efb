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
    SELECT frequent.author_id, count(DISTINCT authorships.paper_id) AS papers
    FROM frequent
    JOIN authorships ON authorships.author_id = frequent.author_id
    WHERE at_edition(authorships.paper_id, :edition)
    GROUP BY frequent.author_id
)

SELECT
    authors.name AS author,
    frequent.papers_with_code,
    counted.papers,
    percentage(frequent.papers_with_code, counted.papers) AS percent,
    frequent.repositories,
    authors.key AS author_key
FROM frequent
JOIN counted ON counted.author_id = frequent.author_id
JOIN authors ON authors.id = frequent.author_id
ORDER BY
    frequent.papers_with_code DESC,
    counted.papers,
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY
