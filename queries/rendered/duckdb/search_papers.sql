WITH RECURSIVE given AS (
    SELECT
        TRIM(COALESCE(CAST(q AS TEXT), '')) AS words
), first_word AS (
    SELECT
        REPLACE(SUBSTRING(given.words, 1, STRPOS(given.words || ' ', ' ') - 1), '"', '') AS word
    FROM given
), links AS (
    SELECT
        SUBSTRING(given.words, STRPOS(given.words, '://') + CASE WHEN STRPOS(given.words, '://') > 0 THEN 3 ELSE 1 END) AS word
    FROM given
    WHERE
        STRPOS(given.words, ' ') = 0 AND LENGTH(given.words) > 4
), pages AS (
    SELECT
        REPLACE(SUBSTRING(links.word, 1, STRPOS(links.word || '#', '#') - 1), '&id=', '?id=') AS url,
        TRIM(
            REPLACE(
                REPLACE(RTRIM(REPLACE(SUBSTRING(links.word, 1, STRPOS(links.word || '#', '#') - 1), '?', '/?'), '/') || ' ', '.git ', ''),
                '.com:',
                '.com/'
            )
        ) AS repository
    FROM links
), parts AS (
    SELECT
        pages.url,
        RTRIM(SUBSTRING(pages.url, 1, STRPOS(pages.url || '?', '?') - 1), '/') AS page,
        SUBSTRING(pages.url, STRPOS(pages.url, '?id=') + 4) || '&' AS from_id
    FROM pages
), addresses AS (
    SELECT
        REPLACE(
            REPLACE(
                CASE
                    WHEN STRPOS(parts.url, '?id=') > 0
                    THEN SUBSTRING(parts.from_id, 1, STRPOS(parts.from_id, '&') - 1)
                    WHEN SUBSTRING(parts.url, 1, 3) = '10.'
                    THEN parts.url
                    WHEN STRPOS(TRANSLATE(parts.page, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), 'arxiv.org/') > 0
                    THEN SUBSTRING(
                        parts.page,
                        STRPOS(TRANSLATE(parts.page, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), 'arxiv.org/') + 10 + STRPOS(
                            SUBSTRING(
                                parts.page,
                                STRPOS(TRANSLATE(parts.page, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), 'arxiv.org/') + 10
                            ),
                            '/'
                        )
                    )
                    WHEN STRPOS(parts.page, '/papers/') > 0
                    THEN SUBSTRING(parts.page, STRPOS(parts.page, '/papers/') + 8)
                    WHEN STRPOS(parts.page, '/10.') > 0
                    THEN SUBSTRING(parts.page, STRPOS(parts.page, '/10.') + 1)
                    WHEN STRPOS(parts.page, '/anthology/') > 0
                    THEN SUBSTRING(parts.page, STRPOS(parts.page, '/anthology/') + 11)
                    WHEN STRPOS(parts.page, 'aclanthology.org/') > 0
                    THEN SUBSTRING(parts.page, STRPOS(parts.page, '.org/') + 5)
                    WHEN STRPOS(parts.page, 'proceedings.mlr.press/') > 0
                    THEN SUBSTRING(parts.page, STRPOS(parts.page, '.press/') + 7)
                    WHEN TRANSLATE(SUBSTRING(parts.page, 1, 6), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') = 'arxiv:'
                    THEN SUBSTRING(parts.page, 7)
                    WHEN TRANSLATE(SUBSTRING(parts.page, 1, 4), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') = 'doi:'
                    THEN SUBSTRING(parts.url, 5)
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
            WHEN STRPOS(SUBSTRING(pages.repository, 1, STRPOS(pages.repository || '/', '/')), '.') > 0
            THEN SUBSTRING(pages.repository, STRPOS(pages.repository, '/') + 1)
            ELSE pages.repository
        END AS path
    FROM pages
), paths AS (
    SELECT
        TRANSLATE(SUBSTRING(folders.path, 1, STRPOS(folders.path, '/')), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') || TRANSLATE(
            SUBSTRING(
                SUBSTRING(folders.path, STRPOS(folders.path, '/') + 1),
                1,
                STRPOS(SUBSTRING(folders.path, STRPOS(folders.path, '/') + 1) || '/', '/') - 1
            ),
            'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
            'abcdefghijklmnopqrstuvwxyz'
        ) AS path
    FROM folders
    WHERE
        STRPOS(folders.path, '/') > 1
), identifiers AS (
    SELECT
        addresses.address
    FROM addresses
    UNION
    SELECT
        TRANSLATE(addresses.address, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
    FROM addresses
    UNION
    SELECT
        SUBSTRING(addresses.address, 1, LENGTH(addresses.address) - 2)
    FROM addresses
    WHERE
        TRANSLATE(
            SUBSTRING(addresses.address, LENGTH(addresses.address) - 1, 1),
            'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
            'abcdefghijklmnopqrstuvwxyz'
        ) = 'v'
    UNION
    SELECT
        SUBSTRING(addresses.address, 1, LENGTH(addresses.address) - 3)
    FROM addresses
    WHERE
        TRANSLATE(
            SUBSTRING(addresses.address, LENGTH(addresses.address) - 2, 1),
            'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
            'abcdefghijklmnopqrstuvwxyz'
        ) = 'v'
    UNION
    SELECT
        TRANSLATE(SUBSTRING(addresses.address, 16), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
    FROM addresses
    WHERE
        TRANSLATE(SUBSTRING(addresses.address, 1, 15), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') = '10.48550/arxiv.'
    UNION
    SELECT
        paths.path
    FROM paths
    WHERE
        SUBSTRING(paths.path, 1, 1) = 'v'
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
        ON TRANSLATE(repositories.path, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') = paths.path
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
            SEARCH_MATCHES(papers.title, papers.abstract, CAST(q AS TEXT))
    ) AS matches
), pieces(position, word, rest) AS (
    SELECT
        0,
        SUBSTRING(TRANSLATE(given.words, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), 1, 0),
        REPLACE(REPLACE(TRANSLATE(given.words, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '"', ' '), ',', ' ') || ' '
    FROM given
    WHERE
        STRPOS(given.words, '"') = 0
    UNION ALL
    SELECT
        pieces.position + CASE WHEN STRPOS(pieces.rest, ' ') > 1 THEN 1 ELSE 0 END,
        SUBSTRING(pieces.rest, 1, STRPOS(pieces.rest, ' ') - 1),
        SUBSTRING(pieces.rest, STRPOS(pieces.rest, ' ') + 1)
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
            SEARCH_MATCHES(papers.title, NULL, CAST(q AS TEXT))
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
        AND STRPOS(authors.plain_name, words.plain) > 0
        AND STRPOS(' ' || authors.plain_name || ' ', ' ' || words.plain || ' ') > 0
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
                        GROUP_CONCAT(byline.plain_name, ' ' ORDER BY byline.position NULLS FIRST)
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
            ) || ' ' || TRANSLATE(
                REPLACE(REPLACE(papers.title || ' ' || COALESCE(papers.abstract, ''), '-', ' '), '(', ' '),
                'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                'abcdefghijklmnopqrstuvwxyz'
            )
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
                STRPOS(texts.text, ' ' || words.word) = 0 AND STRPOS(texts.text, ' ' || words.plain) = 0
        )
), started AS (
    SELECT
        id
    FROM (
        SELECT
            papers.id
        FROM papers
        WHERE
            SEARCH_MATCHES_START(papers.title, papers.abstract, CAST(q AS TEXT))
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
            ORDER BY CASE WHEN known.word = missed.word THEN 0 ELSE 1 END NULLS FIRST, known.papers DESC, known.word NULLS FIRST
        ) AS choice
    FROM (
        SELECT
            missed.word AS wanted,
            known.word,
            COUNT(DISTINCT known.id) AS papers
        FROM missed
        JOIN (
            SELECT
                papers.id,
                UNNEST(STR_SPLIT(SEARCH_TEXT(papers.title), ' ')) AS word
            FROM papers
        ) AS known
            ON LEFT(known.word, 1) = LEFT(missed.word, 1)
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
                    AND SUBSTRING(known.word, 1, places.place) = SUBSTRING(missed.word, 1, places.place)
                    AND (
                        SUBSTRING(known.word, places.place + 2) = SUBSTRING(missed.word, places.place + 2)
                        OR SUBSTRING(known.word, places.place + 1) = SUBSTRING(missed.word, places.place + 2)
                        OR SUBSTRING(known.word, places.place + 2) = SUBSTRING(missed.word, places.place + 1)
                        OR (
                            SUBSTRING(known.word, places.place + 1, 1) = SUBSTRING(missed.word, places.place + 2, 1)
                            AND SUBSTRING(known.word, places.place + 2, 1) = SUBSTRING(missed.word, places.place + 1, 1)
                            AND SUBSTRING(known.word, places.place + 3) = SUBSTRING(missed.word, places.place + 3)
                        )
                    )
            )
        )
), meant AS (
    SELECT
        GROUP_CONCAT(chosen.word, ' ' ORDER BY chosen.position NULLS FIRST) AS words
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
                SUBSTRING(halved.plain, 1, halved.half) AS beginning,
                SUBSTRING(halved.plain, halved.half + 1) AS ending,
                SUBSTRING(halved.plain, 1, halved.half - 1) || SUBSTRING(halved.plain, halved.half + 1, 1) || SUBSTRING(halved.plain, halved.half, 1) || SUBSTRING(halved.plain, halved.half + 2) AS swapped
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
                    piece.value ->> '$'
                ) AS word
            FROM wanted
            CROSS JOIN authors
            CROSS JOIN JSON_EACH((
                '["' || REPLACE(authors.plain_name, ' ', '","') || '"]'
            )) AS piece
            WHERE
                STRPOS(authors.plain_name, wanted.beginning) > 0
                OR STRPOS(authors.plain_name, wanted.ending) > 0
                OR STRPOS(authors.plain_name, wanted.swapped) > 0
        )
        SELECT DISTINCT
            compared.position,
            compared.id
        FROM compared
        WHERE
            (
                compared.word IN (compared.plain, compared.swapped)
                OR SUBSTRING(compared.word, 1, LENGTH(compared.beginning)) = compared.beginning
                OR SUBSTRING(compared.word, LENGTH(compared.word) - LENGTH(compared.ending) + 1) = compared.ending
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
                            AND SUBSTRING(compared.word, 1, places.place) = SUBSTRING(compared.plain, 1, places.place)
                            AND (
                                SUBSTRING(compared.word, places.place + 2) = SUBSTRING(compared.plain, places.place + 2)
                                OR SUBSTRING(compared.word, places.place + 1) = SUBSTRING(compared.plain, places.place + 2)
                                OR SUBSTRING(compared.word, places.place + 2) = SUBSTRING(compared.plain, places.place + 1)
                                OR (
                                    SUBSTRING(compared.word, places.place + 1, 1) = SUBSTRING(compared.plain, places.place + 2, 1)
                                    AND SUBSTRING(compared.word, places.place + 2, 1) = SUBSTRING(compared.plain, places.place + 1, 1)
                                    AND SUBSTRING(compared.word, places.place + 3) = SUBSTRING(compared.plain, places.place + 3)
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
                        GROUP_CONCAT(byline.plain_name, ' ' ORDER BY byline.position NULLS FIRST)
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
            ) || ' ' || TRANSLATE(
                REPLACE(REPLACE(papers.title || ' ' || COALESCE(papers.abstract, ''), '-', ' '), '(', ' '),
                'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                'abcdefghijklmnopqrstuvwxyz'
            )
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
                AND STRPOS(texts_meant.text, ' ' || words.word) = 0
                AND STRPOS(texts_meant.text, ' ' || words.plain) = 0
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
                SEARCH_MATCHES(papers.title, papers.abstract, meant.words)
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
                papers.key NULLS FIRST
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
        rated.year DESC,
        papers.title NULLS FIRST,
        papers.key NULLS FIRST
    LIMIT 1000
), ranked AS (
    SELECT
        best.id,
        best.place,
        best.year,
        STRPOS(
            TRANSLATE(papers.abstract, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'),
            TRANSLATE(first_word.word, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
        ) AS hit
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
        SUBSTRING(papers.abstract, CASE WHEN ranked.hit > 81 THEN ranked.hit - 80 ELSE 1 END, 240) AS passage
    FROM ranked
    JOIN papers
        ON papers.id = ranked.id
)
SELECT
    papers.title,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ' ORDER BY byline.position NULLS FIRST)
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
            GROUP_CONCAT(belongs.slug, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug NULLS FIRST)
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
            GROUP_CONCAT(belongs.name, ', ' ORDER BY belongs.year NULLS FIRST, belongs.slug NULLS FIRST)
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
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = papers.id AND repo_links.role = 'own'
    ) AS code_url,
    CASE
        WHEN passages.hit > 81
        THEN '… ' || SUBSTRING(passages.passage, STRPOS(passages.passage, ' ') + 1)
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
    passages.year DESC,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST
