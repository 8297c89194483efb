WITH RECURSIVE places(place) AS (
    SELECT
        0
    UNION ALL
    SELECT
        places.place + 1
    FROM places
    WHERE
        places.place < 40
), words AS MATERIALIZED (
    SELECT
        given.key AS position,
        given.value AS plain
    FROM JSON_EACH(:words) AS given
), alike AS (
    SELECT
        nearby.id
    FROM (
        WITH halved AS MATERIALIZED (
            SELECT
                words.position,
                words.plain,
                LENGTH(words.plain) >> 1 AS half
            FROM words
            WHERE
                LENGTH(words.plain) > 1
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
    GROUP BY
        nearby.id
    HAVING
        COUNT(*) = (
            SELECT
                COUNT(*)
            FROM words
        )
    LIMIT 500
)
SELECT
    authors.key,
    authors.name,
    (
        SELECT
            COUNT(DISTINCT authorships.paper_id)
        FROM authorships
        WHERE
            authorships.author_id = authors.id
    ) AS papers
FROM alike
JOIN authors
    ON authors.id = alike.id
ORDER BY
    papers DESC,
    authors.name
LIMIT :most
