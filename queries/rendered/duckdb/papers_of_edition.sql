WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(q AS TEXT), '')) AS words,
        TRIM(COALESCE(CAST(kind AS TEXT), '')) AS kind,
        TRIM(COALESCE(CAST(with_code AS TEXT), '')) AS with_code
), selected AS (
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
                WHEN TRIM(COALESCE(CAST(edition AS TEXT), '')) <> ''
                THEN TRIM(COALESCE(CAST(edition AS TEXT), ''))
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
                        newest.year DESC,
                        newest.slug NULLS FIRST
                    LIMIT 1
                )
            END
    ) AS found
), scheduled AS (
    SELECT
        slots.paper_id,
        slots.local_day,
        slots.local_start,
        ROW_NUMBER() OVER (PARTITION BY slots.paper_id ORDER BY slots.starts_at, sessions.key NULLS FIRST, slots.position NULLS FIRST) AS number
    FROM selected
    JOIN sessions
        ON sessions.edition_id = selected.id
    JOIN slots
        ON slots.session_id = sessions.id
    WHERE
        slots.paper_id IS NOT NULL
), edition_papers AS (
    SELECT
        found.paper_id
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
    CROSS JOIN given
    WHERE
        (
            given.words = ''
            OR found.paper_id IN (
                SELECT
                    id
                FROM (
                    SELECT
                        papers.id
                    FROM papers
                    WHERE
                        SEARCH_MATCHES(papers.title, papers.abstract, CAST(q AS TEXT))
                ) AS matching
            )
        )
        AND (
            given.kind = ''
            OR EXISTS(
                SELECT
                    1
                FROM paper_editions
                WHERE
                    paper_editions.paper_id = found.paper_id
                    AND paper_editions.edition_id = found.edition_id
                    AND paper_editions.kind = TRANSLATE(given.kind, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
            )
        )
), coded AS (
    SELECT
        edition_papers.paper_id,
        (
            SELECT
                MIN(repositories.url)
            FROM repo_links
            JOIN repositories
                ON repositories.id = repo_links.repository_id
            WHERE
                repo_links.paper_id = edition_papers.paper_id AND repo_links.role = 'own'
        ) AS code_url
    FROM edition_papers
)
SELECT
    selected.slug AS edition,
    selected.name AS edition_name,
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
            GROUP_CONCAT(presented.kind, ', ' ORDER BY presented.kind NULLS FIRST)
        FROM (
            SELECT
                paper_editions.kind
            FROM paper_editions
            WHERE
                paper_editions.paper_id = papers.id
                AND paper_editions.edition_id = selected.id
                AND paper_editions.kind <> 'other'
            ORDER BY
                1 NULLS FIRST
        ) AS presented
    ) AS kinds,
    earliest.local_day,
    earliest.local_start,
    coded.code_url,
    (
        SELECT
            MAX(listing_entries.upvotes)
        FROM listing_entries
        WHERE
            listing_entries.paper_id = papers.id
    ) AS upvotes,
    papers.key AS paper_key
FROM coded
CROSS JOIN selected
CROSS JOIN given
JOIN papers
    ON papers.id = coded.paper_id
LEFT JOIN scheduled AS earliest
    ON earliest.paper_id = papers.id AND earliest.number = 1
WHERE
    given.with_code = ''
    OR (
        given.with_code = '0' AND coded.code_url IS NULL
    )
    OR (
        given.with_code <> '0' AND coded.code_url IS NOT NULL
    )
ORDER BY
    papers.title NULLS FIRST,
    papers.key NULLS FIRST
