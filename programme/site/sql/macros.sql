-- What several statements of the site share.

-- How many slots before this one in its session have the same title and no paper either.
CREATE MACRO alike(slot) AS (
    SELECT count(*)
    FROM slots AS earlier
    WHERE slot.paper_id IS NULL AND earlier.session_id = slot.session_id AND earlier.position < slot.position
        AND earlier.paper_id IS NULL AND earlier.title = slot.title
);

-- The slots of an edition, in which :q occurs if it is not empty. A session without slots counts as one slot. A slot
-- without a day has that of its session if that is on one day only.
CREATE MACRO edition_slots() AS TABLE
WITH of_edition AS MATERIALIZED (
    SELECT
        sessions.id,
        sessions.kind,
        sessions.title,
        (
            SELECT CASE WHEN min(slots.local_day) = max(slots.local_day) THEN min(slots.local_day) END
            FROM slots
            WHERE slots.session_id = sessions.id
        ) AS only_day
    FROM sessions
    WHERE sessions.edition_id = :edition_id
)

SELECT
    sessions.id AS session_id,
    slots.id AS slot_id,
    coalesce(slots.position, 0) AS position,
    coalesce(slots.local_day, sessions.only_day, 'unknown') AS day,
    coalesce(slots.kind, sessions.kind) AS kind,
    has_code(slots.paper_id) AS has_code
FROM of_edition AS sessions
LEFT JOIN slots ON slots.session_id = sessions.id
WHERE :q = ''
    OR slots.paper_id IN (SELECT id FROM matching(:q))
    OR (slots.paper_id IS NULL AND instr(lower(coalesce(slots.title, sessions.title)), lower(:q)) > 0);

-- Those of them that match the other filters too.
CREATE MACRO wanted_slots() AS TABLE
SELECT edition_slots.session_id, edition_slots.slot_id, edition_slots.position, edition_slots.day
FROM edition_slots()
WHERE (:day = '' OR edition_slots.day = :day)
    AND (:kind = '' OR edition_slots.kind = :kind)
    AND (:code = '' OR edition_slots.has_code);

-- The papers of an edition that match the filters.
CREATE MACRO wanted_papers() AS TABLE
SELECT papers.id, papers.key, papers.title, ltrim(papers.title, ' "''“‘$\') AS plain_title
FROM (
    SELECT DISTINCT paper_editions.paper_id FROM paper_editions WHERE paper_editions.edition_id = :edition_id
) AS edition_papers
JOIN papers ON papers.id = edition_papers.paper_id
WHERE (:q = '' OR edition_papers.paper_id IN (SELECT id FROM matching(:q)))
    AND (:code = '' OR has_code(edition_papers.paper_id))
    AND (:kind = '' OR edition_papers.paper_id IN (
        SELECT paper_editions.paper_id
        FROM paper_editions
        WHERE paper_editions.edition_id = :edition_id AND paper_editions.kind = :kind
    ));

-- Whether a paper is of one of the editions, and of the kind, that were asked for.
CREATE MACRO is_presented(paper) AS (
    EXISTS (
        SELECT 1
        FROM paper_editions
        WHERE paper_editions.paper_id = paper
            AND (:any_edition OR paper_editions.edition_id IN (SELECT value FROM items(:editions)))
            AND (:kind = '' OR paper_editions.kind = :kind)
    )
    OR (:any_edition AND EXISTS (
        SELECT 1
        FROM slots
        JOIN sessions ON sessions.id = slots.session_id
        WHERE slots.paper_id = paper AND slots.kind = :kind AND sessions.edition_id IS NULL
    ))
);

-- Whether the current row of documents matches the filters.
CREATE MACRO document_matches() AS (
    (:q = '' OR documents.uri LIKE '%' || :q || '%' ESCAPE '\' OR documents.sha256 = :q)
    AND (:history <> '' OR documents.is_current)
    AND (:format = '' OR documents.format = :format)
    AND (:problems = '' OR EXISTS (SELECT 1 FROM document_problems WHERE document_problems.document_id = documents.id))
);

-- Captures with what each replaces and what replaces it.
CREATE MACRO linked_captures() AS TABLE
SELECT
    captures.source_id, captures.document_id, sources.uri, sources.scope, captures.captured_at, captures.basis,
    captures.is_current, documents.sha256, documents.format, documents.size_bytes, earlier.id AS earlier_id,
    earlier.sha256 AS sha256_before, replaced.captured_at AS captured_before, later.captured_at AS captured_after,
    latest.sha256 AS sha256_after
FROM captures
JOIN sources ON sources.id = captures.source_id
JOIN documents ON documents.id = captures.document_id
LEFT JOIN captures AS replaced ON replaced.id = captures.replaces_id
LEFT JOIN documents AS earlier ON earlier.id = replaced.document_id
LEFT JOIN captures AS later ON later.source_id = captures.source_id AND later.replaces_id = captures.id
LEFT JOIN documents AS latest ON latest.id = later.document_id;

-- The keys that a key led to once it was no longer in use, one after another.
CREATE MACRO moved_keys() AS TABLE
WITH RECURSIVE moved (key) AS (
    SELECT redirects.target FROM redirects WHERE redirects.kind = :kind AND redirects.key = :key
    UNION
    SELECT redirects.target FROM moved JOIN redirects ON redirects.kind = :kind AND redirects.key = moved.key
)

SELECT moved.key FROM moved;

-- Whether some word of the current author's name begins like this.
CREATE MACRO has_word(start) AS (instr(' ' || authors.plain_name, ' ' || start) > 0);
