WITH given AS (
    SELECT
        LOWER(TRIM(COALESCE(CAST(%(identifier)s AS TEXT), '')) COLLATE "C") AS identifier,
        LOWER(TRIM(COALESCE(CAST(%(scheme)s AS TEXT), '')) COLLATE "C") AS scheme
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
        ) IN ('', LOWER(paper_identifiers.scheme COLLATE "C"))
        AND (
            SELECT
                given.identifier
            FROM given
        ) IN (
            '',
            LOWER(paper_identifiers.value COLLATE "C"),
            LOWER((
                paper_identifiers.scheme || ':' || paper_identifiers.value
            ) COLLATE "C")
        )
    ORDER BY
        paper_identifiers.scheme COLLATE "C" NULLS FIRST,
        paper_identifiers.value COLLATE "C" NULLS FIRST,
        papers.key COLLATE "C" NULLS FIRST
    LIMIT 1000
)
SELECT
    chosen.scheme,
    chosen.value,
    papers.title,
    (
        SELECT
            STRING_AGG(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
            STRING_AGG(belongs.slug, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
            STRING_AGG(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
            MIN(repositories.url COLLATE "C")
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
    chosen.scheme COLLATE "C" NULLS FIRST,
    chosen.value COLLATE "C" NULLS FIRST,
    papers.key COLLATE "C" NULLS FIRST
