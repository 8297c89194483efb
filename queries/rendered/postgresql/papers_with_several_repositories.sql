WITH own AS (
    SELECT DISTINCT
        repo_links.paper_id,
        repositories.url,
        repositories.key
    FROM repo_links
    JOIN repositories
        ON repositories.id = repo_links.repository_id
    WHERE
        repo_links.role = 'own'
        AND (
            TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) = ''
            OR repo_links.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(CAST(%(edition)s AS TEXT), ''))
            )
        )
), counted AS (
    SELECT
        own.paper_id,
        COUNT(*) AS repositories
    FROM own
    GROUP BY
        own.paper_id
    HAVING
        COUNT(*) > 1
)
SELECT
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
    counted.repositories,
    (
        SELECT
            STRING_AGG(sorted.url, ' · ' ORDER BY sorted.url COLLATE "C" NULLS FIRST)
        FROM (
            SELECT
                own.url
            FROM own
            WHERE
                own.paper_id = counted.paper_id
            ORDER BY
                own.url NULLS FIRST
        ) AS sorted
    ) AS urls,
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
    papers.key AS paper_key
FROM counted
JOIN papers
    ON papers.id = counted.paper_id
ORDER BY
    counted.repositories DESC NULLS LAST,
    papers.title COLLATE "C" NULLS FIRST,
    papers.key COLLATE "C" NULLS FIRST
