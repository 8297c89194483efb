-- What several queries share, each written once and called like a function; `AS TABLE` is called like a table.

-- The slug, name and year of the editions that a paper belongs to, the oldest first.
CREATE MACRO editions_of(paper) AS TABLE
SELECT DISTINCT editions.slug, editions.name, editions.year
FROM paper_editions
JOIN editions ON editions.id = paper_editions.edition_id
WHERE paper_editions.paper_id = paper
ORDER BY 3, 1;

-- The slugs of these editions as one text.
CREATE MACRO edition_slugs_of(paper) AS (
    SELECT group_concat(belongs.slug, ', ' ORDER BY belongs.year, belongs.slug COLLATE BINARY)
    FROM editions_of(paper) AS belongs
);

-- The names of these editions as one text.
CREATE MACRO edition_names_of(paper) AS (
    SELECT group_concat(belongs.name, ', ' ORDER BY belongs.year, belongs.slug COLLATE BINARY)
    FROM editions_of(paper) AS belongs
);

-- How a paper is presented at an edition, as one text; null where nothing says.
CREATE MACRO kinds_of(paper, edition) AS (
    SELECT group_concat(presented.kind, ', ' ORDER BY presented.kind COLLATE BINARY)
    FROM (
        SELECT paper_editions.kind
        FROM paper_editions
        WHERE paper_editions.paper_id = paper AND paper_editions.edition_id = edition AND paper_editions.kind <> 'other'
        ORDER BY 1
    ) AS presented
);

-- The kind that says most of how a paper is presented anywhere; null where nothing says.
CREATE MACRO best_kind_of(paper) AS (
    SELECT paper_editions.kind
    FROM paper_editions
    WHERE paper_editions.paper_id = paper AND paper_editions.kind <> 'other'
    ORDER BY
        CASE paper_editions.kind
            WHEN 'keynote' THEN 0 WHEN 'oral' THEN 1 WHEN 'spotlight' THEN 2 WHEN 'poster' THEN 3 ELSE 4
        END,
        paper_editions.kind COLLATE BINARY
    LIMIT 1
);

-- The identifier of a paper in a scheme such as 'arxiv', the alphabetically first of several.
CREATE MACRO identifier_of(paper, scheme) AS (
    SELECT min(paper_identifiers.value COLLATE BINARY)
    FROM paper_identifiers
    WHERE paper_identifiers.paper_id = paper AND paper_identifiers.scheme = scheme
);

-- The papers of the editions in a relation, which has their ids.
CREATE MACRO papers_of(relation) AS TABLE
SELECT DISTINCT paper_editions.edition_id, paper_editions.paper_id
FROM relation
JOIN paper_editions ON paper_editions.edition_id = relation.id;

-- Whether a paper belongs to the edition with this slug; true where the slug is empty.
CREATE MACRO at_edition(paper, edition) AS (
    trim(coalesce(edition, '')) = ''
    OR paper IN (
        SELECT paper_editions.paper_id
        FROM editions
        JOIN paper_editions ON paper_editions.edition_id = editions.id
        WHERE editions.slug = trim(coalesce(edition, ''))
    )
);

-- The edition with this slug; the newest one that has papers where the slug is empty.
CREATE MACRO edition_or_newest(edition) AS TABLE
SELECT editions.id, editions.venue_id, editions.slug, editions.name, editions.year
FROM editions
WHERE editions.slug = CASE WHEN trim(coalesce(edition, '')) <> '' THEN trim(coalesce(edition, '')) ELSE (
    SELECT newest.slug
    FROM editions AS newest
    WHERE EXISTS (SELECT 1 FROM paper_editions WHERE paper_editions.edition_id = newest.id)
    ORDER BY newest.year DESC, newest.slug COLLATE BINARY
    LIMIT 1
) END;

-- The ids of the authors with this key, or with these whole words in the name, in any case and with or without accents
-- (the family name may come first if a comma follows it). `programme.letters.plain_names` says the same.
CREATE MACRO authors_named(author) AS TABLE
SELECT authors.id AS author_id
FROM authors
WHERE authors.key = trim(coalesce(author, ''))
UNION
SELECT authors.id
FROM (
    SELECT plain(coalesce(author, '')) AS name
    UNION
    SELECT plain(
        substr(coalesce(author, ''), instr(coalesce(author, '') || ',', ',') + 1)
        || ' ' || substr(coalesce(author, ''), 1, instr(coalesce(author, '') || ',', ',') - 1)
    )
) AS wanted
CROSS JOIN authors
WHERE wanted.name <> ''
    -- Whole words are compared only where the letters are in the name at all: in most they are not.
    AND instr(authors.plain_name, wanted.name) > 0
    AND instr(' ' || authors.plain_name || ' ', ' ' || wanted.name || ' ') > 0;

-- The names of a paper's authors as they are looked for, its title and abstract, in lower case, with each word after
-- a space.
CREATE MACRO text_of(paper) AS (
    ' ' || coalesce((
        SELECT group_concat(byline.plain_name, ' ' ORDER BY byline.position)
        FROM (
            SELECT authors.plain_name, authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = paper.id
            ORDER BY authorships.position
        ) AS byline
    ), '') || ' ' || lower(replace(replace(paper.title || ' ' || coalesce(paper.abstract, ''), '-', ' '), '(', ' '))
);

-- Whether a word, not a short one, is another but for one letter more, less or other, or two that change places.
-- `places` counts from 0.
CREATE MACRO is_one_letter_off(known, given) AS (
    length(given) > 3
    AND length(known) BETWEEN length(given) - 1 AND length(given) + 1
    AND EXISTS (
        SELECT 1
        FROM places
        WHERE places.place <= length(given)
            AND substr(known, 1, places.place) = substr(given, 1, places.place)
            AND (
                substr(known, places.place + 2) = substr(given, places.place + 2)
                OR substr(known, places.place + 1) = substr(given, places.place + 2)
                OR substr(known, places.place + 2) = substr(given, places.place + 1)
                OR (
                    substr(known, places.place + 1, 1) = substr(given, places.place + 2, 1)
                    AND substr(known, places.place + 2, 1) = substr(given, places.place + 1, 1)
                    AND substr(known, places.place + 3) = substr(given, places.place + 3)
                )
            )
    )
);

-- The authors with a word in their names that is the `plain` one of a relation, or one letter off, with its
-- `position`. One wrong letter leaves the beginning or the end of a word as it is, unless it is the two in the middle
-- that change places: most names are rejected by that, and only words of the others are compared.
CREATE MACRO authors_like(relation) AS TABLE
WITH halved AS MATERIALIZED (
    SELECT relation.position, relation.plain, length(relation.plain) >> 1 AS half
    FROM relation
    WHERE length(relation.plain) > 1
),

wanted AS MATERIALIZED (
    SELECT
        halved.position,
        halved.plain,
        substr(halved.plain, 1, halved.half) AS beginning,
        substr(halved.plain, halved.half + 1) AS ending,
        substr(halved.plain, 1, halved.half - 1) || substr(halved.plain, halved.half + 1, 1)
        || substr(halved.plain, halved.half, 1) || substr(halved.plain, halved.half + 2) AS swapped
    FROM halved
),

compared AS (
    SELECT
        wanted.position, wanted.plain, wanted.beginning, wanted.ending, wanted.swapped, authors.id,
        element(piece) AS word
    FROM wanted
    CROSS JOIN authors
    CROSS JOIN items('["' || replace(authors.plain_name, ' ', '","') || '"]') AS piece
    WHERE instr(authors.plain_name, wanted.beginning) > 0
        OR instr(authors.plain_name, wanted.ending) > 0
        OR instr(authors.plain_name, wanted.swapped) > 0
)

SELECT DISTINCT compared.position, compared.id
FROM compared
WHERE (
        compared.word IN (compared.plain, compared.swapped)
        OR substr(compared.word, 1, length(compared.beginning)) = compared.beginning
        OR substr(compared.word, length(compared.word) - length(compared.ending) + 1) = compared.ending
    )
    AND (compared.word = compared.plain OR is_one_letter_off(compared.word, compared.plain));

-- The names of a paper's authors, in order.
CREATE MACRO byline_of(paper) AS (
    SELECT group_concat(byline.name, ' · ' ORDER BY byline.position)
    FROM (
        SELECT authors.name, authorships.position
        FROM authorships
        JOIN authors ON authors.id = authorships.author_id
        WHERE authorships.paper_id = paper
        ORDER BY authorships.position
    ) AS byline
);

-- The same with family names first, where a source says which word it is, else the last word.
-- `rtrim(name, <its letters>)` is all up to the last space, so what comes after that length is the last word.
CREATE MACRO inverted_byline_of(paper) AS (
    SELECT group_concat(inverted.name, ' · ' ORDER BY inverted.position)
    FROM (
        SELECT
            CASE
                WHEN instr(authorships.raw_name, ',') > 0 THEN authorships.raw_name
                ELSE substr(authors.name, 1 + length(rtrim(authors.name, replace(authors.name, ' ', ''))))
                    || rtrim(authors.name, replace(authors.name, ' ', ''))
            END AS name,
            authorships.position
        FROM authorships
        JOIN authors ON authors.id = authorships.author_id
        WHERE authorships.paper_id = paper
        ORDER BY authorships.position
    ) AS inverted
);

-- The identifiers of a paper, each with its scheme; numbers on a site identify it nowhere else.
CREATE MACRO identifiers_of(paper) AS (
    SELECT group_concat(stated.identifier, ' ' ORDER BY stated.identifier COLLATE BINARY)
    FROM (
        SELECT paper_identifiers.scheme || ':' || paper_identifiers.value AS identifier
        FROM paper_identifiers
        WHERE paper_identifiers.paper_id = paper AND paper_identifiers.scheme <> 'site'
        ORDER BY 1
    ) AS stated
);

-- The id of the paper with this digest of a title, now or in an earlier capture; null for none or several.
CREATE MACRO paper_titled(digest) AS (
    SELECT CASE WHEN count(*) = 1 THEN min(titled.paper_id) END
    FROM (
        SELECT papers.id AS paper_id FROM papers WHERE papers.title_key = digest
        UNION
        SELECT paper_names.paper_id FROM paper_names WHERE paper_names.name = digest
    ) AS titled
);

-- How many changes of one sort, such as 'added', a capture makes.
CREATE MACRO changes_of(capture, sort) AS CAST((
    SELECT count(*)
    FROM changes
    WHERE changes.source_id = capture.source_id
        AND changes.document_id = capture.document_id
        AND changes.captured_at = capture.captured_at
        AND changes.change = sort
) AS integer);

-- How many slots present the same paper as the same kind at the edition, in sessions with a lower key or at lower
-- positions; calendars number them. `coalesce` keeps SQLite from the index of kinds.
CREATE MACRO earlier_slots(slot, session) AS CAST((
    SELECT count(*)
    FROM slots AS others
    JOIN sessions AS places ON places.id = others.session_id
    WHERE others.paper_id = slot.paper_id
        AND coalesce(others.kind, '') = slot.kind
        AND (places.id = session.id OR places.edition_id = session.edition_id)
        AND (places.key < session.key OR (places.id = session.id AND others.position < slot.position))
) AS integer);

-- At how many earlier times the session has posters; calendars number them. Most sessions have all posters at one time,
-- so the others are looked up only for a time that is not the session's.
CREATE MACRO earlier_posters(slot, session) AS CAST(
    CASE WHEN slot.starts_at <> session.starts_at AND slot.kind = 'poster' THEN (
        SELECT count(DISTINCT others.starts_at)
        FROM slots AS others
        WHERE others.session_id = session.id AND others.kind = 'poster' AND others.starts_at < slot.starts_at
    ) ELSE 0 END AS integer
);

-- A text without spaces and line breaks.
CREATE MACRO without_spaces(words) AS replace(replace(words, ' ', ''), '
', '');

-- The URL of a paper's own repository, the alphabetically first of several.
CREATE MACRO code_of(paper) AS (
    SELECT min(repositories.url COLLATE BINARY)
    FROM repo_links
    JOIN repositories ON repositories.id = repo_links.repository_id
    WHERE repo_links.paper_id = paper AND repo_links.role = 'own'
);

-- The URLs of a paper's own repositories as one text.
CREATE MACRO repositories_of(paper) AS (
    SELECT group_concat(own.url, ' ' ORDER BY own.url COLLATE BINARY)
    FROM (
        SELECT DISTINCT repositories.url
        FROM repo_links
        JOIN repositories ON repositories.id = repo_links.repository_id
        WHERE repo_links.paper_id = paper AND repo_links.role = 'own'
        ORDER BY 1
    ) AS own
);

-- The URL of a paper's project page, the alphabetically first of several.
CREATE MACRO project_page_of(paper) AS (
    SELECT min(paper_links.url COLLATE BINARY)
    FROM paper_links
    WHERE paper_links.paper_id = paper AND paper_links.kind = 'project_page'
);

-- The year of a paper's first edition.
CREATE MACRO first_year_of(paper) AS CAST((
    SELECT min(editions.year)
    FROM paper_editions
    JOIN editions ON editions.id = paper_editions.edition_id
    WHERE paper_editions.paper_id = paper
) AS integer);

-- The year of a paper's latest edition.
CREATE MACRO last_year_of(paper) AS CAST((
    SELECT max(editions.year)
    FROM paper_editions
    JOIN editions ON editions.id = paper_editions.edition_id
    WHERE paper_editions.paper_id = paper
) AS integer);

-- Whether a paper states a repository of its own.
CREATE MACRO has_code(paper) AS EXISTS (
    SELECT 1 FROM repo_links WHERE repo_links.paper_id = paper AND repo_links.role = 'own'
);

-- A share in percent with one decimal; null when the whole is 0.
CREATE MACRO percentage(part, whole) AS CAST(
    CASE WHEN whole > 0 THEN round(100.0 * part / whole, 1) END AS double precision
);
