-- title: Papers by identifier
-- group: Papers
-- description: One row per identifier of a paper: which paper is arXiv 2103.00020? At most 1000 rows.
-- param identifier: Identifier with or without its scheme, such as `2103.00020` or `arxiv:2103.00020` (default: any).
-- param scheme: Scheme, `arxiv`, `openreview`, `doi`, `acl`, … (default: any).
-- example scheme: arxiv
-- column scheme: Scheme of the identifier.
-- column value: The identifier, without a prefix.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
WITH given AS (
    SELECT lower(trim(coalesce(:identifier, ''))) AS identifier, lower(trim(coalesce(:scheme, ''))) AS scheme
),

chosen AS (
    SELECT paper_identifiers.paper_id, paper_identifiers.scheme, paper_identifiers.value
    FROM paper_identifiers
    -- CROSS JOIN and subqueries keep SQLite to this order: identifiers are compared before a paper is looked up.
    CROSS JOIN papers
    WHERE papers.id = paper_identifiers.paper_id
        AND (SELECT given.scheme FROM given) IN ('', lower(paper_identifiers.scheme))
        AND (SELECT given.identifier FROM given) IN (
            '', lower(paper_identifiers.value), lower(paper_identifiers.scheme || ':' || paper_identifiers.value)
        )
    ORDER BY paper_identifiers.scheme COLLATE BINARY, paper_identifiers.value COLLATE BINARY, papers.key COLLATE BINARY
    LIMIT 1000
)

SELECT
    chosen.scheme,
    chosen.value,
    papers.title,
    byline_of(papers.id) AS authors,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key
FROM chosen
JOIN papers ON papers.id = chosen.paper_id
ORDER BY chosen.scheme COLLATE BINARY, chosen.value COLLATE BINARY, papers.key COLLATE BINARY
