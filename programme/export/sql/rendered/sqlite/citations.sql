SELECT
    papers.key,
    papers.title,
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
    (
        SELECT
            GROUP_CONCAT(spelt.name, '␞')
        FROM (
            SELECT
                authorships.position,
                CASE
                    WHEN INSTR(authorships.raw_name, ',') > 0 OR SUBSTR(authorships.raw_name, 1, 1) = '{'
                    THEN authorships.raw_name
                    ELSE COALESCE(
                        (
                            SELECT
                                MIN(elsewhere.raw_name)
                            FROM authorships AS elsewhere
                            WHERE
                                elsewhere.author_id = authorships.author_id
                                AND (
                                    INSTR(elsewhere.raw_name, ',') > 0 OR SUBSTR(elsewhere.raw_name, 1, 1) = '{'
                                )
                        ),
                        authorships.raw_name
                    )
                END AS name
            FROM authorships
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position
        ) AS spelt
    ) AS spellings,
    (
        SELECT
            MIN(CASE WHEN paper_sources.has_more_authors THEN 1 ELSE 0 END)
        FROM paper_sources
        WHERE
            paper_sources.paper_id = papers.id AND paper_sources.byline IS NOT NULL
    ) AS has_more_authors,
    (
        SELECT
            COALESCE(CAST(paper_sources.published_year AS TEXT), '') || CASE WHEN paper_sources.is_journal THEN '|1' ELSE '|0' END || CASE WHEN paper_sources.edition_id IS NULL THEN '|0|' ELSE '|1|' END || COALESCE(paper_sources.published_in, '')
        FROM paper_sources
        WHERE
            paper_sources.paper_id = papers.id
            AND (
                paper_sources.published_in IS NOT NULL OR paper_sources.published_year IS NOT NULL
            )
        ORDER BY
            CASE WHEN paper_sources.edition_id IS NULL THEN 1 ELSE 0 END,
            CASE WHEN paper_sources.is_journal THEN 1 ELSE 0 END,
            paper_sources.published_year,
            LENGTH(COALESCE(paper_sources.published_in, '')) DESC,
            COALESCE(paper_sources.published_in, '')
        LIMIT 1
    ) AS published,
    (
        SELECT
            shown.name
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
        ) AS shown
        ORDER BY
            shown.year,
            shown.slug
        LIMIT 1
    ) AS edition,
    CAST((
        SELECT
            MIN(editions.year)
        FROM paper_editions
        JOIN editions
            ON editions.id = paper_editions.edition_id
        WHERE
            paper_editions.paper_id = papers.id
    ) AS INTEGER) AS year,
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
    ) AS code
FROM papers
WHERE
    papers.id IN (
        SELECT
            named.id
        FROM JSON_EACH(:keys) AS wanted
        CROSS JOIN papers AS named
        WHERE
            named.key = wanted.value
        UNION ALL
        SELECT
            papers.id
        FROM papers
        WHERE
            :keys = '[]' AND :edition = ''
        UNION ALL
        SELECT
            paper_editions.paper_id
        FROM editions
        JOIN paper_editions
            ON paper_editions.edition_id = editions.id
        WHERE
            :keys = '[]' AND editions.slug = :edition
    )
ORDER BY
    papers.key
