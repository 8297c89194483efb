WITH given AS (
    SELECT
        TRIM(COALESCE(:rule, '')) AS rule
), shared AS (
    SELECT
        paper_identifiers.scheme,
        paper_identifiers.value
    FROM paper_identifiers
    WHERE
        paper_identifiers.scheme <> 'site'
    GROUP BY
        paper_identifiers.scheme,
        paper_identifiers.value
    HAVING
        COUNT(*) > 1
), several AS (
    SELECT
        paper_identifiers.paper_id,
        paper_identifiers.scheme
    FROM paper_identifiers
    WHERE
        paper_identifiers.scheme = 'arxiv'
    GROUP BY
        paper_identifiers.paper_id,
        paper_identifiers.scheme
    HAVING
        COUNT(*) > 1
), found(rule, paper_id, scheme, value) AS (
    SELECT
        'it identifies one paper',
        paper_identifiers.paper_id,
        paper_identifiers.scheme,
        paper_identifiers.value
    FROM shared
    JOIN paper_identifiers
        ON paper_identifiers.scheme = shared.scheme AND paper_identifiers.value = shared.value
    UNION ALL
    SELECT
        'a paper has one arXiv identifier',
        paper_identifiers.paper_id,
        paper_identifiers.scheme,
        paper_identifiers.value
    FROM several
    JOIN paper_identifiers
        ON paper_identifiers.paper_id = several.paper_id AND paper_identifiers.scheme = several.scheme
    UNION ALL
    SELECT
        'a mention or a correction states it',
        paper_identifiers.paper_id,
        paper_identifiers.scheme,
        paper_identifiers.value
    FROM paper_identifiers
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.paper_id = paper_identifiers.paper_id
                AND INSTR(
                    ' ' || paper_sources.identifiers || ' ',
                    ' ' || paper_identifiers.scheme || ':' || paper_identifiers.value || ' '
                ) > 0
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM papers
            JOIN corrections
                ON corrections.subject_type = 'paper'
                AND corrections.field = 'add_identifiers'
                AND corrections.target_key = papers.key
            WHERE
                papers.id = paper_identifiers.paper_id
                AND INSTR(corrections.value, '"' || paper_identifiers.scheme || ':' || paper_identifiers.value || '"') > 0
        )
)
SELECT
    found.rule,
    found.scheme,
    found.value,
    papers.title,
    papers.key AS paper_key
FROM found
CROSS JOIN given
JOIN papers
    ON papers.id = found.paper_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule,
    found.scheme,
    found.value,
    papers.key
