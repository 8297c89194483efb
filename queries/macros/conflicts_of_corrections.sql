-- Where two corrections disagree, and where one has decided between mentions.

-- The values of older corrections: the newest is shown.
CREATE MACRO conflicting_corrections() AS TABLE
-- The papers that corrections say are the same, or different.
WITH papers_named (correction_id, field, name) AS (
    SELECT corrections.id, corrections.field, corrections.subject
    FROM corrections
    WHERE corrections.field IN ('same_paper', 'different_papers')
    UNION
    SELECT corrections.id, corrections.field, replace(replace(element(listed), '":"', '": "'), '","', '", "')
    FROM corrections
    CROSS JOIN items(corrections.value) AS listed
    WHERE corrections.field IN ('same_paper', 'different_papers')
),

-- What corrections state, as text: the value of a field, or one thing of several. `about` tells apart the slots of one
-- session, the entries of one listing and the things that are added to or denied of one paper.
facts_corrected (correction_id, about, field, value) AS (
    SELECT
        corrections.id,
        CASE WHEN corrections.subject_type IN ('slot', 'entry') THEN corrections.subject ELSE '' END,
        CASE corrections.field WHEN 'authors' THEN 'byline' ELSE corrections.field END,
        CASE corrections.field
            WHEN 'authors' THEN trim(replace(corrections.value, '", "', ' · '), '[]"')
            WHEN 'edition' THEN coalesce(editions.name, json_text(corrections.value))
            ELSE json_text(corrections.value)
        END
    FROM corrections
    LEFT JOIN editions ON corrections.field = 'edition' AND editions.slug = json_text(corrections.value)
    WHERE corrections.field NOT IN (
        'add_identifiers', 'deny_identifiers', 'add_repositories', 'deny_repositories', 'repository_roles',
        'same_paper', 'different_papers', 'same_author', 'different_authors'
    )
    UNION ALL
    SELECT
        corrections.id,
        element(listed),
        CASE
            WHEN corrections.field IN ('add_repositories', 'deny_repositories') THEN 'repository'
            ELSE substr(element(listed), 1, instr(element(listed), ':') - 1)
        END,
        replace(element(listed), 'https://', '')
        || CASE WHEN corrections.field IN ('add_identifiers', 'add_repositories') THEN ' (added)' ELSE ' (denied)' END
    FROM corrections
    CROSS JOIN items(corrections.value) AS listed
    WHERE corrections.field IN ('add_identifiers', 'deny_identifiers', 'add_repositories', 'deny_repositories')
    UNION ALL
    SELECT corrections.id, listed.key, 'role', replace(listed.key, 'https://', '') || ': ' || element(listed)
    FROM corrections
    CROSS JOIN members(corrections.value) AS listed
    WHERE corrections.field = 'repository_roles'
    UNION ALL
    SELECT
        one.correction_id,
        one.name || ' ' || other.name,
        'identity',
        CASE one.field WHEN 'same_paper' THEN 'the same: ' ELSE 'different: ' END || one.name || ', ' || other.name
    FROM papers_named AS one
    JOIN papers_named AS other ON other.correction_id = one.correction_id AND other.name > one.name COLLATE BINARY
),

-- The same with what the newest correction states.
corrected AS (
    SELECT
        corrections.subject_type,
        CASE WHEN corrections.subject_type IN ('slot', 'entry') THEN corrections.subject ELSE '' END AS subject,
        facts_corrected.field,
        facts_corrected.value,
        first_value(facts_corrected.value) OVER newest AS shown,
        first_value(corrections.target_key) OVER newest AS target_key,
        documents.uri,
        documents.sha256,
        corrections.line_start,
        corrections.line_end,
        corrections.path
    FROM facts_corrected
    JOIN corrections ON corrections.id = facts_corrected.correction_id
    JOIN documents ON documents.id = corrections.document_id
    JOIN (
        SELECT captures.document_id, max(captures.captured_at) AS captured_at
        FROM captures
        WHERE captures.is_current
        GROUP BY captures.document_id
    ) AS taken ON taken.document_id = documents.id
    WHERE corrections.target_key IS NOT NULL OR facts_corrected.field = 'identity'
    WINDOW newest AS (
        PARTITION BY
            corrections.subject_type,
            CASE WHEN facts_corrected.field = 'identity' THEN '' ELSE corrections.target_key END,
            facts_corrected.about,
            facts_corrected.field
        ORDER BY
            taken.captured_at DESC, documents.sha256 COLLATE BINARY DESC, corrections.line_start DESC,
            corrections.id DESC
    )
)

SELECT
    corrected.subject_type,
    corrected.target_key,
    corrected.subject,
    coalesce(papers.title, sessions.title, listings.title, authors.name) AS title,
    corrected.field,
    corrected.shown,
    corrected.value AS other,
    'the newest correction' AS rule,
    corrected.uri,
    corrected.sha256,
    corrected.line_start,
    corrected.line_end,
    corrected.path,
    0 AS turn
FROM corrected
LEFT JOIN papers ON corrected.subject_type = 'paper' AND papers.key = corrected.target_key
LEFT JOIN sessions ON corrected.subject_type IN ('session', 'slot') AND sessions.key = corrected.target_key
LEFT JOIN listings ON corrected.subject_type = 'entry' AND listings.key = corrected.target_key
LEFT JOIN authors ON corrected.subject_type = 'author' AND authors.key = corrected.target_key
WHERE corrected.value <> corrected.shown AND corrected.target_key IS NOT NULL;

-- Whether a correction gives this value of a field of a paper, of one of its slots or of its entries in listings.
CREATE MACRO is_corrected(paper, paper_key, field_name, value_shown) AS (
    EXISTS (
        SELECT 1
        FROM corrections
        WHERE corrections.target_key = paper_key
            AND corrections.subject_type = 'paper'
            AND corrections.field = CASE field_name WHEN 'byline' THEN 'authors' ELSE field_name END
            AND field_name IN ('title', 'byline', 'abstract')
    )
    OR EXISTS (
        SELECT 1
        FROM slots
        JOIN sessions ON sessions.id = slots.session_id
        JOIN corrections ON corrections.target_key = sessions.key
        WHERE slots.paper_id = paper
            AND corrections.subject_type = 'slot'
            AND corrections.field = field_name
            AND json_text(corrections.value) = value_shown
    )
    OR EXISTS (
        SELECT 1
        FROM listing_entries
        JOIN listings ON listings.id = listing_entries.listing_id
        JOIN corrections ON corrections.target_key = listings.key
        WHERE listing_entries.paper_id = paper
            AND corrections.subject_type = 'entry'
            AND corrections.field = field_name
            AND json_text(corrections.value) = value_shown
    )
);
