WITH given AS (
    SELECT
        TRIM(COALESCE(:author, '')) AS author
), named AS (
    SELECT
        author_id
    FROM (
        SELECT
            authors.id AS author_id
        FROM authors
        WHERE
            authors.key = TRIM(COALESCE(:author, ''))
        UNION
        SELECT
            authors.id
        FROM (
            SELECT
                PLAIN_NAME(COALESCE(:author, '')) AS name
            UNION
            SELECT
                PLAIN_NAME(
                    (
                        SUBSTR(COALESCE(:author, ''), INSTR(COALESCE(:author, '') || ',', ',') + 1) || ' ' || SUBSTR(COALESCE(:author, ''), 1, INSTR(COALESCE(:author, '') || ',', ',') - 1)
                    )
                )
        ) AS wanted
        CROSS JOIN authors
        WHERE
            wanted.name <> ''
            AND INSTR(authors.plain_name, wanted.name) > 0
            AND INSTR(' ' || authors.plain_name || ' ', ' ' || wanted.name || ' ') > 0
    ) AS found
    UNION ALL
    SELECT
        earliest.id
    FROM given
    CROSS JOIN (
        SELECT
            authors.id
        FROM authors
        WHERE
            EXISTS(
                SELECT
                    1
                FROM authorships
                WHERE
                    authorships.author_id = authors.id
                    AND EXISTS(
                        SELECT
                            1
                        FROM repo_links
                        WHERE
                            repo_links.paper_id = authorships.paper_id AND repo_links.role = 'own'
                    )
            )
        ORDER BY
            authors.name,
            authors.key
        LIMIT 1
    ) AS earliest
    WHERE
        given.author = ''
), own AS (
    SELECT DISTINCT
        named.author_id,
        repo_links.repository_id,
        repo_links.paper_id
    FROM named
    JOIN authorships
        ON authorships.author_id = named.author_id
    JOIN repo_links
        ON repo_links.paper_id = authorships.paper_id
    WHERE
        repo_links.role = 'own'
), dated AS (
    SELECT
        own.author_id,
        own.repository_id,
        own.paper_id,
        CAST((
            SELECT
                MIN(editions.year)
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = own.paper_id
        ) AS INTEGER) AS year
    FROM own
), counted AS (
    SELECT
        dated.author_id,
        dated.repository_id,
        COUNT(*) AS papers,
        MIN(papers.title) AS title,
        MIN(dated.year) AS year
    FROM dated
    JOIN papers
        ON papers.id = dated.paper_id
    GROUP BY
        dated.author_id,
        dated.repository_id
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
JOIN authors
    ON authors.id = counted.author_id
JOIN repositories
    ON repositories.id = counted.repository_id
ORDER BY
    authors.name,
    authors.key,
    counted.papers DESC,
    repositories.host,
    repositories.path,
    repositories.key
