WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(rule AS TEXT), '')) AS rule
), spans(document_id, line_start, line_end) AS (
    SELECT
        session_sources.document_id,
        session_sources.line_start,
        session_sources.line_end
    FROM session_sources
    UNION ALL
    SELECT
        slot_sources.document_id,
        slot_sources.line_start,
        slot_sources.line_end
    FROM slot_sources
    UNION ALL
    SELECT
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end
    FROM paper_sources
    UNION ALL
    SELECT
        listing_sources.document_id,
        listing_sources.line_start,
        listing_sources.line_end
    FROM listing_sources
), reversed AS (
    SELECT
        spans.document_id,
        MIN(spans.line_start) AS line_start,
        COUNT(*) AS number
    FROM spans
    WHERE
        spans.line_end < spans.line_start OR spans.line_start < 1
    GROUP BY
        spans.document_id
), parts AS (
    SELECT
        document_parts.document_id,
        COUNT(*) AS number,
        MAX(document_parts.position) AS last_position
    FROM document_parts
    GROUP BY
        document_parts.document_id
), rules(format, version) AS (
    SELECT
        *
    FROM (VALUES
        ('', 3),
        ('acl-anthology', 2),
        ('acl-miniconf', 1),
        ('arxiv-atom', 1),
        ('arxiv-list', 1),
        ('arxiv-snapshot', 1),
        ('bibtex', 1),
        ('corrections', 1),
        ('csl', 2),
        ('cvf', 1),
        ('daily-papers', 2),
        ('daily-papers-api', 2),
        ('dblp', 1),
        ('deadlines', 1),
        ('hugging-face-paper', 1),
        ('icalendar', 1),
        ('miniconf-calendar', 3),
        ('miniconf-papers', 3),
        ('openalex', 1),
        ('openreview-group', 1),
        ('openreview-groups', 1),
        ('openreview-notes', 2),
        ('paper-list', 2),
        ('paper-table', 4),
        ('papercopilot', 2),
        ('pmlr', 1),
        ('pwc-links', 2),
        ('pwc-papers', 1),
        ('ris', 2),
        ('semantic-scholar', 1),
        ('virtual-calendar', 1),
        ('virtual-day', 1),
        ('virtual-event', 1),
        ('virtual-export', 2),
        ('virtual-list', 1),
        ('virtual-session', 1)) AS _values
), found(document_id, rule, detail) AS (
    SELECT
        documents.id,
        'it claims no more lines than it has',
        documents.claimed_line_count || ' of ' || documents.line_count
    FROM documents
    WHERE
        documents.claimed_line_count > documents.line_count
    UNION ALL
    SELECT
        reversed.document_id,
        'each fact ends on or after its first line',
        reversed.number || ', the first in line ' || reversed.line_start
    FROM reversed
    UNION ALL
    SELECT
        parts.document_id,
        'its parts have no gaps',
        parts.number || ' parts, the last has place ' || parts.last_position
    FROM parts
    WHERE
        parts.last_position <> parts.number + 1
    UNION ALL
    SELECT
        documents.id,
        'it is read by the rules of this release',
        'version ' || documents.rules_version || ' of the shared rules, ' || documents.format_version || ' of its format; `loader reread` reads it again'
    FROM documents
    JOIN rules AS shared
        ON shared.format = ''
    LEFT JOIN rules AS own
        ON own.format = documents.format
    WHERE
        documents.rules_version < shared.version OR documents.format_version < own.version
)
SELECT
    found.rule,
    documents.uri AS document,
    found.detail,
    documents.sha256
FROM found
CROSS JOIN given
JOIN documents
    ON documents.id = found.document_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule NULLS FIRST,
    documents.uri NULLS FIRST,
    documents.sha256 NULLS FIRST
