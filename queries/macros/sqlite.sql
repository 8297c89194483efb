-- What SQLite writes differently; the files of DuckDB and PostgreSQL define the same.

-- A moment as ISO 8601 text.
CREATE MACRO instant(moment) AS moment;

-- A date as ISO 8601 text.
CREATE MACRO day(date) AS date;

-- The number of days between two days in ISO 8601 text.
CREATE MACRO days_between(earlier, later) AS CAST(julianday(later) - julianday(earlier) AS integer);

-- A text of one to nine digits as a number, null for any other text.
CREATE MACRO number(words) AS
CASE WHEN words NOT GLOB '*[^0-9]*' AND length(words) BETWEEN 1 AND 9 THEN CAST(words AS integer) END;

-- A text without anything a reader would overlook: the case of A to Z, spaces, punctuation, the word "and". It is in
-- two parts, as SQLite limits how deep calls are nested.
CREATE MACRO letters(words) AS (
    SELECT
        replace(replace(replace(replace(replace(replace(replace(replace(replace(
            solid.text, '''', ''), '’', ''), '"', ''), '“', ''), '”', ''), '`', ''), '*', ''), '{', ''), '}', '')
    FROM (
        SELECT
            replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                replace(lower(words), ' and ', ' '), ' ', ''), '
', ''), '·', ''), '⋅', ''), '|', ''), '&', ''), '-', ''), '–', ''), '—', ''), '.', ''), ',', ''), ';', ''), ':', ''
            ) AS text
    ) AS solid
);

-- A name as it is looked for: in lower case, without accents and punctuation.
CREATE MACRO plain(words) AS plain_name(words);

-- The elements of a JSON list.
CREATE MACRO items(list) AS json_each(list);

-- The members of a JSON object, each with its `key`.
CREATE MACRO members(object) AS json_each(object);

-- One of these elements or members as text.
CREATE MACRO element(member) AS member.value;

-- An item of an element that is itself a list, by its place from 0.
CREATE MACRO item(member, place) AS
CASE member.type WHEN 'array' THEN json_extract(member.value, '$[' || place || ']') END;

-- A JSON value as text.
CREATE MACRO json_text(stated) AS CASE json_type(stated) WHEN 'text' THEN json_extract(stated, '$') ELSE stated END;

-- The ids of the papers in which every word occurs.
CREATE MACRO matching(words) AS TABLE
SELECT papers_fts.rowid AS id
FROM papers_fts
WHERE papers_fts MATCH '"" ' || escape_fts(replace(coalesce(words, ''), char(10), ' '));

-- The same in the title alone.
CREATE MACRO matching_title(words) AS TABLE
SELECT papers_fts.rowid AS id
FROM papers_fts
WHERE papers_fts MATCH 'title : (' || '"" ' || escape_fts(replace(coalesce(words, ''), char(10), ' ')) || ')';

-- The same, where the last word may go on.
CREATE MACRO matching_start(words) AS TABLE
SELECT papers_fts.rowid AS id
FROM papers_fts
WHERE papers_fts MATCH '"" ' || escape_fts(replace(coalesce(words, ''), char(10), ' ')) || ' *';

-- The same for each row of a relation with `words`.
CREATE MACRO matching_each(relation) AS TABLE
SELECT papers_fts.rowid AS id
FROM relation
CROSS JOIN papers_fts
WHERE papers_fts MATCH '"" ' || escape_fts(replace(relation.words, char(10), ' '));

-- For each `word` of a relation, as `wanted`, the words of titles with the same first letter, and the number of
-- `papers` with each.
CREATE MACRO title_words(relation) AS TABLE
SELECT relation.word AS wanted, known.term AS word, known.doc AS papers
FROM relation
CROSS JOIN papers_fts_words AS known
WHERE known.col = 'title'
    AND known.term >= substr(relation.word, 1, 1)
    AND known.term < substr(relation.word, 1, 1) || char(1114111);
