WITH selected AS (
    SELECT
        papers.id,
        papers.key,
        papers.title,
        papers.abstract
    FROM papers
    WHERE
        papers.key = COALESCE(
            NULLIF(TRIM(COALESCE(CAST(%(key)s AS TEXT), '')), ''),
            (
                SELECT
                    MIN(earliest.key COLLATE "C")
                FROM papers AS earliest
            )
        )
), facts(fact_order, fact, number, value, note, url, document_id, line_start, line_end, path) AS (
    SELECT
        1,
        'title',
        0,
        selected.title,
        CAST(NULL AS TEXT),
        CAST(NULL AS TEXT),
        CAST(NULL AS INT),
        CAST(NULL AS INT),
        CAST(NULL AS INT),
        CAST(NULL AS TEXT)
    FROM selected
    UNION ALL
    SELECT
        2,
        'author',
        authorships.position,
        authors.name,
        authorships.raw_name,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL
    FROM selected
    JOIN authorships
        ON authorships.paper_id = selected.id
    JOIN authors
        ON authors.id = authorships.author_id
    UNION ALL
    SELECT
        3,
        'abstract',
        0,
        selected.abstract,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL
    FROM selected
    WHERE
        selected.abstract IS NOT NULL
    UNION ALL
    SELECT
        4,
        'identifier',
        0,
        paper_identifiers.value,
        paper_identifiers.scheme,
        NULL,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_identifiers
        ON paper_identifiers.paper_id = selected.id
    LEFT JOIN paper_sources
        ON paper_sources.paper_id = selected.id
        AND POSITION(
            ' ' || paper_identifiers.scheme || ':' || paper_identifiers.value || ' ' IN ' ' || paper_sources.identifiers || ' '
        ) > 0
    UNION ALL
    SELECT
        5,
        'edition',
        editions.year,
        editions.name,
        paper_sources.edition_basis,
        NULL,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_sources
        ON paper_sources.paper_id = selected.id
    JOIN editions
        ON editions.id = paper_sources.edition_id
    UNION ALL
    SELECT
        6,
        'repository',
        repo_links.char_start,
        repositories.host || '/' || repositories.path,
        repo_links.role,
        repositories.url,
        repo_links.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN repo_links
        ON repo_links.paper_id = selected.id
    JOIN repositories
        ON repositories.id = repo_links.repository_id
    JOIN paper_sources
        ON paper_sources.id = repo_links.paper_source_id
    UNION ALL
    SELECT
        7,
        'link',
        paper_links.char_start,
        paper_links.raw_url,
        paper_links.kind,
        paper_links.url,
        paper_links.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_links
        ON paper_links.paper_id = selected.id
    JOIN paper_sources
        ON paper_sources.id = paper_links.paper_source_id
    UNION ALL
    SELECT
        8,
        'slot',
        slots.position,
        COALESCE(editions.name || ', ', '') || COALESCE(slots.local_day || ' ', '') || COALESCE(slots.local_start, '') || COALESCE('–' || slots.local_end, '') || COALESCE(', ' || COALESCE(slots.room, sessions.room), '') || ', ' || sessions.title,
        slots.kind,
        NULL,
        slot_sources.document_id,
        slot_sources.line_start,
        slot_sources.line_end,
        slot_sources.path
    FROM selected
    JOIN slots
        ON slots.paper_id = selected.id
    JOIN slot_sources
        ON slot_sources.slot_id = slots.id
    JOIN sessions
        ON sessions.id = slots.session_id
    LEFT JOIN editions
        ON editions.id = sessions.edition_id
    UNION ALL
    SELECT
        9,
        'listing',
        paper_sources.listing_position,
        listings.title,
        listings.source,
        NULL,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_sources
        ON paper_sources.paper_id = selected.id
    JOIN listings
        ON listings.id = paper_sources.listing_id
    UNION ALL
    SELECT
        10,
        'printed title',
        0,
        paper_sources.title,
        NULL,
        NULL,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_sources
        ON paper_sources.paper_id = selected.id
    UNION ALL
    SELECT
        11,
        'printed byline',
        0,
        paper_sources.byline,
        NULL,
        NULL,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_sources
        ON paper_sources.paper_id = selected.id
    WHERE
        paper_sources.byline IS NOT NULL
    UNION ALL
    SELECT
        12,
        'stated abstract',
        0,
        COALESCE(paper_sources.abstract, selected.abstract),
        CASE WHEN paper_sources.abstract IS NULL THEN 'as shown' ELSE 'as printed' END,
        NULL,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path
    FROM selected
    JOIN paper_sources
        ON paper_sources.paper_id = selected.id
    WHERE
        paper_sources.has_abstract
)
SELECT
    facts.fact,
    facts.value,
    facts.note,
    facts.url,
    documents.uri AS document,
    facts.line_start,
    facts.line_end,
    facts.path,
    selected.key AS paper_key
FROM facts
CROSS JOIN selected
LEFT JOIN documents
    ON documents.id = facts.document_id
ORDER BY
    facts.fact_order NULLS FIRST,
    documents.uri COLLATE "C" NULLS FIRST,
    documents.sha256 COLLATE "C" NULLS FIRST,
    facts.line_start NULLS FIRST,
    facts.path COLLATE "C" NULLS FIRST,
    facts.number NULLS FIRST,
    facts.value COLLATE "C" NULLS FIRST,
    facts.note COLLATE "C" NULLS FIRST,
    facts.url COLLATE "C" NULLS FIRST
