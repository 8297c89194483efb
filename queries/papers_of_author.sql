-- title: Papers of an author
-- description: One row per author and paper: everything the author is on the byline of.
-- param author: Key of the author, or whole words of the name, without regard to the case of A to Z
--   (default: the first author by name).
-- example author: Delphine Arkwright
-- column author: Name of the author.
-- column title: Title of the paper.
-- column position: Place on the byline, from 1.
-- column authors: All authors, in the order of the byline.
-- column year: Year of the last edition it belongs to.
-- column editions: Editions it was presented at, or is said to be a paper of.
-- column code_url: The paper's own repository; of several the first by spelling.
-- column paper_key: Key of the paper.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:author, '')) AS author
),

meant AS (
    SELECT authors.id
    FROM authors, given
    WHERE given.author <> ''
        AND (
            authors.key = given.author
            OR instr(' ' || lower(authors.name) || ' ', ' ' || lower(given.author) || ' ') > 0
        )
    UNION ALL
    SELECT earliest.id
    FROM (
        SELECT authors.id FROM authors ORDER BY authors.name COLLATE BINARY, authors.key COLLATE BINARY LIMIT 1
    ) AS earliest, given
    WHERE given.author = ''
),

places AS (
    SELECT authorships.author_id, authorships.paper_id, min(authorships.position) AS position
    FROM meant
    JOIN authorships ON authorships.author_id = meant.id
    GROUP BY authorships.author_id, authorships.paper_id
),

dated AS (
    SELECT
        places.author_id,
        places.paper_id,
        places.position,
        (
            SELECT max(shown.year) FROM (editions_of(places.paper_id)) AS shown
        ) AS year
    FROM places
)

SELECT
    authors.name AS author,
    papers.title,
    dated.position,
    (
        SELECT group_concat(byline.name, ' · ' ORDER BY byline.position)
        FROM (
            SELECT other.name, authorships.position
            FROM authorships
            JOIN authors AS other ON other.id = authorships.author_id
            WHERE authorships.paper_id = papers.id
            ORDER BY authorships.position
        ) AS byline
    ) AS authors,
    dated.year,
    (
        SELECT group_concat(shown.name, ', ' ORDER BY shown.year, shown.slug COLLATE BINARY)
        FROM (editions_of(papers.id)) AS shown
    ) AS editions,
    (
        SELECT min(repositories.url COLLATE BINARY)
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    papers.key AS paper_key,
    authors.key AS author_key
FROM dated
JOIN authors ON authors.id = dated.author_id
JOIN papers ON papers.id = dated.paper_id
ORDER BY
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY,
    dated.year DESC NULLS LAST,
    papers.title COLLATE BINARY,
    papers.key COLLATE BINARY
