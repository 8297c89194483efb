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
    (
        SELECT
            GROUP_CONCAT(presented.kind, ', ' ORDER BY presented.kind NULLS FIRST)
        FROM (
            SELECT DISTINCT
                paper_editions.kind
            FROM paper_editions
            WHERE
                paper_editions.paper_id = papers.id AND paper_editions.kind <> 'other'
            ORDER BY
                1 NULLS FIRST
        ) AS presented
    ) AS kinds,
    (
        SELECT
            paper_editions.kind
        FROM paper_editions
        WHERE
            paper_editions.paper_id = papers.id AND paper_editions.kind <> 'other'
        ORDER BY
            CASE paper_editions.kind
                WHEN 'keynote'
                THEN 0
                WHEN 'oral'
                THEN 1
                WHEN 'spotlight'
                THEN 2
                WHEN 'poster'
                THEN 3
                ELSE 4
            END NULLS FIRST,
            paper_editions.kind NULLS FIRST
        LIMIT 1
    ) AS best_kind,
    CAST((
        SELECT
            MIN(editions.year)
        FROM paper_editions
        JOIN editions
            ON editions.id = paper_editions.edition_id
        WHERE
            paper_editions.paper_id = papers.id
    ) AS INT) AS first_year,
    CAST(CASE
        WHEN EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = papers.id AND repo_links.role = 'own'
        )
        THEN 1
        ELSE 0
    END AS INT) AS has_code,
    (
        SELECT
            GROUP_CONCAT(own.url, ' ' ORDER BY own.url NULLS FIRST)
        FROM (
            SELECT DISTINCT
                repositories.url
            FROM repo_links
            JOIN repositories
                ON repositories.id = repo_links.repository_id
            WHERE
                repo_links.paper_id = papers.id AND repo_links.role = 'own'
            ORDER BY
                1 NULLS FIRST
        ) AS own
    ) AS repositories,
    (
        SELECT
            MIN(paper_links.url)
        FROM paper_links
        WHERE
            paper_links.paper_id = papers.id AND paper_links.kind = 'project_page'
    ) AS project_page,
    (
        SELECT
            MIN(paper_identifiers.value)
        FROM paper_identifiers
        WHERE
            paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'arxiv'
    ) AS arxiv,
    (
        SELECT
            MIN(paper_identifiers.value)
        FROM paper_identifiers
        WHERE
            paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'doi'
    ) AS doi,
    (
        SELECT
            MIN(paper_identifiers.value)
        FROM paper_identifiers
        WHERE
            paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'openreview'
    ) AS openreview,
    (
        SELECT
            MIN(paper_identifiers.value)
        FROM paper_identifiers
        WHERE
            paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'acl'
    ) AS acl,
    COALESCE(
        'https://aclanthology.org/' || (
            SELECT
                MIN(paper_identifiers.value)
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'acl'
        ) || '.pdf',
        'https://arxiv.org/pdf/' || (
            SELECT
                MIN(paper_identifiers.value)
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'arxiv'
        ),
        'https://openreview.net/pdf?id=' || (
            SELECT
                MIN(paper_identifiers.value)
            FROM paper_identifiers
            WHERE
                paper_identifiers.paper_id = papers.id AND paper_identifiers.scheme = 'openreview'
        )
    ) AS pdf_url,
    (
        SELECT
            MAX(listing_entries.upvotes)
        FROM listing_entries
        WHERE
            listing_entries.paper_id = papers.id
    ) AS upvotes,
    CAST((
        SELECT
            COUNT(DISTINCT paper_sources.document_id)
        FROM paper_sources
        WHERE
            paper_sources.paper_id = papers.id
    ) AS INT) AS documents,
    CAST(CASE WHEN papers.abstract IS NULL THEN 0 ELSE 1 END AS INT) AS has_abstract,
    CAST(CASE
        WHEN papers.key IN (
            SELECT
                source_conflicts.paper_key
            FROM source_conflicts
        )
        THEN 1
        ELSE 0
    END AS INT) AS has_conflict,
    papers.key AS paper_key
FROM papers
