WITH given AS (
    SELECT
        TRANSLATE(TRIM(COALESCE(CAST(identifier AS TEXT), '')), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS identifier,
        TRANSLATE(TRIM(COALESCE(CAST(scheme AS TEXT), '')), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS scheme
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
        ) IN ('', TRANSLATE(paper_identifiers.scheme, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'))
        AND (
            SELECT
                given.identifier
            FROM given
        ) IN (
            '',
            TRANSLATE(paper_identifiers.value, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
            TRANSLATE(
                (
                    paper_identifiers.scheme || ':' || paper_identifiers.value
                ),
                'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                'abcdefghijklmnopqrstuvwxyz'
            )
        )
    ORDER BY
        paper_identifiers.scheme NULLS FIRST,
        paper_identifiers.value NULLS FIRST,
        papers.key NULLS FIRST
    LIMIT 1000
)
SELECT
    chosen.scheme,
    chosen.value,
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
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
    chosen.scheme NULLS FIRST,
    chosen.value NULLS FIRST,
    papers.key NULLS FIRST
