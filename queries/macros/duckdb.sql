-- What DuckDB writes differently; sqlite.sql says what each is for, and `programme.queries.duckdb` defines the
-- functions that these call.

-- Through a plain timestamp: to format one with a time zone takes the zone of the session.
CREATE MACRO instant(moment) AS strftime(make_timestamp(epoch_us(moment)), '%Y-%m-%dT%H:%M:%SZ');

CREATE MACRO day(date) AS CAST(date AS varchar);

CREATE MACRO days_between(earlier, later) AS date_diff('day', CAST(earlier AS date), CAST(later AS date));

CREATE MACRO number(words) AS CASE WHEN regexp_full_match(words, '[0-9]{1,9}') THEN TRY_CAST(words AS integer) END;

-- A to Z and nothing else, as SQLite does.
CREATE MACRO lower(words) AS translate(words, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');

CREATE MACRO letters(words) AS
translate(
    replace(translate(words, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), ' and ', ' '),
    ' 
·⋅|&-–—.,;:''’"“”`*{}',
    ''
);

CREATE MACRO plain(words) AS plain_name(words);

CREATE MACRO items(list) AS json_each(list);

CREATE MACRO members(object) AS json_each(object);

CREATE MACRO element(member) AS (member.value ->> '$');

CREATE MACRO item(member, place) AS (member.value ->> place);

CREATE MACRO json_text(stated) AS (stated ->> '$');

CREATE MACRO matching(words) AS TABLE
SELECT papers.id FROM papers WHERE search_matches(papers.title, papers.abstract, words);

CREATE MACRO matching_title(words) AS TABLE
SELECT papers.id FROM papers WHERE search_matches(papers.title, NULL, words);

CREATE MACRO matching_start(words) AS TABLE
SELECT papers.id FROM papers WHERE search_matches_start(papers.title, papers.abstract, words);

CREATE MACRO matching_each(relation) AS TABLE
SELECT papers.id
FROM papers
CROSS JOIN relation
WHERE search_matches(papers.title, papers.abstract, relation.words);

CREATE MACRO title_words(relation) AS TABLE
SELECT relation.word AS wanted, known.word, count(DISTINCT known.id) AS papers
FROM relation
JOIN (
    SELECT papers.id, unnest(string_split(search_text(papers.title), ' ')) AS word
    FROM papers
) AS known
    ON left(known.word, 1) = left(relation.word, 1)
GROUP BY relation.word, known.word;
