-- title: Document checks
-- group: Documents and data quality
-- description: One row per document and rule that it breaks; no rows when all is well.
-- param rule: Rule, worded as in the column `rule` (default: all).
-- column rule: The rule it breaks.
-- column document: URI of the document.
-- column detail: What was found instead.
-- column sha256: SHA-256 of the document.
WITH given AS (
    SELECT trim(coalesce(:rule, '')) AS rule
),

spans (document_id, line_start, line_end) AS (
    SELECT session_sources.document_id, session_sources.line_start, session_sources.line_end FROM session_sources
    UNION ALL
    SELECT slot_sources.document_id, slot_sources.line_start, slot_sources.line_end FROM slot_sources
    UNION ALL
    SELECT paper_sources.document_id, paper_sources.line_start, paper_sources.line_end FROM paper_sources
    UNION ALL
    SELECT listing_sources.document_id, listing_sources.line_start, listing_sources.line_end FROM listing_sources
),

reversed AS (
    SELECT spans.document_id, min(spans.line_start) AS line_start, count(*) AS number
    FROM spans
    WHERE spans.line_end < spans.line_start OR spans.line_start < 1
    GROUP BY spans.document_id
),

parts AS (
    SELECT document_parts.document_id, count(*) AS number, max(document_parts.position) AS last_position
    FROM document_parts
    GROUP BY document_parts.document_id
),

found (document_id, rule, detail) AS (
    SELECT
        documents.id, 'it claims no more lines than it has',
        documents.claimed_line_count || ' of ' || documents.line_count
    FROM documents
    WHERE documents.claimed_line_count > documents.line_count
    UNION ALL
    SELECT
        reversed.document_id, 'each fact ends on or after its first line',
        reversed.number || ', the first in line ' || reversed.line_start
    FROM reversed
    UNION ALL
    SELECT
        parts.document_id, 'its parts have no gaps',
        parts.number || ' parts, the last has place ' || parts.last_position
    FROM parts
    WHERE parts.last_position <> parts.number + 1
)

SELECT found.rule, documents.uri AS document, found.detail, documents.sha256
FROM found
CROSS JOIN given
JOIN documents ON documents.id = found.document_id
WHERE given.rule = '' OR given.rule = found.rule
ORDER BY found.rule COLLATE BINARY, documents.uri COLLATE BINARY, documents.sha256 COLLATE BINARY
