-- title: Correction checks
-- group: Documents and data quality
-- description: One row per correction by a curator and rule that it breaks: it applies to nothing, because the paper,
--   session, listing or author is not there or no longer there; or a newer correction says otherwise. No rows when all
--   is well.
-- param rule: Rule, worded as in the column `rule` (default: all).
-- column rule: The rule it breaks.
-- column subject_type: What it is about: a `paper`, `session`, `slot`, `entry` of a listing or `author`.
-- column subject: Which one, as stated.
-- column field: The field it corrects.
-- column value: What it says, as JSON.
-- column newer: What the newer correction says, as JSON.
-- column reason: Why, as the curator states it.
-- column document: URI of the document of corrections.
-- column line_start: First line of it there.
-- column path: Its place there.
-- column target_key: Key of what it applies to; empty for nothing.
WITH given AS (
    SELECT trim(coalesce(:rule, '')) AS rule
),

taken AS (
    SELECT captures.document_id, max(captures.captured_at) AS captured_at
    FROM captures
    WHERE captures.is_current
    GROUP BY captures.document_id
),

-- Corrections in force, each with the one that wins for its subject and field. Those that add or deny one thing of
-- several do not contradict each other as a whole.
ranked AS (
    SELECT
        corrections.id,
        corrections.field,
        corrections.value,
        first_value(corrections.value) OVER (
            PARTITION BY
                corrections.subject_type,
                coalesce(corrections.target_key, ''),
                CASE
                    WHEN corrections.subject_type IN ('slot', 'entry') OR corrections.target_key IS NULL
                        THEN corrections.subject
                    ELSE ''
                END,
                corrections.field
            ORDER BY
                taken.captured_at DESC, documents.sha256 COLLATE BINARY DESC, corrections.line_start DESC,
                corrections.id DESC
        ) AS newer
    FROM corrections
    JOIN documents ON documents.id = corrections.document_id
    JOIN taken ON taken.document_id = documents.id
),

found (rule, correction_id, newer) AS (
    SELECT 'it applies to something', corrections.id, NULL
    FROM corrections
    WHERE corrections.target_key IS NULL
    UNION ALL
    SELECT 'no newer correction says otherwise', ranked.id, ranked.newer
    FROM ranked
    WHERE ranked.value <> ranked.newer
        AND ranked.field NOT IN (
            'add_identifiers', 'deny_identifiers', 'add_repositories', 'deny_repositories', 'repository_roles',
            'same_paper', 'different_papers', 'same_author', 'different_authors'
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
JOIN corrections ON corrections.id = found.correction_id
JOIN documents ON documents.id = corrections.document_id
WHERE given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule COLLATE BINARY,
    documents.uri COLLATE BINARY,
    documents.sha256 COLLATE BINARY,
    corrections.line_start,
    corrections.path COLLATE BINARY
