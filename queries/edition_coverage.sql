-- title: What each source has of an edition
-- group: Documents and data quality
-- description: One row per edition and kind of document: how many of its papers it states, which only it states, which it lacks, and with what. Where the number of accepted papers is known, the rest says how many no document explains.
-- param edition: Edition, such as `icml-2022` (default: every edition).
-- example edition: icml-2022
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
WITH given AS (
    SELECT trim(coalesce(:edition, '')) AS edition
),

chosen AS (
    SELECT editions.id
    FROM editions
    CROSS JOIN given
    WHERE given.edition = '' OR given.edition = editions.slug
),

mentioned AS (
    SELECT sessions.edition_id, slots.paper_id, slot_sources.document_id, slots.starts_at IS NOT NULL AS has_time
    FROM chosen
    CROSS JOIN sessions
    CROSS JOIN slots
    CROSS JOIN slot_sources
    WHERE sessions.edition_id = chosen.id
        AND slots.session_id = sessions.id
        AND slots.paper_id IS NOT NULL
        AND slot_sources.slot_id = slots.id
    UNION ALL
    SELECT paper_sources.edition_id, paper_sources.paper_id, paper_sources.document_id, false
    FROM chosen
    CROSS JOIN paper_sources
    WHERE paper_sources.edition_id = chosen.id
),

counted AS (
    SELECT stating.edition_id, documents.format, count(*) AS documents
    FROM (SELECT DISTINCT mentioned.edition_id, mentioned.document_id FROM mentioned) AS stating
    JOIN documents ON documents.id = stating.document_id
    GROUP BY stating.edition_id, documents.format
),

-- The papers of an edition, each with all formats that state it: there are few such combinations.
of_papers AS (
    SELECT
        of_formats.edition_id,
        of_formats.paper_id,
        group_concat(of_formats.format, ' ' ORDER BY of_formats.format COLLATE BINARY) AS formats,
        max(of_formats.has_time) AS has_time
    FROM (
        SELECT
            mentioned.edition_id,
            mentioned.paper_id,
            documents.format,
            max(CASE WHEN mentioned.has_time THEN 1 ELSE 0 END) AS has_time
        FROM mentioned
        JOIN documents ON documents.id = mentioned.document_id
        GROUP BY mentioned.edition_id, mentioned.paper_id, documents.format
        ORDER BY 1, 2, 3
    ) AS of_formats
    GROUP BY of_formats.edition_id, of_formats.paper_id
),

combinations AS (
    SELECT
        of_papers.edition_id,
        of_papers.formats,
        count(*) AS papers,
        sum(of_papers.has_time) AS with_time,
        count(CASE WHEN papers.abstract IS NOT NULL THEN 1 END) AS with_abstract,
        count(CASE WHEN has_code(papers.id) THEN 1 END) AS with_code
    FROM of_papers
    JOIN papers ON papers.id = of_papers.paper_id
    GROUP BY of_papers.edition_id, of_papers.formats
),

totals AS (
    SELECT combinations.edition_id, sum(combinations.papers) AS all_papers
    FROM combinations
    GROUP BY combinations.edition_id
)

SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    counted.format AS source,
    CAST(counted.documents AS integer) AS documents,
    CAST(sum(combinations.papers) AS integer) AS papers,
    CAST(sum(CASE WHEN combinations.formats = counted.format THEN combinations.papers ELSE 0 END) AS integer)
        AS only_there,
    CAST(totals.all_papers - sum(combinations.papers) AS integer) AS missing_there,
    CAST(sum(combinations.with_time) AS integer) AS with_time,
    CAST(sum(combinations.with_abstract) AS integer) AS with_abstract,
    CAST(sum(combinations.with_code) AS integer) AS with_code,
    CAST(totals.all_papers AS integer) AS all_papers,
    editions.accepted_papers AS accepted,
    CAST(editions.accepted_papers - totals.all_papers AS integer) AS unexplained,
    editions.accepted_source
FROM counted
JOIN editions ON editions.id = counted.edition_id
JOIN combinations
    ON combinations.edition_id = counted.edition_id
    AND instr(' ' || combinations.formats || ' ', ' ' || counted.format || ' ') > 0
JOIN totals ON totals.edition_id = counted.edition_id
GROUP BY
    editions.slug,
    editions.name,
    counted.format,
    counted.documents,
    totals.all_papers,
    editions.accepted_papers,
    editions.accepted_source
ORDER BY editions.slug COLLATE BINARY, counted.format COLLATE BINARY
