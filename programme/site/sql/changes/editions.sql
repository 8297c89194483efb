SELECT editions.slug, editions.name, count(*) AS changes
FROM changes
JOIN editions ON editions.slug = changes.edition
WHERE coalesce(changes.field, '') <> 'key'
GROUP BY editions.slug, editions.name
ORDER BY editions.name
