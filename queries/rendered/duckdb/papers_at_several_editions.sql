WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(venue AS TEXT), '')) AS venue
), several AS (
    SELECT
        paper_editions.paper_id
    FROM paper_editions
    GROUP BY
        paper_editions.paper_id
    HAVING
        MIN(paper_editions.edition_id) < MAX(paper_editions.edition_id)
), candidates AS (
    SELECT
        several.paper_id,
        COUNT(DISTINCT editions.id) AS number,
        MIN(editions.year) AS first_year,
        MAX(editions.year) AS last_year,
        MAX(
            CASE
                WHEN given.venue = ''
                OR venues.slug = TRANSLATE(given.venue, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
                THEN 1
                ELSE 0
            END
        ) AS is_asked_for
    FROM several
    CROSS JOIN given
    JOIN paper_editions
        ON paper_editions.paper_id = several.paper_id
    JOIN editions
        ON editions.id = paper_editions.edition_id
    JOIN venues
        ON venues.id = editions.venue_id
    GROUP BY
        several.paper_id
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
    candidates.number,
    candidates.first_year,
    candidates.last_year,
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
FROM candidates
JOIN papers
    ON papers.id = candidates.paper_id
WHERE
    candidates.is_asked_for = 1
ORDER BY
    candidates.number DESC,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST
