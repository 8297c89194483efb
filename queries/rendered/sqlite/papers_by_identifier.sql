WITH given AS (
    SELECT
        LOWER(TRIM(COALESCE(:identifier, ''))) AS identifier,
        LOWER(TRIM(COALESCE(:scheme, ''))) AS scheme
), chosen AS (
    SELECT
        paper_identifiers.paper_id,
        paper_identifiers.scheme,
        paper_identifiers.value
    FROM paper_identifiers
    CROSS JOIN papers
    WHERE
        papers.id = paper_identifiers.paper_id
        AND (
            SELECT
                given.scheme
            FROM given
        ) IN ('', LOWER(paper_identifiers.scheme))
        AND (
            SELECT
                given.identifier
            FROM given
        ) IN ('', LOWER(paper_identifiers.value), LOWER(paper_identifiers.scheme || ':' || paper_identifiers.value))
    ORDER BY
        paper_identifiers.scheme,
        paper_identifiers.value,
        papers.key
    LIMIT 1000
)
SELECT
    chosen.scheme,
    chosen.value,
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ')
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS edition_names,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    papers.key AS paper_key
FROM chosen
JOIN papers
    ON papers.id = chosen.paper_id
ORDER BY
    chosen.scheme,
    chosen.value,
    papers.key
