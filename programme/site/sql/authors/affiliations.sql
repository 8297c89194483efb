SELECT affiliation, count(*) AS papers
FROM authorships
WHERE author_id = :id AND affiliation IS NOT NULL
GROUP BY affiliation
ORDER BY 2 DESC, 1
LIMIT 20
