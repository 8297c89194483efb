-- title: Conflicts between sources
-- group: Documents and data quality
-- description: One row per paper and field on which two mentions of the paper, or two corrections of it, disagree; and
--   one per session, slot, entry of a listing or author and field on which two corrections do. Differences in case,
--   spaces and punctuation are ignored, and so is a mention that leaves the field out.
--   Not compared: the wording and zone of a time, as its instant is; positions in a session or list, which pages count
--   differently; facts about the session or list itself; affiliations of an author whose name is spelt differently;
--   links other than a paper's own repositories and project pages.
-- column title: Title of the paper, session or listing, or name of the author.
-- column field: What they disagree on: `title`, `byline`, `abstract`, `affiliation` of an author, a scheme of
--   identifiers such as `arxiv`, `edition`, `presentation` at one edition (oral, spotlight, poster, rejected or
--   withdrawn), the paper's own `repository`, `role` of a repository, `project_page`, `upvotes` in one list; `kind`,
--   `ends_at`, `room`, `poster_number` and `award` of one slot; `starts_at` of two slots in sessions with the same
--   title; for corrections, any field that they give. Or why two papers are kept apart: no `authors` to decide which of
--   several papers it is; `identity`, for title and authors that agree but identifiers that do not, and for corrections
--   that say that papers are the same, and different; `identifier`, for one shared by papers whose title and authors
--   differ.
-- column shown: The value that is shown; where all values are kept, the alphabetically first.
-- column other: Another value, the alphabetically first of several; that of a correction comes first. For two papers
--   kept apart, the value of the other one.
-- column others: Number of other values.
-- column rule: Why that value is shown, or why the papers are kept apart.
-- column document: URI of a document that states the other value.
-- column line_start: First line of the mention or correction in that document.
-- column line_end: Last line of it in that document.
-- column path: Path of it in a structured document, such as `results[17]`.
-- column paper_key: Key of the paper, if it is one.
-- column subject_type: What they are about: `paper`, `session`, `slot`, `entry` or `author`.
-- column target_key: Key of the paper, of the session of a slot, of the listing of an entry, or of the author.
-- order: title COLLATE BINARY, target_key COLLATE BINARY, field COLLATE BINARY, document COLLATE BINARY, line_start
-- facets: field
WITH several AS (
    SELECT paper_id FROM papers_mentioned_twice()
),

varied AS (
    SELECT * FROM varied_mentions(several)
),

conflicts AS (
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_spellings(varied)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_abstracts(varied)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_affiliations(varied)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_upvotes()
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_slots(several)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_values(several, varied)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_roles(several)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM conflicting_starts(several)
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM papers_of_one_title()
    UNION ALL
    SELECT paper_id, field, shown, other, rule, source_id FROM papers_of_one_identifier()
),

-- All values that are not shown, with the document that states each; `turn` 0 are those of corrections.
candidates AS (
    SELECT
        'paper' AS subject_type,
        papers.key AS target_key,
        '' AS subject,
        papers.title,
        conflicts.field,
        conflicts.shown,
        conflicts.other,
        CASE
            WHEN is_corrected(papers.id, papers.key, conflicts.field, conflicts.shown) THEN 'a correction'
            ELSE conflicts.rule
        END AS rule,
        documents.uri,
        documents.sha256,
        paper_sources.line_start,
        paper_sources.line_end,
        paper_sources.path,
        1 AS turn
    FROM conflicts
    JOIN papers ON papers.id = conflicts.paper_id
    JOIN paper_sources ON paper_sources.id = conflicts.source_id
    JOIN documents ON documents.id = paper_sources.document_id
    UNION ALL
    SELECT * FROM conflicting_corrections()
),

-- Of several other values the first is shown, with its first document.
ranked AS (
    SELECT
        candidates.*,
        dense_rank() OVER (
            PARTITION BY candidates.subject_type, candidates.target_key, candidates.subject, candidates.field
            ORDER BY candidates.other COLLATE BINARY
        ) AS number,
        row_number() OVER (
            PARTITION BY candidates.subject_type, candidates.target_key, candidates.subject, candidates.field
            ORDER BY
                candidates.turn,
                candidates.other COLLATE BINARY,
                candidates.shown COLLATE BINARY,
                candidates.uri COLLATE BINARY,
                candidates.sha256 COLLATE BINARY,
                candidates.line_start,
                candidates.path COLLATE BINARY NULLS FIRST
        ) AS place
    FROM candidates
),

counted AS (
    SELECT
        ranked.*,
        max(ranked.number) OVER (
            PARTITION BY ranked.subject_type, ranked.target_key, ranked.subject, ranked.field
        ) AS others
    FROM ranked
)

SELECT
    counted.title,
    counted.field,
    counted.shown,
    counted.other,
    CAST(counted.others AS integer) AS others,
    counted.rule,
    counted.uri AS document,
    counted.line_start,
    counted.line_end,
    counted.path,
    CASE WHEN counted.subject_type = 'paper' THEN counted.target_key END AS paper_key,
    counted.subject_type,
    counted.target_key
FROM counted
WHERE counted.place = 1
