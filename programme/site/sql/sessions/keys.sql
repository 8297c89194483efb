SELECT papers.key
FROM slots
JOIN papers ON papers.id = slots.paper_id
WHERE slots.session_id = :id
GROUP BY papers.key
ORDER BY min(slots.position)
