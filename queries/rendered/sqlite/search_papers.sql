WITH RECURSIVE given AS (
    SELECT
        TRIM(COALESCE(:q, '')) AS words
), first_word AS (
    SELECT
        REPLACE(SUBSTR(given.words, 1, INSTR(given.words || ' ', ' ') - 1), '"', '') AS word
    FROM given
), links AS (
    SELECT
        SUBSTR(given.words, INSTR(given.words, '://') + CASE WHEN INSTR(given.words, '://') > 0 THEN 3 ELSE 1 END) AS word
    FROM given
    WHERE
        INSTR(given.words, ' ') = 0 AND LENGTH(given.words) > 4
), pages AS (
    SELECT
        REPLACE(SUBSTR(links.word, 1, INSTR(links.word || '#', '#') - 1), '&id=', '?id=') AS url,
        TRIM(
            REPLACE(
                REPLACE(RTRIM(REPLACE(SUBSTR(links.word, 1, INSTR(links.word || '#', '#') - 1), '?', '/?'), '/') || ' ', '.git ', ''),
                '.com:',
                '.com/'
            )
        ) AS repository
    FROM links
), parts AS (
    SELECT
        pages.url,
        RTRIM(SUBSTR(pages.url, 1, INSTR(pages.url || '?', '?') - 1), '/') AS page,
        SUBSTR(pages.url, INSTR(pages.url, '?id=') + 4) || '&' AS from_id
    FROM pages
), addresses AS (
    SELECT
        REPLACE(
            REPLACE(
                CASE
                    WHEN INSTR(parts.url, '?id=') > 0
                    THEN SUBSTR(parts.from_id, 1, INSTR(parts.from_id, '&') - 1)
                    WHEN SUBSTR(parts.url, 1, 3) = '10.'
                    THEN parts.url
                    WHEN INSTR(LOWER(parts.page), 'arxiv.org/') > 0
                    THEN SUBSTR(
                        parts.page,
                        INSTR(LOWER(parts.page), 'arxiv.org/') + 10 + INSTR(SUBSTR(parts.page, INSTR(LOWER(parts.page), 'arxiv.org/') + 10), '/')
                    )
                    WHEN INSTR(parts.page, '/papers/') > 0
                    THEN SUBSTR(parts.page, INSTR(parts.page, '/papers/') + 8)
                    WHEN INSTR(parts.page, '/10.') > 0
                    THEN SUBSTR(parts.page, INSTR(parts.page, '/10.') + 1)
                    WHEN INSTR(parts.page, '/anthology/') > 0
                    THEN SUBSTR(parts.page, INSTR(parts.page, '/anthology/') + 11)
                    WHEN INSTR(parts.page, 'aclanthology.org/') > 0
                    THEN SUBSTR(parts.page, INSTR(parts.page, '.org/') + 5)
                    WHEN INSTR(parts.page, 'proceedings.mlr.press/') > 0
                    THEN SUBSTR(parts.page, INSTR(parts.page, '.press/') + 7)
                    WHEN LOWER(SUBSTR(parts.page, 1, 6)) = 'arxiv:'
                    THEN SUBSTR(parts.page, 7)
                    WHEN LOWER(SUBSTR(parts.page, 1, 4)) = 'doi:'
                    THEN SUBSTR(parts.url, 5)
                    ELSE parts.page
                END,
                '.pdf',
                ''
            ),
            '.html',
            ''
        ) AS address
    FROM parts
), folders AS (
    SELECT
        CASE
            WHEN INSTR(SUBSTR(pages.repository, 1, INSTR(pages.repository || '/', '/')), '.') > 0
            THEN SUBSTR(pages.repository, INSTR(pages.repository, '/') + 1)
            ELSE pages.repository
        END AS path
    FROM pages
), paths AS (
    SELECT
        LOWER(SUBSTR(folders.path, 1, INSTR(folders.path, '/'))) || LOWER(
            SUBSTR(
                SUBSTR(folders.path, INSTR(folders.path, '/') + 1),
                1,
                INSTR(SUBSTR(folders.path, INSTR(folders.path, '/') + 1) || '/', '/') - 1
            )
        ) AS path
    FROM folders
    WHERE
        INSTR(folders.path, '/') > 1
), identifiers AS (
    SELECT
        addresses.address
    FROM addresses
    UNION
    SELECT
        LOWER(addresses.address)
    FROM addresses
    UNION
    SELECT
        SUBSTR(addresses.address, 1, LENGTH(addresses.address) - 2)
    FROM addresses
    WHERE
        LOWER(SUBSTR(addresses.address, LENGTH(addresses.address) - 1, 1)) = 'v'
    UNION
    SELECT
        SUBSTR(addresses.address, 1, LENGTH(addresses.address) - 3)
    FROM addresses
    WHERE
        LOWER(SUBSTR(addresses.address, LENGTH(addresses.address) - 2, 1)) = 'v'
    UNION
    SELECT
        LOWER(SUBSTR(addresses.address, 16))
    FROM addresses
    WHERE
        LOWER(SUBSTR(addresses.address, 1, 15)) = '10.48550/arxiv.'
    UNION
    SELECT
        paths.path
    FROM paths
    WHERE
        SUBSTR(paths.path, 1, 1) = 'v'
), pasted AS (
    SELECT
        paper_identifiers.paper_id AS id
    FROM identifiers
    JOIN paper_identifiers
        ON paper_identifiers.scheme IN ('arxiv', 'openreview', 'doi', 'acl', 'pmlr', 'dblp')
        AND paper_identifiers.value = identifiers.address
    UNION
    SELECT
        repo_links.paper_id
    FROM paths
    JOIN repositories
        ON LOWER(repositories.path) = paths.path
    JOIN repo_links
        ON repo_links.repository_id = repositories.id AND repo_links.role = 'own'
), found_words AS (
    SELECT
        id
    FROM (
        SELECT
            papers_fts.rowid AS id
        FROM papers_fts
        WHERE
            papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' '))
    ) AS matches
), pieces(position, word, rest) AS (
    SELECT
        0,
        SUBSTR(LOWER(given.words), 1, 0),
        REPLACE(REPLACE(LOWER(given.words), '"', ' '), ',', ' ') || ' '
    FROM given
    WHERE
        INSTR(given.words, '"') = 0
    UNION ALL
    SELECT
        pieces.position + CASE WHEN INSTR(pieces.rest, ' ') > 1 THEN 1 ELSE 0 END,
        SUBSTR(pieces.rest, 1, INSTR(pieces.rest, ' ') - 1),
        SUBSTR(pieces.rest, INSTR(pieces.rest, ' ') + 1)
    FROM pieces
    WHERE
        pieces.rest <> '' AND pieces.position < 8
), words AS MATERIALIZED (
    SELECT
        pieces.position,
        pieces.word,
        PLAIN_NAME(pieces.word) AS plain
    FROM pieces
    WHERE
        pieces.word <> ''
), titled AS MATERIALIZED (
    SELECT
        id
    FROM (
        SELECT
            papers_fts.rowid AS id
        FROM papers_fts
        WHERE
            papers_fts MATCH 'title : (' || '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' ')) || ')'
    ) AS matches
), named AS (
    SELECT
        words.position,
        authors.id
    FROM words
    CROSS JOIN authors
    WHERE
        LENGTH(words.plain) > 1
        AND (
            SELECT
                COUNT(*)
            FROM titled
        ) < 1000
        AND INSTR(authors.plain_name, words.plain) > 0
        AND INSTR(' ' || authors.plain_name || ' ', ' ' || words.plain || ' ') > 0
), papers_of_named AS MATERIALIZED (
    SELECT
        authorships.paper_id AS id,
        COUNT(DISTINCT named.position) AS words
    FROM named
    CROSS JOIN authorships
    WHERE
        authorships.author_id = named.id
    GROUP BY
        authorships.paper_id
), people AS MATERIALIZED (
    SELECT
        papers_of_named.id
    FROM papers_of_named
    WHERE
        papers_of_named.words = (
            SELECT
                COUNT(*)
            FROM words
        )
), texts AS (
    SELECT
        papers.id,
        (
            ' ' || COALESCE(
                (
                    SELECT
                        GROUP_CONCAT(byline.plain_name, ' ')
                    FROM (
                        SELECT
                            authors.plain_name,
                            authorships.position
                        FROM authorships
                        JOIN authors
                            ON authors.id = authorships.author_id
                        WHERE
                            authorships.paper_id = papers.id
                        ORDER BY
                            authorships.position
                    ) AS byline
                ),
                ''
            ) || ' ' || LOWER(REPLACE(REPLACE(papers.title || ' ' || COALESCE(papers.abstract, ''), '-', ' '), '(', ' '))
        ) AS text
    FROM papers_of_named
    CROSS JOIN papers
    WHERE
        papers.id = papers_of_named.id
        AND papers_of_named.words < (
            SELECT
                COUNT(*)
            FROM words
        )
        AND (
            SELECT
                COUNT(*)
            FROM people
        ) < 1000
), people_and_words AS (
    SELECT
        texts.id
    FROM texts
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM words
            WHERE
                INSTR(texts.text, ' ' || words.word) = 0 AND INSTR(texts.text, ' ' || words.plain) = 0
        )
), started AS (
    SELECT
        id
    FROM (
        SELECT
            papers_fts.rowid AS id
        FROM papers_fts
        WHERE
            papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(COALESCE(:q, ''), CHAR(10), ' ')) || ' *'
    ) AS matches
    WHERE
        (
            SELECT
                COUNT(*)
            FROM found_words
        ) < 100
        AND (
            SELECT
                LENGTH(MAX(words.word))
            FROM words
            WHERE
                words.position = (
                    SELECT
                        MAX(words.position)
                    FROM words
                )
        ) > 2
), better AS MATERIALIZED (
    SELECT
        pasted.id,
        0 AS place
    FROM pasted
    UNION ALL
    SELECT
        titled.id,
        1
    FROM titled
    UNION ALL
    SELECT
        people.id,
        2
    FROM people
    UNION ALL
    SELECT
        people_and_words.id,
        3
    FROM people_and_words
), plain AS (
    SELECT
        better.id,
        better.place
    FROM better
    UNION ALL
    SELECT
        found_words.id,
        4
    FROM found_words
    WHERE
        (
            SELECT
                COUNT(DISTINCT better.id)
            FROM better
        ) < 1000
    UNION ALL
    SELECT
        started.id,
        5
    FROM started
), missed AS MATERIALIZED (
    SELECT
        words.position,
        words.word,
        words.plain
    FROM words
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM plain
        )
), places(place) AS (
    SELECT
        0
    UNION ALL
    SELECT
        places.place + 1
    FROM places
    WHERE
        places.place < 40
), spellings AS (
    SELECT
        missed.position,
        known.word,
        ROW_NUMBER() OVER (
            PARTITION BY missed.position
            ORDER BY CASE WHEN known.word = missed.word THEN 0 ELSE 1 END, known.papers DESC, known.word
        ) AS choice
    FROM (
        SELECT
            missed.word AS wanted,
            known.term AS word,
            known.doc AS papers
        FROM missed
        CROSS JOIN papers_fts_words AS known
        WHERE
            known.col = 'title'
            AND known.term >= SUBSTR(missed.word, 1, 1)
            AND known.term < SUBSTR(missed.word, 1, 1) || CHAR(1114111)
    ) AS known
    JOIN missed
        ON missed.word = known.wanted
    WHERE
        known.word = missed.word
        OR (
            LENGTH(missed.word) > 3
            AND LENGTH(known.word) BETWEEN LENGTH(missed.word) - 1 AND LENGTH(missed.word) + 1
            AND EXISTS(
                SELECT
                    1
                FROM places
                WHERE
                    places.place <= LENGTH(missed.word)
                    AND SUBSTR(known.word, 1, places.place) = SUBSTR(missed.word, 1, places.place)
                    AND (
                        SUBSTR(known.word, places.place + 2) = SUBSTR(missed.word, places.place + 2)
                        OR SUBSTR(known.word, places.place + 1) = SUBSTR(missed.word, places.place + 2)
                        OR SUBSTR(known.word, places.place + 2) = SUBSTR(missed.word, places.place + 1)
                        OR (
                            SUBSTR(known.word, places.place + 1, 1) = SUBSTR(missed.word, places.place + 2, 1)
                            AND SUBSTR(known.word, places.place + 2, 1) = SUBSTR(missed.word, places.place + 1, 1)
                            AND SUBSTR(known.word, places.place + 3) = SUBSTR(missed.word, places.place + 3)
                        )
                    )
            )
        )
), meant AS (
    SELECT
        GROUP_CONCAT(chosen.word, ' ') AS words
    FROM (
        SELECT
            missed.position,
            COALESCE(spellings.word, missed.word) AS word
        FROM missed
        LEFT JOIN spellings
            ON spellings.position = missed.position AND spellings.choice = 1
        ORDER BY
            missed.position
    ) AS chosen
    HAVING
        COUNT(*) > 0
), authors_meant AS MATERIALIZED (
    SELECT
        nearby.position,
        nearby.id
    FROM (
        WITH halved AS MATERIALIZED (
            SELECT
                missed.position,
                missed.plain,
                LENGTH(missed.plain) >> 1 AS half
            FROM missed
            WHERE
                LENGTH(missed.plain) > 1
        ), wanted AS MATERIALIZED (
            SELECT
                halved.position,
                halved.plain,
                SUBSTR(halved.plain, 1, halved.half) AS beginning,
                SUBSTR(halved.plain, halved.half + 1) AS ending,
                SUBSTR(halved.plain, 1, halved.half - 1) || SUBSTR(halved.plain, halved.half + 1, 1) || SUBSTR(halved.plain, halved.half, 1) || SUBSTR(halved.plain, halved.half + 2) AS swapped
            FROM halved
        ), compared AS (
            SELECT
                wanted.position,
                wanted.plain,
                wanted.beginning,
                wanted.ending,
                wanted.swapped,
                authors.id,
                piece.value AS word
            FROM wanted
            CROSS JOIN authors
            CROSS JOIN JSON_EACH((
                '["' || REPLACE(authors.plain_name, ' ', '","') || '"]'
            )) AS piece
            WHERE
                INSTR(authors.plain_name, wanted.beginning) > 0
                OR INSTR(authors.plain_name, wanted.ending) > 0
                OR INSTR(authors.plain_name, wanted.swapped) > 0
        )
        SELECT DISTINCT
            compared.position,
            compared.id
        FROM compared
        WHERE
            (
                compared.word IN (compared.plain, compared.swapped)
                OR SUBSTR(compared.word, 1, LENGTH(compared.beginning)) = compared.beginning
                OR SUBSTR(compared.word, LENGTH(compared.word) - LENGTH(compared.ending) + 1) = compared.ending
            )
            AND (
                compared.word = compared.plain
                OR (
                    LENGTH(compared.plain) > 3
                    AND LENGTH(compared.word) BETWEEN LENGTH(compared.plain) - 1 AND LENGTH(compared.plain) + 1
                    AND EXISTS(
                        SELECT
                            1
                        FROM places
                        WHERE
                            places.place <= LENGTH(compared.plain)
                            AND SUBSTR(compared.word, 1, places.place) = SUBSTR(compared.plain, 1, places.place)
                            AND (
                                SUBSTR(compared.word, places.place + 2) = SUBSTR(compared.plain, places.place + 2)
                                OR SUBSTR(compared.word, places.place + 1) = SUBSTR(compared.plain, places.place + 2)
                                OR SUBSTR(compared.word, places.place + 2) = SUBSTR(compared.plain, places.place + 1)
                                OR (
                                    SUBSTR(compared.word, places.place + 1, 1) = SUBSTR(compared.plain, places.place + 2, 1)
                                    AND SUBSTR(compared.word, places.place + 2, 1) = SUBSTR(compared.plain, places.place + 1, 1)
                                    AND SUBSTR(compared.word, places.place + 3) = SUBSTR(compared.plain, places.place + 3)
                                )
                            )
                    )
                )
            )
    ) AS nearby
), texts_meant AS (
    SELECT
        papers.id,
        authors_meant.position,
        (
            ' ' || COALESCE(
                (
                    SELECT
                        GROUP_CONCAT(byline.plain_name, ' ')
                    FROM (
                        SELECT
                            authors.plain_name,
                            authorships.position
                        FROM authorships
                        JOIN authors
                            ON authors.id = authorships.author_id
                        WHERE
                            authorships.paper_id = papers.id
                        ORDER BY
                            authorships.position
                    ) AS byline
                ),
                ''
            ) || ' ' || LOWER(REPLACE(REPLACE(papers.title || ' ' || COALESCE(papers.abstract, ''), '-', ' '), '(', ' '))
        ) AS text
    FROM authors_meant
    CROSS JOIN authorships
    CROSS JOIN papers
    WHERE
        NOT authors_meant.position IN (
            SELECT
                named.position
            FROM named
        )
        AND authorships.author_id = authors_meant.id
        AND papers.id = authorships.paper_id
), people_meant AS (
    SELECT
        authorships.paper_id AS id
    FROM (
        SELECT
            authors_meant.id
        FROM authors_meant
        GROUP BY
            authors_meant.id
        HAVING
            COUNT(*) = (
                SELECT
                    COUNT(*)
                FROM missed
            )
    ) AS alike
    CROSS JOIN authorships
    WHERE
        authorships.author_id = alike.id
    UNION
    SELECT
        texts_meant.id
    FROM texts_meant
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM words
            WHERE
                words.position <> texts_meant.position
                AND INSTR(texts_meant.text, ' ' || words.word) = 0
                AND INSTR(texts_meant.text, ' ' || words.plain) = 0
        )
), found AS (
    SELECT
        everything.id,
        MIN(everything.place) AS place
    FROM (
        SELECT
            plain.id,
            plain.place
        FROM plain
        UNION ALL
        SELECT
            matches.id,
            6
        FROM (
            SELECT
                papers_fts.rowid AS id
            FROM meant
            CROSS JOIN papers_fts
            WHERE
                papers_fts MATCH '"" ' || ESCAPE_FTS(REPLACE(meant.words, CHAR(10), ' '))
        ) AS matches
        UNION ALL
        SELECT
            people_meant.id,
            7
        FROM people_meant
        UNION ALL
        SELECT
            earliest.id,
            1
        FROM (
            SELECT
                papers.id
            FROM papers
            ORDER BY
                papers.key
            LIMIT 1000
        ) AS earliest
        WHERE
            (
                SELECT
                    given.words
                FROM given
            ) = ''
    ) AS everything
    GROUP BY
        everything.id
), rated AS (
    SELECT
        found.id,
        found.place,
        CAST((
            SELECT
                MAX(editions.year)
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = found.id
        ) AS INTEGER) AS year
    FROM found
), best AS (
    SELECT
        rated.id,
        rated.place,
        rated.year
    FROM rated
    JOIN papers
        ON papers.id = rated.id
    ORDER BY
        rated.place,
        rated.year DESC,
        papers.title,
        papers.key
    LIMIT 1000
), ranked AS (
    SELECT
        best.id,
        best.place,
        best.year,
        INSTR(LOWER(papers.abstract), LOWER(first_word.word)) AS hit
    FROM best
    JOIN papers
        ON papers.id = best.id
    CROSS JOIN first_word
), passages AS (
    SELECT
        ranked.id,
        ranked.place,
        ranked.year,
        ranked.hit,
        SUBSTR(papers.abstract, CASE WHEN ranked.hit > 81 THEN ranked.hit - 80 ELSE 1 END, 240) AS passage
    FROM ranked
    JOIN papers
        ON papers.id = ranked.id
)
SELECT
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ')
        FROM (
            SELECT
                authors.name,
                authorships.position
            FROM authorships
            JOIN authors
                ON authors.id = authorships.author_id
            WHERE
                authorships.paper_id = papers.id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    passages.year,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ')
        FROM (
            SELECT DISTINCT
                editions.slug,
                editions.name,
                editions.year
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = papers.id
            ORDER BY
                3,
                1
        ) AS belongs
    ) AS edition_names,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    CASE
        WHEN passages.hit > 81
        THEN '… ' || SUBSTR(passages.passage, INSTR(passages.passage, ' ') + 1)
        ELSE passages.passage
    END || CASE
        WHEN LENGTH(papers.abstract) > CASE WHEN passages.hit > 81 THEN passages.hit + 159 ELSE 240 END
        THEN ' …'
        ELSE ''
    END AS snippet,
    papers.key AS paper_key
FROM passages
JOIN papers
    ON papers.id = passages.id
ORDER BY
    passages.place,
    passages.year DESC,
    papers.title,
    papers.key
