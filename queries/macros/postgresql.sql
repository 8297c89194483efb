-- What PostgreSQL writes differently; sqlite.sql says what each is for, and `programme.queries.search` defines the
-- functions that these call.

CREATE MACRO instant(moment) AS to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

CREATE MACRO day(date) AS to_char(date, 'YYYY-MM-DD');

CREATE MACRO days_between(earlier, later) AS (CAST(later AS date) - CAST(earlier AS date));

CREATE MACRO number(words) AS CASE WHEN words ~ '^[0-9]{1,9}$' THEN CAST(words AS integer) END;

-- A to Z and nothing else, as SQLite does.
CREATE MACRO lower(words) AS lower(words COLLATE "C");

CREATE MACRO letters(words) AS
translate(
    replace(translate(words, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), ' and ', ' '),
    ' 
·⋅|&-–—.,;:''’"“”`*{}',
    ''
);

CREATE MACRO plain(words) AS plain_name(words);

CREATE MACRO items(list) AS json_array_elements(CAST(list AS json));

CREATE MACRO members(object) AS json_each(CAST(object AS json));

CREATE MACRO element(member) AS (member.value #>> '{}');

CREATE MACRO item(member, place) AS (member.value ->> place);

CREATE MACRO json_text(stated) AS (CAST(stated AS json) #>> '{}');

CREATE MACRO matching(words) AS TABLE
SELECT papers.id FROM papers WHERE search_vector(papers.title, papers.abstract) @@ search_query(words);

-- The first condition is the one with an index.
CREATE MACRO matching_title(words) AS TABLE
SELECT papers.id
FROM papers
WHERE search_vector(papers.title, papers.abstract) @@ search_query(words)
    AND search_vector(papers.title, NULL) @@ search_query(words);

CREATE MACRO matching_start(words) AS TABLE
SELECT papers.id
FROM papers
WHERE search_vector(papers.title, papers.abstract) @@ CAST(CAST(search_query(words) AS text) || ':*' AS tsquery);

CREATE MACRO matching_each(relation) AS TABLE
SELECT papers.id
FROM papers
CROSS JOIN relation
WHERE search_vector(papers.title, papers.abstract) @@ search_query(relation.words);

CREATE MACRO title_words(relation) AS TABLE
SELECT relation.word AS wanted, known.word, count(DISTINCT papers.id) AS papers
FROM relation
CROSS JOIN papers
CROSS JOIN LATERAL regexp_split_to_table(lower(search_text(papers.title)), '[^[:alnum:]]+') AS known(word)
WHERE left(known.word, 1) = left(relation.word, 1)
GROUP BY relation.word, known.word;
