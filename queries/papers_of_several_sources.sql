-- title: Papers in several documents
-- group: Documents and data quality
-- description: One row per paper that more than one document mentions, with the places where it was found.
-- param edition: Edition, such as `icml-2022` (default: all papers, also those of no edition).
-- param format: Format that one of the documents must have, such as `bibtex` (default: any).
-- column title: Title of the paper.
-- column documents: Number of documents that mention it.
-- column formats: Their formats.
-- column found_in: Their URIs.
-- column spellings: Number of distinct spellings of the title in them.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT trim(coalesce(:format, '')) AS format
),

counted AS (
    SELECT
        paper_sources.paper_id,
        count(DISTINCT paper_sources.document_id) AS documents,
        count(DISTINCT paper_sources.title) AS spellings
    FROM paper_sources
    WHERE at_edition(paper_sources.paper_id, :edition)
    GROUP BY paper_sources.paper_id
    HAVING count(DISTINCT paper_sources.document_id) > 1
),

found AS (
    SELECT DISTINCT counted.paper_id, documents.format, documents.uri
    FROM counted
    JOIN paper_sources ON paper_sources.paper_id = counted.paper_id
    JOIN documents ON documents.id = paper_sources.document_id
)

SELECT
    papers.title,
    counted.documents,
    (
        SELECT group_concat(different.format, ', ' ORDER BY different.format COLLATE BINARY)
        FROM (
            SELECT DISTINCT found.format FROM found WHERE found.paper_id = counted.paper_id ORDER BY found.format
        ) AS different
    ) AS formats,
    (
        SELECT group_concat(different.uri, ' · ' ORDER BY different.uri COLLATE BINARY)
        FROM (
            SELECT found.uri FROM found WHERE found.paper_id = counted.paper_id ORDER BY found.uri
        ) AS different
    ) AS found_in,
    counted.spellings,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    papers.key AS paper_key
FROM counted
CROSS JOIN given
JOIN papers ON papers.id = counted.paper_id
WHERE given.format = ''
    OR EXISTS (
        SELECT 1 FROM found WHERE found.paper_id = counted.paper_id AND found.format = given.format
    )
ORDER BY counted.documents DESC, papers.title COLLATE BINARY, papers.key COLLATE BINARY
