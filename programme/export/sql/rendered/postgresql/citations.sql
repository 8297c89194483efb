SELECT
    papers.key,
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
    (
        SELECT
            STRING_AGG(spelt.name, '␞' ORDER BY spelt.position NULLS FIRST)
        FROM (
            SELECT
                authorships.position,
                CASE
                    WHEN POSITION(',' IN authorships.raw_name) > 0 OR SUBSTRING(authorships.raw_name FROM 1 FOR 1) = '{'
                    THEN authorships.raw_name
                    ELSE COALESCE(
                        (
                            SELECT
                                MIN(elsewhere.raw_name COLLATE "C")
                            FROM authorships AS elsewhere
                            WHERE
                                elsewhere.author_id = authorships.author_id
                                AND (
                                    POSITION(',' IN elsewhere.raw_name) > 0 OR SUBSTRING(elsewhere.raw_name FROM 1 FOR 1) = '{'
                                )
                        ),
                        authorships.raw_name
                    )
                END AS name
            FROM authorships
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position NULLS FIRST
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
            CASE WHEN paper_sources.edition_id IS NULL THEN 1 ELSE 0 END NULLS FIRST,
            CASE WHEN paper_sources.is_journal THEN 1 ELSE 0 END NULLS FIRST,
            paper_sources.published_year NULLS FIRST,
            LENGTH(COALESCE(paper_sources.published_in, '')) DESC NULLS LAST,
            COALESCE(paper_sources.published_in, '') COLLATE "C" NULLS FIRST
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS shown
        ORDER BY
            shown.year NULLS FIRST,
            shown.slug COLLATE "C" NULLS FIRST
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
    ) AS INT) AS year,
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
    ) AS code
FROM papers
WHERE
    papers.id IN (
        SELECT
            named.id
        FROM JSON_ARRAY_ELEMENTS(CAST(CAST(%(keys)s AS TEXT) AS JSON)) AS wanted
        CROSS JOIN papers AS named
        WHERE
            named.key = (
                wanted.value #>> '{}'
            )
        UNION ALL
        SELECT
            papers.id
        FROM papers
        WHERE
            CAST(%(keys)s AS TEXT) = '[]' AND CAST(%(edition)s AS TEXT) = ''
        UNION ALL
        SELECT
            paper_editions.paper_id
        FROM editions
        JOIN paper_editions
            ON paper_editions.edition_id = editions.id
        WHERE
            CAST(%(keys)s AS TEXT) = '[]' AND editions.slug = CAST(%(edition)s AS TEXT)
    )
ORDER BY
    papers.key COLLATE "C" NULLS FIRST
