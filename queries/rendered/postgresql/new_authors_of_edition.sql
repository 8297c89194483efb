WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(%(scope)s AS TEXT), '')) AS scope
), selected AS (
    SELECT
        id,
        venue_id,
        slug,
        name,
        year
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
                WHEN TRIM(COALESCE(CAST(%(edition)s AS TEXT), '')) <> ''
                THEN TRIM(COALESCE(CAST(%(edition)s AS TEXT), ''))
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
                        newest.year DESC NULLS LAST,
                        newest.slug COLLATE "C" NULLS FIRST
                    LIMIT 1
                )
            END
    ) AS found
), earlier AS (
    SELECT
        editions.id
    FROM selected
    CROSS JOIN given
    JOIN editions
        ON editions.year < selected.year
    WHERE
        given.scope <> 'venue' OR editions.venue_id = selected.venue_id
), edition_authorships AS (
    SELECT
        authorships.author_id,
        found.paper_id
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
    CROSS JOIN authorships
    WHERE
        authorships.paper_id = found.paper_id
), fresh AS MATERIALIZED (
    SELECT
        present.author_id
    FROM (
        SELECT DISTINCT
            edition_authorships.author_id
        FROM edition_authorships
    ) AS present
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM authorships
            CROSS JOIN paper_editions
            WHERE
                authorships.author_id = present.author_id
                AND paper_editions.paper_id = authorships.paper_id
                AND paper_editions.edition_id IN (
                    SELECT
                        earlier.id
                    FROM earlier
                )
        )
), counted AS (
    SELECT
        edition_authorships.author_id,
        COUNT(DISTINCT edition_authorships.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = edition_authorships.paper_id AND repo_links.role = 'own'
                )
                THEN edition_authorships.paper_id
            END
        ) AS papers_with_code,
        MIN(papers.title COLLATE "C") AS title
    FROM edition_authorships
    JOIN papers
        ON papers.id = edition_authorships.paper_id
    WHERE
        edition_authorships.author_id IN (
            SELECT
                fresh.author_id
            FROM fresh
        )
    GROUP BY
        edition_authorships.author_id
)
SELECT
    selected.slug AS edition,
    selected.name AS edition_name,
    authors.name,
    counted.papers,
    counted.papers_with_code,
    counted.title,
    authors.key AS author_key
FROM counted
CROSS JOIN selected
JOIN authors
    ON authors.id = counted.author_id
ORDER BY
    counted.papers DESC NULLS LAST,
    authors.name COLLATE "C" NULLS FIRST,
    authors.key COLLATE "C" NULLS FIRST
