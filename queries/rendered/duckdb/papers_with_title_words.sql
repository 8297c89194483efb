WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(words AS TEXT), '')) AS words,
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition
), selected AS (
    SELECT
        id
    FROM (
        SELECT
            editions.id,
            editions.venue_id,
            editions.slug,
            editions.name,
            editions.year
        FROM editions
        WHERE
            editions.slug = CASE
                WHEN TRIM(COALESCE(CAST(edition AS TEXT), '')) <> ''
                THEN TRIM(COALESCE(CAST(edition AS TEXT), ''))
                ELSE (
                    SELECT
                        newest.slug
                    FROM editions AS newest
                    WHERE
                        EXISTS(
                            SELECT
                                1
                            FROM paper_editions
                            WHERE
                                paper_editions.edition_id = newest.id
                        )
                    ORDER BY
                        newest.year DESC,
                        newest.slug NULLS FIRST
                    LIMIT 1
                )
            END
    ) AS found
), edition_papers AS (
    SELECT
        paper_id
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
), chosen AS (
    SELECT
        edition_papers.paper_id
    FROM given
    CROSS JOIN edition_papers
    WHERE
        given.words = ''
    UNION ALL
    SELECT
        matches.id
    FROM given
    CROSS JOIN (
        SELECT
            papers.id
        FROM papers
        WHERE
            SEARCH_MATCHES(papers.title, NULL, CAST(words AS TEXT))
    ) AS matches
    WHERE
        given.words <> ''
        AND (
            given.edition = '' OR matches.id IN (
                SELECT
                    edition_papers.paper_id
                FROM edition_papers
            )
        )
), dated AS (
    SELECT
        chosen.paper_id,
        CAST((
            SELECT
                MAX(editions.year)
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = chosen.paper_id
        ) AS INT) AS year
    FROM chosen
), best AS (
    SELECT
        dated.paper_id,
        dated.year
    FROM dated
    JOIN papers
        ON papers.id = dated.paper_id
    ORDER BY
        dated.year DESC,
        papers.title NULLS FIRST,
        papers.key NULLS FIRST
    LIMIT 1000
)
SELECT
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
    best.year,
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
FROM best
JOIN papers
    ON papers.id = best.paper_id
ORDER BY
    best.year DESC,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST
