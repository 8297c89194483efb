-- title: Changes of papers and listings
-- group: Papers
-- description: One row per difference in a paper or an entry of a listing between two captures of a source, the latest
--   first: what was added or removed, and each field that has another value.
-- column captured_at: When the later capture was taken, in UTC.
-- column edition: Edition, such as `icml-2022`; empty if unknown.
-- column edition_name: Name of the edition, such as `ICML 2022`.
-- column subject: What changed: a `paper` or an `entry` of a listing.
-- column title: Title of the paper, as the later capture states it.
-- column change: Whether it was `added`, `removed` or `changed`.
-- column field: The field that changed: `title`, `byline`, `affiliations`, `abstract`, `presentation`, `edition`; an
--   `identifier` or `repository` that came or went; `upvotes` of an entry. Empty for what was added or removed.
-- column before: Its value in the earlier capture.
-- column after: Its value in the later capture.
-- column listing: Heading of the listing, for an entry; empty if no document states that listing any more.
-- column paper_key: Key of the paper; empty if no paper has this title, or several have.
-- column listing_key: Key of the listing; empty if no document states it any more.
-- column uri: URI of the source.
-- column sha256: SHA-256 of the later capture.
-- column sha256_before: SHA-256 of the earlier capture.
-- order: captured_at COLLATE BINARY DESC, uri COLLATE BINARY, sha256 COLLATE BINARY, subject COLLATE BINARY,
--   title COLLATE BINARY, change COLLATE BINARY, field COLLATE BINARY NULLS FIRST, before COLLATE BINARY NULLS FIRST,
--   after COLLATE BINARY NULLS FIRST, listing_key COLLATE BINARY NULLS LAST, paper_key COLLATE BINARY NULLS LAST
-- sort: captured_at DESC
-- facets: edition, change, field
WITH found AS (
    SELECT changes.*, paper_titled(changes.title_key) AS paper_id
    FROM changes
    WHERE changes.subject IN ('paper', 'entry')
)

SELECT
    instant(found.captured_at) AS captured_at,
    found.edition,
    editions.name AS edition_name,
    found.subject,
    found.title,
    found.change,
    found.field,
    found.before,
    found.after,
    listings.title AS listing,
    papers.key AS paper_key,
    listings.key AS listing_key,
    sources.uri,
    documents.sha256,
    earlier.sha256 AS sha256_before
FROM found
JOIN sources ON sources.id = found.source_id
JOIN documents ON documents.id = found.document_id
JOIN documents AS earlier ON earlier.id = found.before_document_id
LEFT JOIN editions ON editions.slug = found.edition
LEFT JOIN listings ON listings.key = found.listing_key
LEFT JOIN papers ON papers.id = found.paper_id
