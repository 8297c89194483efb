WITH given AS (
    SELECT
        TRIM(COALESCE(:document, '')) AS document
), selected AS (
    SELECT
        documents.id
    FROM given
    CROSS JOIN documents
    WHERE
        given.document <> ''
        AND (
            documents.uri = given.document OR SUBSTR(documents.sha256, 1, LENGTH(given.document)) = given.document
        )
    UNION
    SELECT
        documents.id
    FROM given
    CROSS JOIN documents
    WHERE
        given.document = '' AND documents.id = (
            SELECT
                MAX(latest.id)
            FROM documents AS latest
        )
), facts(fact_order, document_id, line_start, line_end, path, fact, value, note, key) AS (
    SELECT
        1,
        session_sources.document_id,
        session_sources.line_start,
        session_sources.line_end,
        session_sources.path,
        'session',
        session_sources.title,
        session_sources.moderators,
        sessions.key
    FROM selected
    JOIN session_sources
        ON session_sources.document_id = selected.id
    JOIN sessions
        ON sessions.id = session_sources.session_id
    UNION ALL
    SELECT
        2,
        listing_sources.document_id,
        listing_sources.line_start,
        listing_sources.line_end,
        listing_sources.path,
        'listing',
        listings.title,
        listings.source,
        listings.key
    FROM selected
    JOIN listing_sources
        ON listing_sources.document_id = selected.id
    JOIN listings
        ON listings.id = listing_sources.listing_id
    UNION ALL
    SELECT
        3,
        slot_sources.document_id,
        slot_sources.line_start,
        slot_sources.line_end,
        slot_sources.path,
        'slot',
        slot_sources.title,
        COALESCE(slot_sources.raw_time || ', ', '') || slot_sources.kind,
        sessions.key
    FROM selected
    JOIN slot_sources
        ON slot_sources.document_id = selected.id
    JOIN slots
        ON slots.id = slot_sources.slot_id
    JOIN sessions
        ON sessions.id = slots.session_id
    UNION ALL
    SELECT
        4,
        paper_sources.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path,
        'paper',
        paper_sources.title,
        paper_sources.byline,
        papers.key
    FROM selected
    JOIN paper_sources
        ON paper_sources.document_id = selected.id
    JOIN papers
        ON papers.id = paper_sources.paper_id
    UNION ALL
    SELECT
        5,
        repo_links.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path,
        'repository',
        repo_links.raw_url,
        repo_links.role,
        repositories.key
    FROM selected
    JOIN repo_links
        ON repo_links.document_id = selected.id
    JOIN paper_sources
        ON paper_sources.id = repo_links.paper_source_id
    JOIN repositories
        ON repositories.id = repo_links.repository_id
    UNION ALL
    SELECT
        6,
        paper_links.document_id,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path,
        'link',
        paper_links.raw_url,
        paper_links.kind,
        papers.key
    FROM selected
    JOIN paper_links
        ON paper_links.document_id = selected.id
    JOIN paper_sources
        ON paper_sources.id = paper_links.paper_source_id
    JOIN papers
        ON papers.id = paper_links.paper_id
    UNION ALL
    SELECT
        7,
        document_problems.document_id,
        document_problems.line,
        document_problems.line,
        document_problems.path,
        'problem',
        document_problems.text,
        document_problems.problem,
        NULL
    FROM selected
    JOIN document_problems
        ON document_problems.document_id = selected.id
)
SELECT
    facts.line_start,
    facts.line_end,
    facts.path,
    facts.fact,
    facts.value,
    facts.note,
    facts.key,
    documents.uri AS document,
    documents.sha256
FROM facts
JOIN documents
    ON documents.id = facts.document_id
ORDER BY
    documents.uri,
    documents.sha256,
    facts.line_start NULLS LAST,
    facts.path,
    facts.fact_order,
    facts.line_end,
    facts.value,
    facts.note,
    facts.key
