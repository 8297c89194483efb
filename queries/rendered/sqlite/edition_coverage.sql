WITH given AS (
    SELECT
        TRIM(COALESCE(:edition, '')) AS edition
), chosen AS (
    SELECT
        editions.id
    FROM editions
    CROSS JOIN given
    WHERE
        given.edition = '' OR given.edition = editions.slug
), mentioned AS (
    SELECT
        sessions.edition_id,
        slots.paper_id,
        slot_sources.document_id,
        slots.starts_at IS NOT NULL AS has_time
    FROM chosen
    CROSS JOIN sessions
    CROSS JOIN slots
    CROSS JOIN slot_sources
    WHERE
        sessions.edition_id = chosen.id
        AND slots.session_id = sessions.id
        AND slots.paper_id IS NOT NULL
        AND slot_sources.slot_id = slots.id
    UNION ALL
    SELECT
        paper_sources.edition_id,
        paper_sources.paper_id,
        paper_sources.document_id,
        FALSE
    FROM chosen
    CROSS JOIN paper_sources
    WHERE
        paper_sources.edition_id = chosen.id
), counted AS (
    SELECT
        stating.edition_id,
        documents.format,
        COUNT(*) AS documents
    FROM (
        SELECT DISTINCT
            mentioned.edition_id,
            mentioned.document_id
        FROM mentioned
    ) AS stating
    JOIN documents
        ON documents.id = stating.document_id
    GROUP BY
        stating.edition_id,
        documents.format
), of_papers AS (
    SELECT
        of_formats.edition_id,
        of_formats.paper_id,
        GROUP_CONCAT(of_formats.format, ' ') AS formats,
        MAX(of_formats.has_time) AS has_time
    FROM (
        SELECT
            mentioned.edition_id,
            mentioned.paper_id,
            documents.format,
            MAX(CASE WHEN mentioned.has_time THEN 1 ELSE 0 END) AS has_time
        FROM mentioned
        JOIN documents
            ON documents.id = mentioned.document_id
        GROUP BY
            mentioned.edition_id,
            mentioned.paper_id,
            documents.format
        ORDER BY
            1,
            2,
            3
    ) AS of_formats
    GROUP BY
        of_formats.edition_id,
        of_formats.paper_id
), combinations AS (
    SELECT
        of_papers.edition_id,
        of_papers.formats,
        COUNT(*) AS papers,
        SUM(of_papers.has_time) AS with_time,
        COUNT(CASE WHEN papers.abstract IS NOT NULL THEN 1 END) AS with_abstract,
        COUNT(
            CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = papers.id AND repo_links.role = 'own'
                )
                THEN 1
            END
        ) AS with_code
    FROM of_papers
    JOIN papers
        ON papers.id = of_papers.paper_id
    GROUP BY
        of_papers.edition_id,
        of_papers.formats
), totals AS (
    SELECT
        combinations.edition_id,
        SUM(combinations.papers) AS all_papers
    FROM combinations
    GROUP BY
        combinations.edition_id
)
SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    counted.format AS source,
    CAST(counted.documents AS INTEGER) AS documents,
    CAST(SUM(combinations.papers) AS INTEGER) AS papers,
    CAST(SUM(CASE WHEN combinations.formats = counted.format THEN combinations.papers ELSE 0 END) AS INTEGER) AS only_there,
    CAST(totals.all_papers - SUM(combinations.papers) AS INTEGER) AS missing_there,
    CAST(SUM(combinations.with_time) AS INTEGER) AS with_time,
    CAST(SUM(combinations.with_abstract) AS INTEGER) AS with_abstract,
    CAST(SUM(combinations.with_code) AS INTEGER) AS with_code,
    CAST(totals.all_papers AS INTEGER) AS all_papers,
    editions.accepted_papers AS accepted,
    CAST(editions.accepted_papers - totals.all_papers AS INTEGER) AS unexplained,
    editions.accepted_source
FROM counted
JOIN editions
    ON editions.id = counted.edition_id
JOIN combinations
    ON combinations.edition_id = counted.edition_id
    AND INSTR(' ' || combinations.formats || ' ', ' ' || counted.format || ' ') > 0
JOIN totals
    ON totals.edition_id = counted.edition_id
GROUP BY
    editions.slug,
    editions.name,
    counted.format,
    counted.documents,
    totals.all_papers,
    editions.accepted_papers,
    editions.accepted_source
ORDER BY
    editions.slug,
    counted.format
