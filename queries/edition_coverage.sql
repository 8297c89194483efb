-- title: What each source has of an edition
-- group: Documents and data quality
-- description: One row per edition and kind of document: how many of its papers it states, which only it states, which it lacks, and with what. Where the number of accepted papers is known, the rest says how many no document explains.
-- column edition: Edition.
-- column edition_name: Its name, such as `ICML 2022`.
-- column source: Format of the documents, such as `virtual-session` or `papercopilot`.
-- column documents: Number of these documents.
-- column papers: Papers of the edition that they state.
-- column only_there: Papers that no other source states.
-- column missing_there: Papers that other sources state, and this one does not.
-- column with_time: Papers of this source whose slot there has a time, from any source.
-- column with_abstract: Papers of this source that have an abstract, from any source.
-- column with_code: Papers of this source with a repository of their own.
-- column all_papers: Papers of the edition that any source states.
-- column accepted: Number of accepted papers, where a shipped table knows it.
-- column unexplained: Accepted papers that no source states; less than zero where sources state more.
-- column accepted_source: Where that number is from.
-- sort: edition
WITH stated AS (
    SELECT sessions.edition_id, documents.format, documents.id AS document_id, paper_sources.paper_id
    FROM slot_sources
    JOIN paper_sources ON paper_sources.id = slot_sources.paper_source_id
    JOIN slots ON slots.id = slot_sources.slot_id
    JOIN sessions ON sessions.id = slots.session_id
    JOIN documents ON documents.id = slot_sources.document_id
    WHERE sessions.edition_id IS NOT NULL
    UNION
    SELECT paper_sources.edition_id, documents.format, documents.id, paper_sources.paper_id
    FROM paper_sources
    JOIN documents ON documents.id = paper_sources.document_id
    WHERE paper_sources.edition_id IS NOT NULL
),

counted AS (
    SELECT edition_id, format, count(DISTINCT document_id) AS documents
    FROM stated
    GROUP BY edition_id, format
),

of_sources AS (
    SELECT DISTINCT edition_id, format, paper_id FROM stated
),

of_editions AS (
    SELECT edition_id, paper_id, count(*) AS sources FROM of_sources GROUP BY edition_id, paper_id
),

totals AS (
    SELECT edition_id, count(*) AS all_papers FROM of_editions GROUP BY edition_id
),

timed AS (
    SELECT DISTINCT sessions.edition_id, slots.paper_id
    FROM slots
    JOIN sessions ON sessions.id = slots.session_id
    WHERE slots.starts_at IS NOT NULL AND slots.paper_id IS NOT NULL
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    of_sources.format AS source,
    CAST(counted.documents AS integer) AS documents,
    CAST(count(*) AS integer) AS papers,
    CAST(count(CASE WHEN of_editions.sources = 1 THEN 1 END) AS integer) AS only_there,
    CAST(totals.all_papers - count(*) AS integer) AS missing_there,
    CAST(count(timed.paper_id) AS integer) AS with_time,
    CAST(count(papers.abstract) AS integer) AS with_abstract,
    CAST(count(CASE WHEN has_code(papers.id) THEN 1 END) AS integer) AS with_code,
    CAST(totals.all_papers AS integer) AS all_papers,
    editions.accepted_papers AS accepted,
    CAST(editions.accepted_papers - totals.all_papers AS integer) AS unexplained,
    editions.accepted_source
FROM of_sources
JOIN editions ON editions.id = of_sources.edition_id
JOIN papers ON papers.id = of_sources.paper_id
JOIN totals ON totals.edition_id = of_sources.edition_id
JOIN counted ON counted.edition_id = of_sources.edition_id AND counted.format = of_sources.format
JOIN of_editions ON of_editions.edition_id = of_sources.edition_id AND of_editions.paper_id = of_sources.paper_id
LEFT JOIN timed ON timed.edition_id = of_sources.edition_id AND timed.paper_id = of_sources.paper_id
GROUP BY
    editions.slug,
    editions.name,
    of_sources.format,
    counted.documents,
    totals.all_papers,
    editions.accepted_papers,
    editions.accepted_source
ORDER BY editions.slug COLLATE BINARY, of_sources.format COLLATE BINARY
