-- title: Search papers
-- group: Papers
-- description: One row per paper that is meant by words, names or an address: first the paper with that identifier, URL
--   or repository, then papers with all the words in the title, those of authors so named, those with the words in
--   the abstract, and those where the last word goes on; where nothing is found, those with a word, then those of
--   authors with a name, of one letter more, less or other. Among these the newest come first. At most 1000 rows.
-- param q: Words, names of authors, an identifier, or the URL of a paper or repository; a phrase goes between double
--   quotes (default: the first 1000 papers by key).
-- example q: contrastive
-- column title: Title of the paper.
-- column authors: Authors, in byline order.
-- column year: Year of the latest edition it belongs to.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column snippet: Part of the abstract around the first word.
-- column paper_key: Key of the paper.
WITH RECURSIVE given AS (
    SELECT trim(coalesce(:q, '')) AS words
),

first_word AS (
    SELECT replace(substr(given.words, 1, instr(given.words || ' ', ' ') - 1), '"', '') AS word
    FROM given
),

-- One word without its scheme, and without the part of a page, which follows `#`.
links AS (
    SELECT substr(given.words, instr(given.words, '://') + CASE WHEN instr(given.words, '://') > 0 THEN 3 ELSE 1 END)
        AS word
    FROM given
    WHERE instr(given.words, ' ') = 0 AND length(given.words) > 4
),

pages AS (
    SELECT
        replace(substr(links.word, 1, instr(links.word || '#', '#') - 1), '&id=', '?id=') AS url,
        -- `git@github.com:owner/name.git` is written `git@github.com/owner/name`.
        trim(replace(replace(
            rtrim(replace(substr(links.word, 1, instr(links.word || '#', '#') - 1), '?', '/?'), '/') || ' ',
            '.git ', ''
        ), '.com:', '.com/')) AS repository
    FROM links
),

parts AS (
    SELECT
        pages.url,
        rtrim(substr(pages.url, 1, instr(pages.url || '?', '?') - 1), '/') AS page,
        substr(pages.url, instr(pages.url, '?id=') + 4) || '&' AS from_id
    FROM pages
),

-- What stands for the paper in an address, or the word itself.
addresses AS (
    SELECT
        replace(replace(
            CASE
                WHEN instr(parts.url, '?id=') > 0 THEN substr(parts.from_id, 1, instr(parts.from_id, '&') - 1)
                WHEN substr(parts.url, 1, 3) = '10.' THEN parts.url
                WHEN instr(lower(parts.page), 'arxiv.org/') > 0
                    THEN substr(
                        parts.page,
                        instr(lower(parts.page), 'arxiv.org/') + 10
                        + instr(substr(parts.page, instr(lower(parts.page), 'arxiv.org/') + 10), '/')
                    )
                WHEN instr(parts.page, '/papers/') > 0 THEN substr(parts.page, instr(parts.page, '/papers/') + 8)
                WHEN instr(parts.page, '/10.') > 0 THEN substr(parts.page, instr(parts.page, '/10.') + 1)
                WHEN instr(parts.page, '/anthology/') > 0 THEN substr(parts.page, instr(parts.page, '/anthology/') + 11)
                WHEN instr(parts.page, 'aclanthology.org/') > 0 THEN substr(parts.page, instr(parts.page, '.org/') + 5)
                WHEN instr(parts.page, 'proceedings.mlr.press/') > 0
                    THEN substr(parts.page, instr(parts.page, '.press/') + 7)
                WHEN lower(substr(parts.page, 1, 6)) = 'arxiv:' THEN substr(parts.page, 7)
                WHEN lower(substr(parts.page, 1, 4)) = 'doi:' THEN substr(parts.url, 5)
                ELSE parts.page
            END,
            '.pdf', ''
        ), '.html', '') AS address
    FROM parts
),

-- `owner/name`, whatever comes before and after it; the name of a host has a dot, that of an owner none.
folders AS (
    SELECT
        CASE
            WHEN instr(substr(pages.repository, 1, instr(pages.repository || '/', '/')), '.') > 0
                THEN substr(pages.repository, instr(pages.repository, '/') + 1)
            ELSE pages.repository
        END AS path
    FROM pages
),

paths AS (
    SELECT
        lower(substr(folders.path, 1, instr(folders.path, '/')))
        || lower(substr(
            substr(folders.path, instr(folders.path, '/') + 1),
            1,
            instr(substr(folders.path, instr(folders.path, '/') + 1) || '/', '/') - 1
        )) AS path
    FROM folders
    WHERE instr(folders.path, '/') > 1
),

identifiers AS (
    SELECT addresses.address FROM addresses
    UNION
    SELECT lower(addresses.address) FROM addresses
    UNION
    SELECT substr(addresses.address, 1, length(addresses.address) - 2)
    FROM addresses
    WHERE lower(substr(addresses.address, length(addresses.address) - 1, 1)) = 'v'
    UNION
    SELECT substr(addresses.address, 1, length(addresses.address) - 3)
    FROM addresses
    WHERE lower(substr(addresses.address, length(addresses.address) - 2, 1)) = 'v'
    UNION
    SELECT lower(substr(addresses.address, 16))
    FROM addresses
    WHERE lower(substr(addresses.address, 1, 15)) = '10.48550/arxiv.'
    UNION
    -- The PDF of a paper of PMLR is in a folder of its own.
    SELECT paths.path FROM paths WHERE substr(paths.path, 1, 1) = 'v'
),

pasted AS (
    SELECT paper_identifiers.paper_id AS id
    FROM identifiers
    JOIN paper_identifiers
        ON paper_identifiers.scheme IN ('arxiv', 'openreview', 'doi', 'acl', 'pmlr', 'dblp')
        AND paper_identifiers.value = identifiers.address
    UNION
    SELECT repo_links.paper_id
    FROM paths
    JOIN repositories ON lower(repositories.path) = paths.path
    JOIN repo_links ON repo_links.repository_id = repositories.id AND repo_links.role = 'own'
),

found_words AS (
    SELECT id FROM matching(:q) AS matches
),

-- The words, from the first to the eighth; a phrase in quotes means just what it says.
pieces (position, word, rest) AS (
    SELECT 0, substr(lower(given.words), 1, 0), replace(replace(lower(given.words), '"', ' '), ',', ' ') || ' '
    FROM given
    WHERE instr(given.words, '"') = 0
    UNION ALL
    SELECT
        pieces.position + CASE WHEN instr(pieces.rest, ' ') > 1 THEN 1 ELSE 0 END,
        substr(pieces.rest, 1, instr(pieces.rest, ' ') - 1),
        substr(pieces.rest, instr(pieces.rest, ' ') + 1)
    FROM pieces
    WHERE pieces.rest <> '' AND pieces.position < 8
),

words AS MATERIALIZED (
    SELECT pieces.position, pieces.word, plain(pieces.word) AS plain FROM pieces WHERE pieces.word <> ''
),

titled AS MATERIALIZED (
    SELECT id FROM matching_title(:q) AS matches
),

-- Authors with one of the words in their names, unless titles fill the result. A name is compared in whole words only
-- where the letters are in it at all: most are not.
named AS (
    SELECT words.position, authors.id
    FROM words
    CROSS JOIN authors
    WHERE length(words.plain) > 1
        AND (SELECT count(*) FROM titled) < 1000
        AND instr(authors.plain_name, words.plain) > 0
        AND instr(' ' || authors.plain_name || ' ', ' ' || words.plain || ' ') > 0
),

papers_of_named AS MATERIALIZED (
    SELECT authorships.paper_id AS id, count(DISTINCT named.position) AS words
    FROM named
    CROSS JOIN authorships
    WHERE authorships.author_id = named.id
    GROUP BY authorships.paper_id
),

people AS MATERIALIZED (
    SELECT papers_of_named.id
    FROM papers_of_named
    WHERE papers_of_named.words = (SELECT count(*) FROM words)
),

-- Where only some of the words are in these names, the others are looked for in all names, title and abstract.
texts AS (
    SELECT papers.id, text_of(papers) AS text
    FROM papers_of_named
    CROSS JOIN papers
    WHERE papers.id = papers_of_named.id
        AND papers_of_named.words < (SELECT count(*) FROM words)
        AND (SELECT count(*) FROM people) < 1000
),

people_and_words AS (
    SELECT texts.id
    FROM texts
    WHERE NOT EXISTS (
        SELECT 1
        FROM words
        WHERE instr(texts.text, ' ' || words.word) = 0 AND instr(texts.text, ' ' || words.plain) = 0
    )
),

-- As it is typed: the last word may go on.
started AS (
    SELECT id FROM matching_start(:q) AS matches
    WHERE (SELECT count(*) FROM found_words) < 100
        AND (SELECT length(max(words.word)) FROM words WHERE words.position = (SELECT max(words.position) FROM words)) > 2
),

better AS MATERIALIZED (
    SELECT pasted.id, 0 AS place FROM pasted
    UNION ALL
    SELECT titled.id, 1 FROM titled
    UNION ALL
    SELECT people.id, 2 FROM people
    UNION ALL
    SELECT people_and_words.id, 3 FROM people_and_words
),

-- Where better ones fill the result, the many with the words in the abstract are not looked at.
plain AS (
    SELECT better.id, better.place FROM better
    UNION ALL
    SELECT found_words.id, 4
    FROM found_words
    WHERE (SELECT count(DISTINCT better.id) FROM better) < 1000
    UNION ALL
    SELECT started.id, 5 FROM started
),

-- Only where nothing is found: words of titles and names that differ in one letter, or in two that change places.
missed AS MATERIALIZED (
    SELECT words.position, words.word, words.plain
    FROM words
    WHERE NOT EXISTS (SELECT 1 FROM plain)
),

places (place) AS (
    SELECT 0
    UNION ALL
    SELECT places.place + 1 FROM places WHERE places.place < 40
),

spellings AS (
    SELECT
        missed.position,
        known.word,
        row_number() OVER (
            PARTITION BY missed.position
            ORDER BY CASE WHEN known.word = missed.word THEN 0 ELSE 1 END, known.papers DESC, known.word COLLATE BINARY
        ) AS choice
    FROM title_words(missed) AS known
    JOIN missed ON missed.word = known.wanted
    WHERE known.word = missed.word OR is_one_letter_off(known.word, missed.word)
),

meant AS (
    SELECT group_concat(chosen.word, ' ' ORDER BY chosen.position) AS words
    FROM (
        SELECT missed.position, coalesce(spellings.word, missed.word) AS word
        FROM missed
        LEFT JOIN spellings ON spellings.position = missed.position AND spellings.choice = 1
        ORDER BY missed.position
    ) AS chosen
    HAVING count(*) > 0
),

-- An author with all the words in the name; and where nobody has a word in theirs, those with one like it and the other
-- words in names, title and abstract.
authors_meant AS MATERIALIZED (
    SELECT nearby.position, nearby.id FROM authors_like(missed) AS nearby
),

texts_meant AS (
    SELECT papers.id, authors_meant.position, text_of(papers) AS text
    FROM authors_meant
    CROSS JOIN authorships
    CROSS JOIN papers
    WHERE authors_meant.position NOT IN (SELECT named.position FROM named)
        AND authorships.author_id = authors_meant.id
        AND papers.id = authorships.paper_id
),

people_meant AS (
    SELECT authorships.paper_id AS id
    FROM (
        SELECT authors_meant.id
        FROM authors_meant
        GROUP BY authors_meant.id
        HAVING count(*) = (SELECT count(*) FROM missed)
    ) AS alike
    CROSS JOIN authorships
    WHERE authorships.author_id = alike.id
    UNION
    SELECT texts_meant.id
    FROM texts_meant
    WHERE NOT EXISTS (
        SELECT 1
        FROM words
        WHERE words.position <> texts_meant.position
            AND instr(texts_meant.text, ' ' || words.word) = 0
            AND instr(texts_meant.text, ' ' || words.plain) = 0
    )
),

found AS (
    SELECT everything.id, min(everything.place) AS place
    FROM (
        SELECT plain.id, plain.place FROM plain
        UNION ALL
        SELECT matches.id, 6 FROM matching_each(meant) AS matches
        UNION ALL
        SELECT people_meant.id, 7 FROM people_meant
        UNION ALL
        SELECT earliest.id, 1
        FROM (
            SELECT papers.id FROM papers ORDER BY papers.key COLLATE BINARY LIMIT 1000
        ) AS earliest
        WHERE (SELECT given.words FROM given) = ''
    ) AS everything
    GROUP BY everything.id
),

rated AS (
    SELECT found.id, found.place, last_year_of(found.id) AS year FROM found
),

best AS (
    SELECT rated.id, rated.place, rated.year
    FROM rated
    JOIN papers ON papers.id = rated.id
    ORDER BY rated.place, rated.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
    LIMIT 1000
),

-- Where the first word stands in the abstract, from 1; 0 if it is not there as typed, for instance without its accents.
ranked AS (
    SELECT best.id, best.place, best.year, instr(lower(papers.abstract), lower(first_word.word)) AS hit
    FROM best
    JOIN papers ON papers.id = best.id
    CROSS JOIN first_word
),

-- 240 characters of the abstract, from 80 before the word; they are cut to whole words below.
passages AS (
    SELECT
        ranked.id,
        ranked.place,
        ranked.year,
        ranked.hit,
        substr(papers.abstract, CASE WHEN ranked.hit > 81 THEN ranked.hit - 80 ELSE 1 END, 240) AS passage
    FROM ranked
    JOIN papers ON papers.id = ranked.id
)

SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    passages.year,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    code_of(papers.id) AS code_url,
    CASE WHEN passages.hit > 81
        THEN '… ' || substr(passages.passage, instr(passages.passage, ' ') + 1)
        ELSE passages.passage
    END
    || CASE WHEN length(papers.abstract) > CASE WHEN passages.hit > 81 THEN passages.hit + 159 ELSE 240 END
        THEN ' …' ELSE '' END AS snippet,
    papers.key AS paper_key
FROM passages
JOIN papers ON papers.id = passages.id
ORDER BY passages.place, passages.year DESC NULLS LAST, papers.title COLLATE BINARY, papers.key COLLATE BINARY
