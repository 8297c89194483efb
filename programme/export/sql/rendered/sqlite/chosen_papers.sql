SELECT
    papers.key,
    papers.title,
    COALESCE(
        (
            SELECT
                MIN(days.on_day)
            FROM (
                SELECT
                    listings.listed_on AS on_day
                FROM listing_entries
                JOIN listings
                    ON listings.id = listing_entries.listing_id
                WHERE
                    listing_entries.paper_id = papers.id
                UNION ALL
                SELECT
                    COALESCE(slots.local_day, SUBSTR(slots.starts_at, 1, 10))
                FROM slots
                WHERE
                    slots.paper_id = papers.id
                UNION ALL
                SELECT
                    editions.starts_on
                FROM paper_editions
                JOIN editions
                    ON editions.id = paper_editions.edition_id
                WHERE
                    paper_editions.paper_id = papers.id
            ) AS days
        ),
        (
            SELECT
                MIN(COALESCE(documents.captured_on, SUBSTR(documents.ingested_at, 1, 10)))
            FROM paper_sources
            JOIN documents
                ON documents.id = paper_sources.document_id
            WHERE
                paper_sources.paper_id = papers.id
        ),
        '1970-01-01'
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
    ) AS editions
FROM JSON_EACH(:keys) AS wanted
CROSS JOIN papers
WHERE
    papers.key = wanted.value
