WITH RECURSIVE given AS (
    SELECT
        TRIM(COALESCE(CAST(%(q)s AS TEXT), '')) AS words
), first_word AS (
    SELECT
        REPLACE(SUBSTRING(given.words FROM 1 FOR POSITION(' ' IN given.words || ' ') - 1), '"', '') AS word
    FROM given
), links AS (
    SELECT
        SUBSTRING(given.words FROM POSITION('://' IN given.words) + CASE WHEN POSITION('://' IN given.words) > 0 THEN 3 ELSE 1 END) AS word
    FROM given
    WHERE
        POSITION(' ' IN given.words) = 0 AND LENGTH(given.words) > 4
), pages AS (
    SELECT
        REPLACE(SUBSTRING(links.word FROM 1 FOR POSITION('#' IN links.word || '#') - 1), '&id=', '?id=') AS url,
        TRIM(
            REPLACE(
                REPLACE(
                    TRIM(TRAILING '/' FROM REPLACE(SUBSTRING(links.word FROM 1 FOR POSITION('#' IN links.word || '#') - 1), '?', '/?')) || ' ',
                    '.git ',
                    ''
                ),
                '.com:',
                '.com/'
            )
        ) AS repository
    FROM links
), parts AS (
    SELECT
        pages.url,
        TRIM(TRAILING '/' FROM SUBSTRING(pages.url FROM 1 FOR POSITION('?' IN pages.url || '?') - 1)) AS page,
        SUBSTRING(pages.url FROM POSITION('?id=' IN pages.url) + 4) || '&' AS from_id
    FROM pages
), addresses AS (
    SELECT
        REPLACE(
            REPLACE(
                CASE
                    WHEN POSITION('?id=' IN parts.url) > 0
                    THEN SUBSTRING(parts.from_id FROM 1 FOR POSITION('&' IN parts.from_id) - 1)
                    WHEN SUBSTRING(parts.url FROM 1 FOR 3) = '10.'
                    THEN parts.url
                    WHEN POSITION('arxiv.org/' IN LOWER(parts.page COLLATE "C")) > 0
                    THEN SUBSTRING(parts.page FROM POSITION('arxiv.org/' IN LOWER(parts.page COLLATE "C")) + 10 + POSITION('/' IN SUBSTRING(parts.page FROM POSITION('arxiv.org/' IN LOWER(parts.page COLLATE "C")) + 10)))
                    WHEN POSITION('/papers/' IN parts.page) > 0
                    THEN SUBSTRING(parts.page FROM POSITION('/papers/' IN parts.page) + 8)
                    WHEN POSITION('/10.' IN parts.page) > 0
                    THEN SUBSTRING(parts.page FROM POSITION('/10.' IN parts.page) + 1)
                    WHEN POSITION('/anthology/' IN parts.page) > 0
                    THEN SUBSTRING(parts.page FROM POSITION('/anthology/' IN parts.page) + 11)
                    WHEN POSITION('aclanthology.org/' IN parts.page) > 0
                    THEN SUBSTRING(parts.page FROM POSITION('.org/' IN parts.page) + 5)
                    WHEN POSITION('proceedings.mlr.press/' IN parts.page) > 0
                    THEN SUBSTRING(parts.page FROM POSITION('.press/' IN parts.page) + 7)
                    WHEN LOWER(SUBSTRING(parts.page FROM 1 FOR 6) COLLATE "C") = 'arxiv:'
                    THEN SUBSTRING(parts.page FROM 7)
                    WHEN LOWER(SUBSTRING(parts.page FROM 1 FOR 4) COLLATE "C") = 'doi:'
                    THEN SUBSTRING(parts.url FROM 5)
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
            WHEN POSITION('.' IN SUBSTRING(pages.repository FROM 1 FOR POSITION('/' IN pages.repository || '/'))) > 0
            THEN SUBSTRING(pages.repository FROM POSITION('/' IN pages.repository) + 1)
            ELSE pages.repository
        END AS path
    FROM pages
), paths AS (
    SELECT
        LOWER(SUBSTRING(folders.path FROM 1 FOR POSITION('/' IN folders.path)) COLLATE "C") || LOWER(
            SUBSTRING(SUBSTRING(folders.path FROM POSITION('/' IN folders.path) + 1) FROM 1 FOR POSITION('/' IN SUBSTRING(folders.path FROM POSITION('/' IN folders.path) + 1) || '/') - 1) COLLATE "C"
        ) AS path
    FROM folders
    WHERE
        POSITION('/' IN folders.path) > 1
), identifiers AS (
    SELECT
        addresses.address
    FROM addresses
    UNION
    SELECT
        LOWER(addresses.address COLLATE "C")
    FROM addresses
    UNION
    SELECT
        SUBSTRING(addresses.address FROM 1 FOR LENGTH(addresses.address) - 2)
    FROM addresses
    WHERE
        LOWER(SUBSTRING(addresses.address FROM LENGTH(addresses.address) - 1 FOR 1) COLLATE "C") = 'v'
    UNION
    SELECT
        SUBSTRING(addresses.address FROM 1 FOR LENGTH(addresses.address) - 3)
    FROM addresses
    WHERE
        LOWER(SUBSTRING(addresses.address FROM LENGTH(addresses.address) - 2 FOR 1) COLLATE "C") = 'v'
    UNION
    SELECT
        LOWER(SUBSTRING(addresses.address FROM 16) COLLATE "C")
    FROM addresses
    WHERE
        LOWER(SUBSTRING(addresses.address FROM 1 FOR 15) COLLATE "C") = '10.48550/arxiv.'
    UNION
    SELECT
        paths.path
    FROM paths
    WHERE
        SUBSTRING(paths.path FROM 1 FOR 1) = 'v'
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
        ON LOWER(repositories.path COLLATE "C") = paths.path
    JOIN repo_links
        ON repo_links.repository_id = repositories.id AND repo_links.role = 'own'
), found_words AS (
    SELECT
        id
    FROM (
        SELECT
            papers.id
        FROM papers
        WHERE
            SEARCH_VECTOR(papers.title, papers.abstract) @@ SEARCH_QUERY(CAST(%(q)s AS TEXT))
    ) AS matches
), pieces(position, word, rest) AS (
    SELECT
        0,
        SUBSTRING(LOWER(given.words COLLATE "C") FROM 1 FOR 0),
        REPLACE(REPLACE(LOWER(given.words COLLATE "C"), '"', ' '), ',', ' ') || ' '
    FROM given
    WHERE
        POSITION('"' IN given.words) = 0
    UNION ALL
    SELECT
        pieces.position + CASE WHEN POSITION(' ' IN pieces.rest) > 1 THEN 1 ELSE 0 END,
        SUBSTRING(pieces.rest FROM 1 FOR POSITION(' ' IN pieces.rest) - 1),
        SUBSTRING(pieces.rest FROM POSITION(' ' IN pieces.rest) + 1)
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
            papers.id
        FROM papers
        WHERE
            SEARCH_VECTOR(papers.title, papers.abstract) @@ SEARCH_QUERY(CAST(%(q)s AS TEXT))
            AND SEARCH_VECTOR(papers.title, NULL) @@ SEARCH_QUERY(CAST(%(q)s AS TEXT))
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
        AND POSITION(words.plain IN authors.plain_name) > 0
        AND POSITION(' ' || words.plain || ' ' IN ' ' || authors.plain_name || ' ') > 0
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
                        STRING_AGG(byline.plain_name, ' ' ORDER BY byline.position NULLS FIRST)
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
                            authorships.position NULLS FIRST
                    ) AS byline
                ),
                ''
            ) || ' ' || LOWER(REPLACE(REPLACE(papers.title || ' ' || COALESCE(papers.abstract, ''), '-', ' '), '(', ' ') COLLATE "C")
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
                POSITION(' ' || words.word IN texts.text) = 0 AND POSITION(' ' || words.plain IN texts.text) = 0
        )
), started AS (
    SELECT
        id
    FROM (
        SELECT
            papers.id
        FROM papers
        WHERE
            SEARCH_VECTOR(papers.title, papers.abstract) @@ CAST(CAST(SEARCH_QUERY(CAST(%(q)s AS TEXT)) AS TEXT) || ':*' AS tsquery)
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
            ORDER BY CASE WHEN known.word = missed.word THEN 0 ELSE 1 END NULLS FIRST, known.papers DESC NULLS LAST, known.word COLLATE "C" NULLS FIRST
        ) AS choice
    FROM (
        SELECT
            missed.word AS wanted,
            known.word,
            COUNT(DISTINCT papers.id) AS papers
        FROM missed
        CROSS JOIN papers
        CROSS JOIN LATERAL REGEXP_SPLIT_TO_TABLE(LOWER(SEARCH_TEXT(papers.title)), '[^[:alnum:]]+') AS known(word)
        WHERE
            LEFT(known.word, 1) = LEFT(missed.word, 1)
        GROUP BY
            missed.word,
            known.word
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
                    AND SUBSTRING(known.word FROM 1 FOR places.place) = SUBSTRING(missed.word FROM 1 FOR places.place)
                    AND (
                        SUBSTRING(known.word FROM places.place + 2) = SUBSTRING(missed.word FROM places.place + 2)
                        OR SUBSTRING(known.word FROM places.place + 1) = SUBSTRING(missed.word FROM places.place + 2)
                        OR SUBSTRING(known.word FROM places.place + 2) = SUBSTRING(missed.word FROM places.place + 1)
                        OR (
                            SUBSTRING(known.word FROM places.place + 1 FOR 1) = SUBSTRING(missed.word FROM places.place + 2 FOR 1)
                            AND SUBSTRING(known.word FROM places.place + 2 FOR 1) = SUBSTRING(missed.word FROM places.place + 1 FOR 1)
                            AND SUBSTRING(known.word FROM places.place + 3) = SUBSTRING(missed.word FROM places.place + 3)
                        )
                    )
            )
        )
), meant AS (
    SELECT
        STRING_AGG(chosen.word, ' ' ORDER BY chosen.position NULLS FIRST) AS words
    FROM (
        SELECT
            missed.position,
            COALESCE(spellings.word, missed.word) AS word
        FROM missed
        LEFT JOIN spellings
            ON spellings.position = missed.position AND spellings.choice = 1
        ORDER BY
            missed.position NULLS FIRST
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
                SUBSTRING(halved.plain FROM 1 FOR halved.half) AS beginning,
                SUBSTRING(halved.plain FROM halved.half + 1) AS ending,
                SUBSTRING(halved.plain FROM 1 FOR halved.half - 1) || SUBSTRING(halved.plain FROM halved.half + 1 FOR 1) || SUBSTRING(halved.plain FROM halved.half FOR 1) || SUBSTRING(halved.plain FROM halved.half + 2) AS swapped
            FROM halved
        ), compared AS (
            SELECT
                wanted.position,
                wanted.plain,
                wanted.beginning,
                wanted.ending,
                wanted.swapped,
                authors.id,
                (
                    piece.value #>> '{}'
                ) AS word
            FROM wanted
            CROSS JOIN authors
            CROSS JOIN JSON_ARRAY_ELEMENTS(CAST((
                '["' || REPLACE(authors.plain_name, ' ', '","') || '"]'
            ) AS JSON)) AS piece
            WHERE
                POSITION(wanted.beginning IN authors.plain_name) > 0
                OR POSITION(wanted.ending IN authors.plain_name) > 0
                OR POSITION(wanted.swapped IN authors.plain_name) > 0
        )
        SELECT DISTINCT
            compared.position,
            compared.id
        FROM compared
        WHERE
            (
                compared.word IN (compared.plain, compared.swapped)
                OR SUBSTRING(compared.word FROM 1 FOR LENGTH(compared.beginning)) = compared.beginning
                OR SUBSTRING(compared.word FROM LENGTH(compared.word) - LENGTH(compared.ending) + 1) = compared.ending
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
                            AND SUBSTRING(compared.word FROM 1 FOR places.place) = SUBSTRING(compared.plain FROM 1 FOR places.place)
                            AND (
                                SUBSTRING(compared.word FROM places.place + 2) = SUBSTRING(compared.plain FROM places.place + 2)
                                OR SUBSTRING(compared.word FROM places.place + 1) = SUBSTRING(compared.plain FROM places.place + 2)
                                OR SUBSTRING(compared.word FROM places.place + 2) = SUBSTRING(compared.plain FROM places.place + 1)
                                OR (
                                    SUBSTRING(compared.word FROM places.place + 1 FOR 1) = SUBSTRING(compared.plain FROM places.place + 2 FOR 1)
                                    AND SUBSTRING(compared.word FROM places.place + 2 FOR 1) = SUBSTRING(compared.plain FROM places.place + 1 FOR 1)
                                    AND SUBSTRING(compared.word FROM places.place + 3) = SUBSTRING(compared.plain FROM places.place + 3)
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
                        STRING_AGG(byline.plain_name, ' ' ORDER BY byline.position NULLS FIRST)
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
                            authorships.position NULLS FIRST
                    ) AS byline
                ),
                ''
            ) || ' ' || LOWER(REPLACE(REPLACE(papers.title || ' ' || COALESCE(papers.abstract, ''), '-', ' '), '(', ' ') COLLATE "C")
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
                AND POSITION(' ' || words.word IN texts_meant.text) = 0
                AND POSITION(' ' || words.plain IN texts_meant.text) = 0
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
                papers.id
            FROM papers
            CROSS JOIN meant
            WHERE
                SEARCH_VECTOR(papers.title, papers.abstract) @@ SEARCH_QUERY(meant.words)
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
                papers.key COLLATE "C" NULLS FIRST
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
        ) AS INT) AS year
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
        rated.place NULLS FIRST,
        rated.year DESC NULLS LAST,
        papers.title COLLATE "C" NULLS FIRST,
        papers.key COLLATE "C" NULLS FIRST
    LIMIT 1000
), ranked AS (
    SELECT
        best.id,
        best.place,
        best.year,
        POSITION(LOWER(first_word.word COLLATE "C") IN LOWER(papers.abstract COLLATE "C")) AS hit
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
        SUBSTRING(papers.abstract FROM CASE WHEN ranked.hit > 81 THEN ranked.hit - 80 ELSE 1 END FOR 240) AS passage
    FROM ranked
    JOIN papers
        ON papers.id = ranked.id
)
SELECT
    papers.title,
    (
        SELECT
            STRING_AGG(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
                authorships.position NULLS FIRST
        ) AS byline
    ) AS authors,
    passages.year,
    (
        SELECT
            STRING_AGG(belongs.slug, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS editions,
    (
        SELECT
            STRING_AGG(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug COLLATE "C" NULLS FIRST)
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
                3 NULLS FIRST,
                1 NULLS FIRST
        ) AS belongs
    ) AS edition_names,
    (
        SELECT
            MIN(repositories.url COLLATE "C")
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    CASE
        WHEN passages.hit > 81
        THEN '… ' || SUBSTRING(passages.passage FROM POSITION(' ' IN passages.passage) + 1)
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
    passages.place NULLS FIRST,
    passages.year DESC NULLS LAST,
    papers.title COLLATE "C" NULLS FIRST,
    papers.key COLLATE "C" NULLS FIRST
