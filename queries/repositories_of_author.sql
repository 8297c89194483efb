-- title: Repositories of an author
-- group: Code
-- description: One row per author and repository that one of their papers states as its own.
-- param author: Key of the author, or whole words of the name, in any case, with or without accents (default: the first
--   author by name who has one).
-- example author: Delphine Arkwright
-- column author: Name of the author.
-- column repository: Host and path of the repository.
-- column url: URL of the repository.
-- column papers: Number of their papers that state it as their own.
-- column title: Title of one of them, the alphabetically first.
-- column year: Year of the first edition that one of them belongs to.
-- column author_key: Key of the author.
-- column repository_key: Key of the repository.
WITH given AS (
    SELECT trim(coalesce(:author, '')) AS author
),

named AS (
    SELECT author_id FROM authors_named(:author) AS found
    UNION ALL
    SELECT earliest.id
    FROM given
    CROSS JOIN (
        SELECT authors.id
        FROM authors
        WHERE EXISTS (
            SELECT 1 FROM authorships WHERE authorships.author_id = authors.id AND has_code(authorships.paper_id)
        )
        ORDER BY authors.name COLLATE BINARY, authors.key COLLATE BINARY
        LIMIT 1
    ) AS earliest
    WHERE given.author = ''
),

own AS (
    SELECT DISTINCT named.author_id, repo_links.repository_id, repo_links.paper_id
    FROM named
    JOIN authorships ON authorships.author_id = named.author_id
    JOIN repo_links ON repo_links.paper_id = authorships.paper_id
    WHERE repo_links.role = 'own'
),

dated AS (
    SELECT
        own.author_id,
        own.repository_id,
        own.paper_id,
        first_year_of(own.paper_id) AS year
    FROM own
),

counted AS (
    SELECT
        dated.author_id,
        dated.repository_id,
        count(*) AS papers,
        min(papers.title COLLATE BINARY) AS title,
        min(dated.year) AS year
    FROM dated
    JOIN papers ON papers.id = dated.paper_id
    GROUP BY dated.author_id, dated.repository_id
)

SELECT
    authors.name AS author,
    repositories.host || '/' || repositories.path AS repository,
    repositories.url,
    counted.papers,
    counted.title,
    counted.year,
    authors.key AS author_key,
    repositories.key AS repository_key
FROM counted
JOIN authors ON authors.id = counted.author_id
JOIN repositories ON repositories.id = counted.repository_id
ORDER BY
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY,
    counted.papers DESC,
    repositories.host COLLATE BINARY,
    repositories.path COLLATE BINARY,
    repositories.key COLLATE BINARY
