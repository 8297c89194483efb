SELECT
    editions.slug,
    editions.name,
    COUNT(*) AS changes
FROM changes
JOIN editions
    ON editions.slug = changes.edition
WHERE
    COALESCE(changes.field, '') <> 'key'
GROUP BY
    editions.slug,
    editions.name
ORDER BY
    editions.name
