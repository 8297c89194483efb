SELECT found.key
FROM wanted_papers() AS found
ORDER BY found.plain_title COLLATE NOCASE, found.key
