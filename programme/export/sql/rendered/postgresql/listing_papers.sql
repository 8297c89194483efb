SELECT
    papers.key,
    papers.title,
    COALESCE(
        TO_CHAR(listings.listed_on, 'YYYY-MM-DD'),
        (
            SELECT
                MAX(
                    COALESCE(
                        TO_CHAR(documents.captured_on, 'YYYY-MM-DD'),
                        SUBSTRING(TO_CHAR(documents.ingested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM 1 FOR 10)
                    )
                )
            FROM listing_sources
            JOIN documents
                ON documents.id = listing_sources.document_id
            WHERE
                listing_sources.listing_id = listings.id
        )
    ) AS updated,
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
    papers.abstract,
    (
        SELECT
            STRING_AGG(stated.identifier, ' ' ORDER BY stated.identifier COLLATE "C" NULLS FIRST)
        FROM (
            SELECT
                paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme <> 'site'
            ORDER BY
                1 NULLS FIRST
        ) AS stated
    ) AS identifiers,
    (
        SELECT
            MIN(repositories.url COLLATE "C")
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code,
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
    ) AS editions,
    listings.title AS listing
FROM listings
JOIN listing_entries
    ON listing_entries.listing_id = listings.id
JOIN papers
    ON papers.id = listing_entries.paper_id
WHERE
    listings.key = CAST(%(listing)s AS TEXT)
ORDER BY
    listing_entries.position NULLS FIRST
