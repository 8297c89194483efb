-- Where two mentions of a paper disagree. Each part gives the paper, the field, the value that is shown, another one,
-- the rule that decided, and the mention that states the other. Two relations are handed to the parts, so that each is
-- computed once: `several` and `varied`.

-- Papers with several mentions: only these can have conflicts, and all else starts from them.
CREATE MACRO papers_mentioned_twice() AS TABLE
SELECT paper_sources.paper_id FROM paper_sources GROUP BY paper_sources.paper_id HAVING count(*) > 1;

-- In which fields the mentions of such a paper differ at all, so that only these are compared character by character.
CREATE MACRO varied_mentions(several) AS TABLE
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
GROUP BY paper_sources.paper_id;

-- Titles and bylines that differ in letters from the one shown, and from those of some other mention.
CREATE MACRO conflicting_spellings(varied) AS TABLE
-- Titles and bylines as shown and as stated. Exports print bylines last name first, so those are accepted as well.
WITH spellings (paper_id, field, shown, inverted, stated, rule, source_id) AS (
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
)

SELECT spelled.paper_id, spelled.field, spelled.shown, spelled.stated AS other, spelled.rule, spelled.source_id
FROM spelled
WHERE (spelled.is_inverted OR spelled.letters <> spelled.shown_letters)
    AND NOT (instr(spelled.stated, ',') > 0 AND spelled.letters = coalesce(spelled.inverted_letters, ''))
    AND EXISTS (
        SELECT 1
        FROM spelled AS others
        WHERE others.paper_id = spelled.paper_id
            AND others.field = spelled.field
            AND others.letters <> spelled.letters
    );

-- Abstracts that are not the one shown, nor the beginning of one.
CREATE MACRO conflicting_abstracts(varied) AS TABLE
-- Abstracts as shown and as stated, with each other abstract that is at least as long: a document that cuts an abstract
-- short does not contradict it. `abstract` is null in a mention that states exactly the abstract shown.
WITH abstracts AS (
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
)

SELECT
    abstracts.paper_id, 'abstract' AS field, abstracts.shown, abstracts.stated AS other, 'the longest' AS rule,
    abstracts.source_id
FROM abstracts
-- A much shorter abstract is a conflict in any case. Otherwise the cheap comparison comes first: `letters` is slow.
WHERE length(abstracts.shown) > length(abstracts.stated) + 100
    OR (
        without_spaces(abstracts.stated) <> without_spaces(abstracts.shown)
        AND without_spaces(abstracts.stated) <> without_spaces(abstracts.longer)
        AND letters(abstracts.stated) <> letters(abstracts.shown)
        AND letters(abstracts.stated) <> letters(abstracts.longer)
    );

-- Affiliations of an author.
CREATE MACRO conflicting_affiliations(varied) AS TABLE
SELECT
    authorships.paper_id, 'affiliation' AS field, authors.name || ': ' || min(authorships.affiliation) AS shown,
    authors.name || ': ' || min(item(listed, 1)) AS other,
    'stated most often; ties go to the alphabetically last' AS rule, paper_sources.id AS source_id
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
HAVING count(*) = 1 AND min(authorships.affiliation) <> min(item(listed, 1));

-- Upvotes in one list.
CREATE MACRO conflicting_upvotes() AS TABLE
SELECT
    paper_sources.paper_id, 'upvotes' AS field, CAST(listing_entries.upvotes AS text) AS shown,
    CAST(paper_sources.upvotes AS text) AS other, 'the highest' AS rule, paper_sources.id AS source_id
-- In this order, paper_sources is looked up by its index on listing_id.
FROM listing_entries
CROSS JOIN paper_sources
WHERE paper_sources.listing_id = listing_entries.listing_id
    AND paper_sources.listing_position = listing_entries.position
    AND paper_sources.upvotes <> listing_entries.upvotes;

-- Fields of a slot that several documents state.
CREATE MACRO conflicting_slots(several) AS TABLE
-- One row per field of a slot that several documents state. A kind that no document printed is a default, not a
-- statement.
WITH slot_facts AS (
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
    FROM (
        SELECT slot_sources.slot_id
        FROM several
        JOIN slots ON slots.paper_id = several.paper_id
        JOIN slot_sources ON slot_sources.slot_id = slots.id
        GROUP BY slot_sources.slot_id
        HAVING count(*) > 1
    ) AS restated
    JOIN slots ON slots.id = restated.slot_id
    JOIN slot_sources ON slot_sources.slot_id = slots.id
    CROSS JOIN (
        SELECT 'kind' AS field
        UNION ALL SELECT 'ends_at'
        UNION ALL SELECT 'room'
        UNION ALL SELECT 'poster_number'
        UNION ALL SELECT 'award'
    ) AS fields
)

SELECT
    slot_facts.paper_id, slot_facts.field, slot_facts.shown, slot_facts.stated AS other,
    'stated most often; ties go to the alphabetically last' AS rule, slot_facts.source_id
FROM slot_facts
WHERE slot_facts.stated <> slot_facts.shown AND letters(slot_facts.stated) <> letters(slot_facts.shown);

-- Fields of which every value is kept.
CREATE MACRO conflicting_values(several, varied) AS TABLE
-- Editions of the papers, stated or by their slots.
WITH assigned AS (
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
        WHERE repo_links.role = 'own' AND repo_links.paper_id IN (SELECT several.paper_id FROM several)
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
        WHERE paper_links.kind = 'project_page' AND paper_links.paper_id IN (SELECT several.paper_id FROM several)
        GROUP BY paper_links.paper_id
        HAVING min(paper_links.paper_source_id) <> max(paper_links.paper_source_id)
    ) AS divided
    JOIN paper_links ON paper_links.paper_id = divided.paper_id AND paper_links.kind = 'project_page'
)

SELECT
    one.paper_id, one.field, one.value AS shown, other.value AS other, 'all are kept' AS rule, other.source_id
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
    );

-- Whether a repository is a paper's own.
CREATE MACRO conflicting_roles(several) AS TABLE
SELECT
    other.paper_id, 'role' AS field, repositories.host || '/' || repositories.path || ': own' AS shown,
    repositories.host || '/' || repositories.path || ': other' AS other, 'own if any mention says so' AS rule,
    other.paper_source_id AS source_id
FROM several
JOIN repo_links AS other ON other.paper_id = several.paper_id
JOIN repo_links AS own
    ON own.paper_id = other.paper_id
    AND own.role = 'own'
    AND own.repository_id = other.repository_id
    AND own.paper_source_id <> other.paper_source_id
JOIN repositories ON repositories.id = other.repository_id
WHERE other.role = 'other';

-- Start times of a paper in sessions of the same title.
CREATE MACRO conflicting_starts(several) AS TABLE
SELECT
    one.paper_id, 'starts_at' AS field, instant(one.starts_at) AS shown, instant(other.starts_at) AS other,
    'each start time is a slot of its own' AS rule, slot_sources.paper_source_id AS source_id
FROM (
    SELECT slots.paper_id
    FROM several
    JOIN slots ON slots.paper_id = several.paper_id
    GROUP BY slots.paper_id
    HAVING count(*) > 1
) AS presented
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
    );
