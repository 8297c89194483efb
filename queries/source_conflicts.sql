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
    -- Papers with several mentions: only these can have conflicts, and all that follows starts from them.
    SELECT paper_sources.paper_id FROM paper_sources GROUP BY paper_sources.paper_id HAVING count(*) > 1
),

-- In which fields the mentions of such a paper differ at all, so that only these are compared character by character.
varied AS (
    SELECT
        paper_sources.paper_id,
        count(DISTINCT paper_sources.title) > 1 AS has_titles,
        count(DISTINCT replace(paper_sources.byline, '⋅', '·')) > 1 AS has_bylines,
        count(DISTINCT paper_sources.authors) > 1 AS has_places,
        count(paper_sources.abstract) > 0
            AND count(CASE WHEN paper_sources.has_abstract THEN 1 END) > 1 AS has_abstracts,
        min(paper_sources.raw_kind COLLATE BINARY) <> max(paper_sources.raw_kind COLLATE BINARY) AS has_kinds
    FROM paper_sources
    WHERE paper_sources.paper_id IN (SELECT several.paper_id FROM several)
    GROUP BY paper_sources.paper_id
),

-- Titles and bylines as shown and as stated. Exports print bylines last name first, so those are accepted as well.
spellings (paper_id, field, shown, inverted, stated, rule, source_id) AS (
    SELECT
        papers.id, 'title', papers.title, NULL, paper_sources.title,
        'the best preserved spelling', paper_sources.id
    FROM varied
    JOIN papers ON papers.id = varied.paper_id
    JOIN paper_sources ON paper_sources.paper_id = papers.id
    WHERE varied.has_titles
    UNION ALL
    SELECT
        varied.paper_id, 'byline', byline_of(varied.paper_id), inverted_byline_of(varied.paper_id),
        paper_sources.byline, 'most authors, then fewest initials, then most letters', paper_sources.id
    FROM varied
    JOIN paper_sources ON paper_sources.paper_id = varied.paper_id
    WHERE varied.has_bylines AND paper_sources.byline IS NOT NULL
),

-- The same without case, spaces and punctuation.
spelled AS (
    SELECT
        spellings.paper_id,
        spellings.field,
        spellings.shown,
        spellings.stated,
        spellings.rule,
        spellings.source_id,
        letters(spellings.shown) AS shown_letters,
        letters(spellings.inverted) AS inverted_letters,
        letters(spellings.stated) AS letters,
        -- A comma in each name: `Family, Given`.
        spellings.field = 'byline'
            AND length(spellings.stated) - length(replace(spellings.stated, ',', ''))
            = 1 + (length(spellings.stated) - length(replace(spellings.stated, ' · ', ''))) / 3 AS is_inverted
    FROM spellings
),

-- Abstracts as shown and as stated, with each other abstract that is at least as long: a document that cuts an abstract
-- short does not contradict it. `abstract` is null in a mention that states exactly the abstract shown.
abstracts AS (
    SELECT
        papers.id AS paper_id,
        paper_sources.id AS source_id,
        papers.abstract AS shown,
        paper_sources.abstract AS stated,
        coalesce(others.abstract, papers.abstract) AS longer
    FROM varied
    JOIN papers ON papers.id = varied.paper_id
    JOIN paper_sources ON paper_sources.paper_id = papers.id
    JOIN paper_sources AS others ON others.paper_id = papers.id AND others.id <> paper_sources.id
    WHERE varied.has_abstracts
        AND others.has_abstract
        AND length(coalesce(others.abstract, papers.abstract)) >= length(paper_sources.abstract)
),

-- One row per field of a slot that several documents state. A kind that no document printed is a default, not a
-- statement.
slot_facts AS (
    SELECT
        slots.paper_id,
        fields.field,
        CASE fields.field
            WHEN 'kind' THEN slots.kind
            WHEN 'ends_at' THEN instant(slots.ends_at)
            WHEN 'room' THEN slots.room
            WHEN 'poster_number' THEN slots.poster_number
            WHEN 'award' THEN slots.award
        END AS shown,
        CASE fields.field
            WHEN 'kind' THEN
                CASE WHEN slot_sources.raw_kind IS NOT NULL OR slot_sources.kind <> 'other' THEN slot_sources.kind END
            WHEN 'ends_at' THEN instant(slot_sources.ends_at)
            WHEN 'room' THEN slot_sources.room
            WHEN 'poster_number' THEN slot_sources.poster_number
            WHEN 'award' THEN slot_sources.award
        END AS stated,
        slot_sources.paper_source_id AS source_id
    FROM (SELECT slot_sources.slot_id FROM slot_sources GROUP BY slot_sources.slot_id HAVING count(*) > 1) AS restated
    JOIN slots ON slots.id = restated.slot_id
    JOIN slot_sources ON slot_sources.slot_id = slots.id
    CROSS JOIN (
        SELECT 'kind' AS field
        UNION ALL SELECT 'ends_at'
        UNION ALL SELECT 'room'
        UNION ALL SELECT 'poster_number'
        UNION ALL SELECT 'award'
    ) AS fields
    WHERE slots.paper_id IS NOT NULL
),

-- Editions of the papers, stated or by their slots.
assigned AS (
    SELECT paper_sources.paper_id, paper_sources.edition_id, paper_sources.id AS source_id
    FROM paper_sources
    WHERE paper_sources.edition_id IS NOT NULL AND paper_sources.paper_id IN (SELECT several.paper_id FROM several)
    UNION ALL
    SELECT slots.paper_id, sessions.edition_id, slot_sources.paper_source_id
    FROM slots
    JOIN sessions ON sessions.id = slots.session_id
    JOIN slot_sources ON slot_sources.slot_id = slots.id
    WHERE sessions.edition_id IS NOT NULL AND slots.paper_id IN (SELECT several.paper_id FROM several)
),

-- Fields that keep every value: identifiers, editions, kinds of presentation, repositories, project pages. `scope`
-- limits what is compared: kinds of presentation may differ between editions.
multi_valued (paper_id, field, scope, value, source_id) AS (
    SELECT paper_identifiers.paper_id, paper_identifiers.scheme, 0, paper_identifiers.value, paper_sources.id
    FROM (
        SELECT paper_identifiers.paper_id, paper_identifiers.scheme
        FROM paper_identifiers
        WHERE paper_identifiers.paper_id IN (SELECT several.paper_id FROM several)
            AND paper_identifiers.scheme <> 'site'
        GROUP BY paper_identifiers.paper_id, paper_identifiers.scheme
        HAVING count(*) > 1
    ) AS doubled
    JOIN paper_identifiers
        ON paper_identifiers.paper_id = doubled.paper_id AND paper_identifiers.scheme = doubled.scheme
    JOIN paper_sources
        ON paper_sources.paper_id = doubled.paper_id
        AND instr(
            ' ' || paper_sources.identifiers || ' ',
            ' ' || paper_identifiers.scheme || ':' || paper_identifiers.value || ' '
        ) > 0
    UNION ALL
    SELECT assigned.paper_id, 'edition', 0, editions.name, assigned.source_id
    FROM (
        SELECT assigned.paper_id
        FROM assigned
        GROUP BY assigned.paper_id
        HAVING min(assigned.edition_id) <> max(assigned.edition_id)
    ) AS divided
    JOIN assigned ON assigned.paper_id = divided.paper_id
    JOIN editions ON editions.id = assigned.edition_id
    UNION ALL
    SELECT
        varied.paper_id, 'presentation', paper_sources.edition_id,
        CASE
            WHEN instr(lower(paper_sources.raw_kind), 'reject') > 0 THEN 'rejected'
            WHEN instr(lower(paper_sources.raw_kind), 'withdraw') > 0 THEN 'withdrawn'
            WHEN instr(lower(paper_sources.raw_kind), 'oral') > 0 THEN 'oral'
            WHEN instr(lower(paper_sources.raw_kind), 'spotlight') > 0 THEN 'spotlight'
            WHEN instr(lower(paper_sources.raw_kind), 'poster') > 0 THEN 'poster'
        END,
        paper_sources.id
    FROM varied
    JOIN paper_sources ON paper_sources.paper_id = varied.paper_id
    WHERE varied.has_kinds
    UNION ALL
    SELECT
        repo_links.paper_id, 'repository', 0, repositories.host || '/' || repositories.path, repo_links.paper_source_id
    FROM (
        SELECT repo_links.paper_id
        FROM repo_links
        WHERE repo_links.role = 'own'
        GROUP BY repo_links.paper_id
        HAVING min(repo_links.repository_id) <> max(repo_links.repository_id)
    ) AS divided
    JOIN repo_links ON repo_links.paper_id = divided.paper_id AND repo_links.role = 'own'
    JOIN repositories ON repositories.id = repo_links.repository_id
    UNION ALL
    SELECT
        paper_links.paper_id, 'project_page', 0, rtrim(replace(paper_links.url, 'http://', 'https://'), '/'),
        paper_links.paper_source_id
    FROM (
        SELECT paper_links.paper_id
        FROM paper_links
        WHERE paper_links.kind = 'project_page'
        GROUP BY paper_links.paper_id
        HAVING min(paper_links.paper_source_id) <> max(paper_links.paper_source_id)
    ) AS divided
    JOIN paper_links ON paper_links.paper_id = divided.paper_id AND paper_links.kind = 'project_page'
),

-- Papers with the same title, one row per author, and one without author for a paper that has none.
same_title AS (
    SELECT papers.id AS paper_id, papers.title_key, authorships.author_id
    FROM (SELECT papers.title_key FROM papers GROUP BY papers.title_key HAVING count(*) > 1) AS shared
    JOIN papers ON papers.title_key = shared.title_key
    LEFT JOIN authorships ON authorships.paper_id = papers.id
),

-- Pairs of these that share an author, or of which the first lacks authors, and whether both have an identifier of the
-- same scheme.
kept_apart AS (
    SELECT
        one.paper_id,
        other.paper_id AS other_id,
        one.author_id IS NULL AS lacks_authors,
        count(theirs.scheme) > 0 AS has_other_identifiers
    FROM same_title AS one
    JOIN same_title AS other
        ON other.title_key = one.title_key
        AND other.author_id = coalesce(one.author_id, other.author_id)
        AND other.paper_id <> one.paper_id
    LEFT JOIN paper_identifiers AS own ON own.paper_id = one.paper_id
    LEFT JOIN paper_identifiers AS theirs ON theirs.paper_id = other.paper_id AND theirs.scheme = own.scheme
    GROUP BY one.paper_id, other.paper_id, one.author_id IS NULL
),

-- All conflicts: the value shown, another one, the rule that decided, and the mention that states the other.
conflicts (paper_id, field, shown, other, rule, source_id) AS (
    SELECT spelled.paper_id, spelled.field, spelled.shown, spelled.stated, spelled.rule, spelled.source_id
    FROM spelled
    WHERE (spelled.is_inverted OR spelled.letters <> spelled.shown_letters)
        AND spelled.letters <> coalesce(spelled.inverted_letters, '')
        AND EXISTS (
            SELECT 1
            FROM spelled AS others
            WHERE others.paper_id = spelled.paper_id
                AND others.field = spelled.field
                AND others.letters <> spelled.letters
        )
    UNION ALL
    SELECT abstracts.paper_id, 'abstract', abstracts.shown, abstracts.stated, 'the longest', abstracts.source_id
    FROM abstracts
    -- A much shorter abstract is a conflict in any case. Otherwise the cheap comparison comes first: `letters` is slow.
    WHERE length(abstracts.shown) > length(abstracts.stated) + 100
        OR (
            without_spaces(abstracts.stated) <> without_spaces(abstracts.shown)
            AND without_spaces(abstracts.stated) <> without_spaces(abstracts.longer)
            AND letters(abstracts.stated) <> letters(abstracts.shown)
            AND letters(abstracts.stated) <> letters(abstracts.longer)
        )
    UNION ALL
    SELECT
        authorships.paper_id, 'affiliation', authors.name || ': ' || min(authorships.affiliation),
        authors.name || ': ' || min(item(listed, 1)),
        'stated most often; ties go to the alphabetically last', paper_sources.id
    -- CROSS JOIN keeps SQLite to this order, from the few papers that vary to their authors.
    FROM varied
    CROSS JOIN paper_sources
    CROSS JOIN items(paper_sources.authors) AS listed
    CROSS JOIN authorships
    CROSS JOIN authors
    WHERE varied.has_places
        AND paper_sources.paper_id = varied.paper_id
        AND authorships.paper_id = varied.paper_id
        AND authors.id = authorships.author_id
        AND item(listed, 0) IN (authors.name, authorships.raw_name)
    GROUP BY authorships.paper_id, authors.name, paper_sources.id
    -- An author with several affiliations here is left out: which of them is selected is not known.
    HAVING count(*) = 1 AND min(authorships.affiliation) <> min(item(listed, 1))
    UNION ALL
    SELECT
        paper_sources.paper_id, 'upvotes', CAST(listing_entries.upvotes AS text), CAST(paper_sources.upvotes AS text),
        'the highest', paper_sources.id
    -- In this order, paper_sources is looked up by its index on listing_id.
    FROM listing_entries
    CROSS JOIN paper_sources
    WHERE paper_sources.listing_id = listing_entries.listing_id
        AND paper_sources.listing_position = listing_entries.position
        AND paper_sources.upvotes <> listing_entries.upvotes
    UNION ALL
    SELECT
        slot_facts.paper_id, slot_facts.field, slot_facts.shown, slot_facts.stated,
        'stated most often; ties go to the alphabetically last', slot_facts.source_id
    FROM slot_facts
    WHERE slot_facts.stated <> slot_facts.shown AND letters(slot_facts.stated) <> letters(slot_facts.shown)
    UNION ALL
    SELECT one.paper_id, one.field, one.value, other.value, 'all are kept', other.source_id
    FROM multi_valued AS one
    JOIN multi_valued AS other
        ON other.paper_id = one.paper_id
        AND other.field = one.field
        AND other.scope = one.scope
        AND other.value > one.value COLLATE BINARY
    -- A mention that states both values does not contradict itself.
    WHERE NOT EXISTS (
            SELECT 1
            FROM multi_valued AS more
            WHERE more.paper_id = one.paper_id
                AND more.field = one.field
                AND ((more.source_id = one.source_id AND more.value = other.value)
                    OR (more.source_id = other.source_id AND more.value = one.value))
        )
    UNION ALL
    SELECT
        other.paper_id, 'role', repositories.host || '/' || repositories.path || ': own',
        repositories.host || '/' || repositories.path || ': other', 'own if any mention says so',
        other.paper_source_id
    FROM repo_links AS other
    JOIN repo_links AS own
        ON own.paper_id = other.paper_id
        AND own.role = 'own'
        AND own.repository_id = other.repository_id
        AND own.paper_source_id <> other.paper_source_id
    JOIN repositories ON repositories.id = other.repository_id
    WHERE other.role = 'other'
    UNION ALL
    SELECT
        one.paper_id, 'starts_at', instant(one.starts_at), instant(other.starts_at),
        'each start time is a slot of its own', slot_sources.paper_source_id
    FROM (SELECT slots.paper_id FROM slots GROUP BY slots.paper_id HAVING count(*) > 1) AS presented
    JOIN slots AS one ON one.paper_id = presented.paper_id
    JOIN slots AS other ON other.paper_id = one.paper_id AND other.kind = one.kind AND other.starts_at > one.starts_at
    JOIN sessions AS one_session ON one_session.id = one.session_id
    JOIN sessions AS other_session
        ON other_session.id = other.session_id
        AND other_session.edition_id = one_session.edition_id
        AND other_session.title = one_session.title
    JOIN slot_sources ON slot_sources.slot_id = other.id
    -- A document that states both slots means both.
    WHERE NOT EXISTS (
            SELECT 1
            FROM slot_sources AS one_source
            JOIN slot_sources AS other_source ON other_source.document_id = one_source.document_id
            WHERE one_source.slot_id = one.id AND other_source.slot_id = other.id
        )
    UNION ALL
    SELECT
        kept_apart.paper_id, 'authors', NULL, byline_of(kept_apart.other_id),
        'without authors, it is merged with none of several papers', paper_sources.id
    FROM kept_apart
    JOIN paper_sources ON paper_sources.paper_id = kept_apart.other_id
    WHERE kept_apart.lacks_authors AND NOT kept_apart.has_other_identifiers
    UNION ALL
    SELECT
        kept_apart.paper_id, 'identity', identifiers_of(kept_apart.paper_id), identifiers_of(kept_apart.other_id),
        'conflicting identifiers keep papers apart', paper_sources.id
    FROM kept_apart
    JOIN paper_sources ON paper_sources.paper_id = kept_apart.other_id
    WHERE kept_apart.has_other_identifiers AND NOT kept_apart.lacks_authors
    UNION ALL
    SELECT
        own.paper_id, 'identifier', papers.title, other.title,
        'a shared identifier does not merge papers whose titles and authors differ', paper_sources.id
    FROM (
        SELECT paper_identifiers.scheme, paper_identifiers.value
        FROM paper_identifiers
        GROUP BY paper_identifiers.scheme, paper_identifiers.value
        HAVING count(*) > 1
    ) AS copied
    JOIN paper_identifiers AS own ON own.scheme = copied.scheme AND own.value = copied.value
    JOIN paper_identifiers AS theirs
        ON theirs.scheme = own.scheme AND theirs.value = own.value AND theirs.paper_id <> own.paper_id
    JOIN papers ON papers.id = own.paper_id
    JOIN papers AS other ON other.id = theirs.paper_id
    JOIN paper_sources ON paper_sources.paper_id = other.id
),

-- The papers that corrections say are the same, or different.
papers_named (correction_id, field, name) AS (
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
            WHEN EXISTS (
                SELECT 1
                FROM corrections
                WHERE corrections.target_key = papers.key
                    AND corrections.subject_type = 'paper'
                    AND corrections.field = CASE conflicts.field WHEN 'byline' THEN 'authors' ELSE conflicts.field END
                    AND conflicts.field IN ('title', 'byline', 'abstract')
            ) OR EXISTS (
                SELECT 1
                FROM slots
                JOIN sessions ON sessions.id = slots.session_id
                JOIN corrections ON corrections.target_key = sessions.key
                WHERE slots.paper_id = papers.id
                    AND corrections.subject_type = 'slot'
                    AND corrections.field = conflicts.field
                    AND json_text(corrections.value) = conflicts.shown
            ) OR EXISTS (
                SELECT 1
                FROM listing_entries
                JOIN listings ON listings.id = listing_entries.listing_id
                JOIN corrections ON corrections.target_key = listings.key
                WHERE listing_entries.paper_id = papers.id
                    AND corrections.subject_type = 'entry'
                    AND corrections.field = conflicts.field
                    AND json_text(corrections.value) = conflicts.shown
            ) THEN 'a correction'
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
    SELECT
        corrected.subject_type,
        corrected.target_key,
        corrected.subject,
        coalesce(papers.title, sessions.title, listings.title, authors.name),
        corrected.field,
        corrected.shown,
        corrected.value,
        'the newest correction',
        corrected.uri,
        corrected.sha256,
        corrected.line_start,
        corrected.line_end,
        corrected.path,
        0
    FROM corrected
    LEFT JOIN papers ON corrected.subject_type = 'paper' AND papers.key = corrected.target_key
    LEFT JOIN sessions ON corrected.subject_type IN ('session', 'slot') AND sessions.key = corrected.target_key
    LEFT JOIN listings ON corrected.subject_type = 'entry' AND listings.key = corrected.target_key
    LEFT JOIN authors ON corrected.subject_type = 'author' AND authors.key = corrected.target_key
    WHERE corrected.value <> corrected.shown AND corrected.target_key IS NOT NULL
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
