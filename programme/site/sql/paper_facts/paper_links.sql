SELECT kind, url, raw_url, field, char_start, char_end, paper_source_id
FROM paper_links
WHERE paper_id = :id
ORDER BY kind, url, paper_source_id, char_start
