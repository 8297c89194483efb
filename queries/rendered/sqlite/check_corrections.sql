WITH given AS (
    SELECT
        TRIM(COALESCE(:rule, '')) AS rule
), taken AS (
    SELECT
        captures.document_id,
        MAX(captures.captured_at) AS captured_at
    FROM captures
    WHERE
        captures.is_current
    GROUP BY
        captures.document_id
), ranked AS (
    SELECT
        corrections.id,
        corrections.field,
        corrections.value,
        FIRST_VALUE(corrections.value) OVER (
            PARTITION BY corrections.subject_type, COALESCE(corrections.target_key, ''), CASE
                WHEN corrections.subject_type IN ('slot', 'entry') OR corrections.target_key IS NULL
                THEN corrections.subject
                ELSE ''
            END, corrections.field
            ORDER BY taken.captured_at DESC, documents.sha256 DESC, corrections.line_start DESC, corrections.id DESC
        ) AS newer
    FROM corrections
    JOIN documents
        ON documents.id = corrections.document_id
    JOIN taken
        ON taken.document_id = documents.id
), found(rule, correction_id, newer) AS (
    SELECT
        'it applies to something',
        corrections.id,
        NULL
    FROM corrections
    WHERE
        corrections.target_key IS NULL
    UNION ALL
    SELECT
        'no newer correction says otherwise',
        ranked.id,
        ranked.newer
    FROM ranked
    WHERE
        ranked.value <> ranked.newer
        AND NOT ranked.field IN (
            'add_identifiers',
            'deny_identifiers',
            'add_repositories',
            'deny_repositories',
            'repository_roles',
            'same_paper',
            'different_papers',
            'same_author',
            'different_authors'
        )
)
SELECT
    found.rule,
    corrections.subject_type,
    corrections.subject,
    corrections.field,
    corrections.value,
    found.newer,
    corrections.reason,
    documents.uri AS document,
    corrections.line_start,
    corrections.path,
    corrections.target_key
FROM found
CROSS JOIN given
JOIN corrections
    ON corrections.id = found.correction_id
JOIN documents
    ON documents.id = corrections.document_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule,
    documents.uri,
    documents.sha256,
    corrections.line_start,
    corrections.path
