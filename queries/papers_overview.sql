-- title: Papers at a glance
-- group: Papers
-- description: One row per paper: what this database knows of it, and how to reach it.
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column kinds: Kinds of presentation at any of them, as slots and lists state them; empty where none does.
-- column best_kind: The one of these that says most: `keynote`, `oral`, `spotlight`, `poster`, then any other.
-- column first_year: Year of its first edition.
-- column has_code: 1 when the paper states a repository of its own, else 0.
-- column repositories: URLs of its own repositories, separated by spaces.
-- column project_page: URL of its project page; the alphabetically first if there are several.
-- column arxiv: Its arXiv identifier, such as `2103.00020`; the first if there are several, as for the others.
-- column doi: Its DOI.
-- column openreview: Its OpenReview identifier.
-- column acl: Its ACL Anthology identifier.
-- column pdf_url: URL of a PDF, where one follows from an identifier.
-- column upvotes: Highest number of upvotes in a listing.
-- column documents: Number of documents that mention it.
-- column has_abstract: 1 when an abstract is known, else 0.
-- column has_conflict: 1 when `source_conflicts` tells of something that its documents disagree on, else 0.
-- column paper_key: Key of the paper.
-- order: title COLLATE BINARY, paper_key COLLATE BINARY
-- facets: best_kind, first_year, has_code, has_conflict
SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    (
        SELECT group_concat(presented.kind, ', ' ORDER BY presented.kind COLLATE BINARY)
        FROM (
            SELECT DISTINCT paper_editions.kind
            FROM paper_editions
            WHERE paper_editions.paper_id = papers.id AND paper_editions.kind <> 'other'
            ORDER BY 1
        ) AS presented
    ) AS kinds,
    best_kind_of(papers.id) AS best_kind,
    first_year_of(papers.id) AS first_year,
    CAST(CASE WHEN has_code(papers.id) THEN 1 ELSE 0 END AS integer) AS has_code,
    repositories_of(papers.id) AS repositories,
    project_page_of(papers.id) AS project_page,
    identifier_of(papers.id, 'arxiv') AS arxiv,
    identifier_of(papers.id, 'doi') AS doi,
    identifier_of(papers.id, 'openreview') AS openreview,
    identifier_of(papers.id, 'acl') AS acl,
    coalesce(
        'https://aclanthology.org/' || identifier_of(papers.id, 'acl') || '.pdf',
        'https://arxiv.org/pdf/' || identifier_of(papers.id, 'arxiv'),
        'https://openreview.net/pdf?id=' || identifier_of(papers.id, 'openreview')
    ) AS pdf_url,
    (
        SELECT max(listing_entries.upvotes) FROM listing_entries WHERE listing_entries.paper_id = papers.id
    ) AS upvotes,
    CAST((
        SELECT count(DISTINCT paper_sources.document_id) FROM paper_sources WHERE paper_sources.paper_id = papers.id
    ) AS integer) AS documents,
    CAST(CASE WHEN papers.abstract IS NULL THEN 0 ELSE 1 END AS integer) AS has_abstract,
    CAST(
        CASE WHEN papers.key IN (SELECT source_conflicts.paper_key FROM source_conflicts) THEN 1 ELSE 0 END AS integer
    ) AS has_conflict,
    papers.key AS paper_key
FROM papers
