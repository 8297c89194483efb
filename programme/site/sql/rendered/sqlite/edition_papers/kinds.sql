SELECT
    paper_editions.kind,
    COUNT(*) AS found
FROM paper_editions
WHERE
    paper_editions.edition_id = :edition_id AND paper_editions.kind <> 'other'
GROUP BY
    paper_editions.kind
ORDER BY
    found DESC,
    paper_editions.kind
