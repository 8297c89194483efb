SELECT
    format,
    COUNT(*) AS documents
FROM documents
WHERE
    :history <> '' OR documents.is_current
GROUP BY
    format
ORDER BY
    format
