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
    (
        SELECT min(shown.year) FROM (editions_of(papers.id)) AS shown
    ) AS year,
    identifiers_of(papers.id) AS identifiers,
    code_of(papers.id) AS code
FROM papers
WHERE papers.key COLLATE BINARY >= :key
    AND papers.key COLLATE BINARY <= CASE WHEN :key = '' THEN 'g' ELSE :key END
    AND (
        :edition = ''
        OR papers.id IN (
            SELECT slots.paper_id
            FROM editions
            JOIN sessions ON sessions.edition_id = editions.id
            JOIN slots ON slots.session_id = sessions.id
            WHERE editions.slug = :edition
            UNION
            SELECT paper_sources.paper_id
            FROM editions
            JOIN paper_sources ON paper_sources.edition_id = editions.id
            WHERE editions.slug = :edition
        )
    )
ORDER BY papers.key COLLATE BINARY
