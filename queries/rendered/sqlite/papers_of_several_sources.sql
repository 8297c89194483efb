WITH given AS (
    SELECT
        TRIM(COALESCE(:format, '')) AS format
), counted AS (
    SELECT
        paper_sources.paper_id,
        COUNT(DISTINCT paper_sources.document_id) AS documents,
        COUNT(DISTINCT paper_sources.title) AS spellings
    FROM paper_sources
    WHERE
        (
            TRIM(COALESCE(:edition, '')) = ''
            OR paper_sources.paper_id IN (
                SELECT
                    paper_editions.paper_id
                FROM editions
                JOIN paper_editions
                    ON paper_editions.edition_id = editions.id
                WHERE
                    editions.slug = TRIM(COALESCE(:edition, ''))
            )
        )
    GROUP BY
        paper_sources.paper_id
    HAVING
        COUNT(DISTINCT paper_sources.document_id) > 1
), found AS (
    SELECT DISTINCT
        counted.paper_id,
        documents.format,
        documents.uri
    FROM counted
    JOIN paper_sources
        ON paper_sources.paper_id = counted.paper_id
    JOIN documents
        ON documents.id = paper_sources.document_id
)
SELECT
    papers.title,
    counted.documents,
    (
        SELECT
            GROUP_CONCAT(different.format, ', ')
        FROM (
            SELECT DISTINCT
                found.format
            FROM found
            WHERE
                found.paper_id = counted.paper_id
            ORDER BY
                found.format
        ) AS different
    ) AS formats,
    (
        SELECT
            GROUP_CONCAT(different.uri, ' · ')
        FROM (
            SELECT
                found.uri
            FROM found
            WHERE
                found.paper_id = counted.paper_id
            ORDER BY
                found.uri
        ) AS different
    ) AS found_in,
    counted.spellings,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ')
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
    ) AS edition_names,
    papers.key AS paper_key
FROM counted
CROSS JOIN given
JOIN papers
    ON papers.id = counted.paper_id
WHERE
    given.format = ''
    OR EXISTS(
        SELECT
            1
        FROM found
        WHERE
            found.paper_id = counted.paper_id AND found.format = given.format
    )
ORDER BY
    counted.documents DESC,
    papers.title,
    papers.key
