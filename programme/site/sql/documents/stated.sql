-- Returns a row if the document states something at this line and path. Any other path, such as one made up by a
-- reader, is not looked up: that would parse the whole document.
SELECT 1 FROM paper_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM listing_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM session_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM slot_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM edition_sources WHERE document_id = :id AND line_start = :line AND path = :path
UNION SELECT 1 FROM document_problems WHERE document_id = :id AND line = :line AND path = :path
