SELECT
    1
FROM paper_sources
WHERE
    document_id = :id AND line_start = :line AND path = :path
UNION
SELECT
    1
FROM listing_sources
WHERE
    document_id = :id AND line_start = :line AND path = :path
UNION
SELECT
    1
FROM session_sources
WHERE
    document_id = :id AND line_start = :line AND path = :path
UNION
SELECT
    1
FROM slot_sources
WHERE
    document_id = :id AND line_start = :line AND path = :path
UNION
SELECT
    1
FROM edition_sources
WHERE
    document_id = :id AND line_start = :line AND path = :path
UNION
SELECT
    1
FROM document_problems
WHERE
    document_id = :id AND line = :line AND path = :path
