SELECT authors.key
FROM moved_keys() AS moved
JOIN authors ON authors.key = moved.key
LIMIT 1
