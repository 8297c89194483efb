SELECT found.key
FROM (
    SELECT 1 AS place, papers.key FROM moved_keys() AS moved JOIN papers ON papers.key = moved.key
    UNION ALL
    SELECT 2, papers.key FROM papers WHERE papers.id = paper_titled(:key)
) AS found
ORDER BY found.place, found.key
LIMIT 1
