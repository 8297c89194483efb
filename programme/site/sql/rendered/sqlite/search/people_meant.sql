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
        SELECT DISTINCT
            wanted.position,
            authors.id
        FROM (
            SELECT
                halved.position,
                halved.plain,
                ' ' || SUBSTR(halved.plain, 1, halved.half) AS beginning,
                SUBSTR(halved.plain, halved.half + 1) || ' ' AS ending,
                SUBSTR(halved.plain, 1, halved.half - 1) || SUBSTR(halved.plain, halved.half + 1, 1) || SUBSTR(halved.plain, halved.half, 1) || SUBSTR(halved.plain, halved.half + 2) AS swapped
            FROM (
                SELECT
                    words.position,
                    words.plain,
                    LENGTH(words.plain) >> 1 AS half
                FROM words
                WHERE
                    LENGTH(words.plain) > 1
            ) AS halved
        ) AS wanted
        CROSS JOIN authors
        CROSS JOIN JSON_EACH((
            '["' || REPLACE(authors.plain_name, ' ', '","') || '"]'
        )) AS piece
        WHERE
            (
                INSTR(' ' || authors.plain_name, wanted.beginning) > 0
                OR INSTR(authors.plain_name || ' ', wanted.ending) > 0
                OR INSTR(authors.plain_name, wanted.swapped) > 0
            )
            AND (
                piece.value = wanted.plain
                OR (
                    LENGTH(wanted.plain) > 3
                    AND LENGTH(piece.value) BETWEEN LENGTH(wanted.plain) - 1 AND LENGTH(wanted.plain) + 1
                    AND EXISTS(
                        SELECT
                            1
                        FROM places
                        WHERE
                            places.place <= LENGTH(wanted.plain)
                            AND SUBSTR(piece.value, 1, places.place) = SUBSTR(wanted.plain, 1, places.place)
                            AND (
                                SUBSTR(piece.value, places.place + 2) = SUBSTR(wanted.plain, places.place + 2)
                                OR SUBSTR(piece.value, places.place + 1) = SUBSTR(wanted.plain, places.place + 2)
                                OR SUBSTR(piece.value, places.place + 2) = SUBSTR(wanted.plain, places.place + 1)
                                OR (
                                    SUBSTR(piece.value, places.place + 1, 1) = SUBSTR(wanted.plain, places.place + 2, 1)
                                    AND SUBSTR(piece.value, places.place + 2, 1) = SUBSTR(wanted.plain, places.place + 1, 1)
                                    AND SUBSTR(piece.value, places.place + 3) = SUBSTR(wanted.plain, places.place + 3)
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
