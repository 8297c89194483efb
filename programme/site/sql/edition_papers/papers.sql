-- Titles are sorted without the quotes, spaces and TeX that they begin with.
WITH page AS (
    SELECT found.id, found.key, found.title, found.plain_title, count(*) OVER () AS total
    FROM wanted_papers() AS found
    ORDER BY found.plain_title COLLATE NOCASE, found.key
    LIMIT :size OFFSET :skipped
)

SELECT
    page.id, page.key, page.title, page.total,
    code_of(page.id) AS code_url,
    kinds_of(page.id, :edition_id) AS kind
FROM page
ORDER BY page.plain_title COLLATE NOCASE, page.key
