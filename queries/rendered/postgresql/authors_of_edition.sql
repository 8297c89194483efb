WITH selected AS (
    SELECT
        id,
        slug,
        name
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
), edition_papers AS (
    SELECT
        edition_id,
        paper_id
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
), bylines AS (
    SELECT
        edition_papers.paper_id,
        MAX(authorships.position) AS length
    FROM edition_papers
    JOIN authorships
        ON authorships.paper_id = edition_papers.paper_id
    GROUP BY
        edition_papers.paper_id
), counted AS (
    SELECT
        authorships.author_id,
        COUNT(DISTINCT bylines.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = bylines.paper_id AND repo_links.role = 'own'
                )
                THEN bylines.paper_id
            END
        ) AS papers_with_code,
        COUNT(DISTINCT CASE WHEN authorships.position = 1 THEN bylines.paper_id END) AS as_first,
        COUNT(DISTINCT CASE WHEN authorships.position = bylines.length AND bylines.length > 1 THEN bylines.paper_id END) AS as_last
    FROM bylines
    JOIN authorships
        ON authorships.paper_id = bylines.paper_id
    GROUP BY
        authorships.author_id
)
SELECT
    selected.slug AS edition,
    selected.name AS edition_name,
    authors.name,
    counted.papers,
    counted.papers_with_code,
    counted.as_first,
    counted.as_last,
    authors.key AS author_key
FROM counted
CROSS JOIN selected
JOIN authors
    ON authors.id = counted.author_id
ORDER BY
    counted.papers DESC NULLS LAST,
    authors.name COLLATE "C" NULLS FIRST,
    authors.key COLLATE "C" NULLS FIRST
