SELECT listings.key, listings.title
FROM items(:keys) AS wanted
JOIN listings ON listings.key = wanted.value
