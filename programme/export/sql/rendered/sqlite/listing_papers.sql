SELECT
    papers.key,
    papers.title,
    COALESCE(
        listings.listed_on,
        (
            SELECT
                MAX(COALESCE(documents.captured_on, SUBSTR(documents.ingested_at, 1, 10)))
            FROM listing_sources
            JOIN documents
                ON documents.id = listing_sources.document_id
            WHERE
                listing_sources.listing_id = listings.id
        )
    ) AS updated,
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
    papers.abstract,
    (
        SELECT
            GROUP_CONCAT(stated.identifier, ' ')
        FROM (
            SELECT
                paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme <> 'site'
            ORDER BY
                1
        ) AS stated
    ) AS identifiers,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code,
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
    ) AS editions,
    listings.title AS listing
FROM listings
JOIN listing_entries
    ON listing_entries.listing_id = listings.id
JOIN papers
    ON papers.id = listing_entries.paper_id
WHERE
    listings.key = :listing
ORDER BY
    listing_entries.position
