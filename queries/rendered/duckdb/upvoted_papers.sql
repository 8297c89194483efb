WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(source AS TEXT), '')) AS source,
        TRIM(COALESCE(CAST(month AS TEXT), '')) AS month,
        TRIM(COALESCE(CAST(with_code AS TEXT), '')) AS with_code
), dated AS (
    SELECT
        listings.id,
        listings.source,
        CAST(listings.listed_on AS TEXT) AS listed_on
    FROM listings
), counted AS (
    SELECT
        listing_entries.paper_id,
        MAX(listing_entries.upvotes) AS upvotes,
        MIN(dated.listed_on) AS listed_on,
        COUNT(DISTINCT dated.id) AS listings
    FROM given
    CROSS JOIN dated
    JOIN listing_entries
        ON listing_entries.listing_id = dated.id
    WHERE
        (
            given.source = '' OR given.source = dated.source
        )
        AND (
            given.month = '' OR SUBSTRING(dated.listed_on, 1, LENGTH(given.month)) = given.month
        )
    GROUP BY
        listing_entries.paper_id
), coded AS (
    SELECT
        counted.paper_id,
        counted.upvotes,
        counted.listed_on,
        counted.listings,
        (
            SELECT
                MIN(repositories.url)
            FROM repo_links
            JOIN repositories
                ON repositories.id = repo_links.repository_id
            WHERE
                repo_links.paper_id = counted.paper_id AND repo_links.role = 'own'
        ) AS code_url
    FROM counted
    WHERE
        counted.upvotes IS NOT NULL
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
    coded.upvotes,
    coded.listed_on,
    coded.listings,
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
    coded.code_url,
    papers.key AS paper_key
FROM coded
CROSS JOIN given
JOIN papers
    ON papers.id = coded.paper_id
WHERE
    given.with_code = ''
    OR (
        given.with_code = '0' AND coded.code_url IS NULL
    )
    OR (
        given.with_code <> '0' AND coded.code_url IS NOT NULL
    )
ORDER BY
    coded.upvotes DESC,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST
