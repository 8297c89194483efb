-- title: Papers with several repositories
-- group: Code
-- description: One row per paper that states more than one repository of its own.
-- param edition: Edition, such as `icml-2022` (default: all papers, also those of no edition).
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column repositories: Number of its own repositories.
-- column urls: Their URLs.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column paper_key: Key of the paper.
WITH own AS (
    SELECT DISTINCT repo_links.paper_id, repositories.url, repositories.key
    FROM repo_links
    JOIN repositories ON repositories.id = repo_links.repository_id
    WHERE repo_links.role = 'own' AND at_edition(repo_links.paper_id, :edition)
),

counted AS (
    SELECT own.paper_id, count(*) AS repositories
    FROM own
    GROUP BY own.paper_id
    HAVING count(*) > 1
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    counted.repositories,
    (
        SELECT group_concat(sorted.url, ' · ' ORDER BY sorted.url COLLATE BINARY)
        FROM (
            SELECT own.url FROM own WHERE own.paper_id = counted.paper_id ORDER BY own.url
        ) AS sorted
    ) AS urls,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    papers.key AS paper_key
FROM counted
JOIN papers ON papers.id = counted.paper_id
ORDER BY counted.repositories DESC, papers.title COLLATE BINARY, papers.key COLLATE BINARY
