-- One row per paper of :keys, a JSON list, as `programme.export.feeds` reads it. A paper is dated by the first day on which
-- it was listed or presented, or its edition began, else by the first document that states it: captured or ingested.
SELECT
    papers.key,
    papers.title,
    coalesce(
        (
            SELECT min(days.on_day COLLATE BINARY)
            FROM (
                SELECT day(listings.listed_on) AS on_day
                FROM listing_entries
                JOIN listings ON listings.id = listing_entries.listing_id
                WHERE listing_entries.paper_id = papers.id
                UNION ALL
                SELECT coalesce(slots.local_day, substr(instant(slots.starts_at), 1, 10))
                FROM slots
                WHERE slots.paper_id = papers.id
                UNION ALL
                SELECT day(editions.starts_on)
                FROM paper_editions
                JOIN editions ON editions.id = paper_editions.edition_id
                WHERE paper_editions.paper_id = papers.id
            ) AS days
        ),
        (
            SELECT min(coalesce(day(documents.captured_on), substr(instant(documents.ingested_at), 1, 10)) COLLATE BINARY)
            FROM paper_sources
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE paper_sources.paper_id = papers.id
        ),
        '1970-01-01'
    ) AS updated,
    byline_of(papers.id) AS authors,
    papers.abstract,
    identifiers_of(papers.id) AS identifiers,
    code_of(papers.id) AS code,
    edition_names_of(papers.id) AS editions
FROM items(:keys) AS wanted
CROSS JOIN papers
WHERE papers.key = element(wanted)
