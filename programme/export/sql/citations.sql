-- One row per paper, as `programme.export.bibtex` cites it.
-- :edition limits to the papers of an edition, :key to one paper; empty means all. Keys are
-- hexadecimal, so all of them lie between '' and 'g': a range, unlike `:key = '' OR …`, lets the index be used.
SELECT
    papers.key,
    papers.title,
    byline_of(papers.id) AS authors,
    (
        SELECT shown.name FROM (editions_of(papers.id)) AS shown ORDER BY shown.year, shown.slug COLLATE BINARY LIMIT 1
    ) AS edition,
    first_year_of(papers.id) AS year,
    identifiers_of(papers.id) AS identifiers,
    code_of(papers.id) AS code
FROM papers
WHERE papers.key COLLATE BINARY >= :key
    AND papers.key COLLATE BINARY <= CASE WHEN :key = '' THEN 'g' ELSE :key END
    AND (
        :edition = ''
        OR papers.id IN (
            SELECT paper_editions.paper_id
            FROM editions
            JOIN paper_editions ON paper_editions.edition_id = editions.id
            WHERE editions.slug = :edition
        )
    )
ORDER BY papers.key COLLATE BINARY
