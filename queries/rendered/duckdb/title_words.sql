WITH RECURSIVE given AS (
    SELECT
        TRIM(COALESCE(CAST(at_least AS TEXT), '')) AS at_least
), selected AS (
    SELECT
        id
    FROM (
        SELECT
            editions.id,
            editions.venue_id,
            editions.slug,
            editions.name,
            editions.year
        FROM editions
        WHERE
            editions.slug = CASE
                WHEN TRIM(COALESCE(CAST(edition AS TEXT), '')) <> ''
                THEN TRIM(COALESCE(CAST(edition AS TEXT), ''))
                ELSE (
                    SELECT
                        newest.slug
                    FROM editions AS newest
                    WHERE
                        EXISTS(
                            SELECT
                                1
                            FROM paper_editions
                            WHERE
                                paper_editions.edition_id = newest.id
                        )
                    ORDER BY
                        newest.year DESC,
                        newest.slug NULLS FIRST
                    LIMIT 1
                )
            END
    ) AS found
), titles AS (
    SELECT
        papers.id AS paper_id,
        REPLACE(
            REPLACE(
                REPLACE(
                    REPLACE(
                        REPLACE(
                            REPLACE(
                                REPLACE(
                                    REPLACE(
                                        REPLACE(
                                            REPLACE(REPLACE(TRANSLATE(papers.title, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), ':', ' '), ',', ' '),
                                            '.',
                                            ' '
                                        ),
                                        '!',
                                        ' '
                                    ),
                                    '?',
                                    ' '
                                ),
                                '(',
                                ' '
                            ),
                            ')',
                            ' '
                        ),
                        '"',
                        ' '
                    ),
                    '/',
                    ' '
                ),
                ';',
                ' '
            ),
            '''s ',
            ' '
        ) || ' ' AS title
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
    JOIN papers
        ON papers.id = found.paper_id
), pieces(paper_id, word, rest) AS (
    SELECT
        titles.paper_id,
        '',
        titles.title
    FROM titles
    UNION ALL
    SELECT
        pieces.paper_id,
        SUBSTRING(pieces.rest, 1, STRPOS(pieces.rest, ' ') - 1),
        SUBSTRING(pieces.rest, STRPOS(pieces.rest, ' ') + 1)
    FROM pieces
    WHERE
        pieces.rest <> ''
), counted AS (
    SELECT
        pieces.word,
        COUNT(DISTINCT pieces.paper_id) AS papers,
        COUNT(
            DISTINCT CASE
                WHEN EXISTS(
                    SELECT
                        1
                    FROM repo_links
                    WHERE
                        repo_links.paper_id = pieces.paper_id AND repo_links.role = 'own'
                )
                THEN pieces.paper_id
            END
        ) AS papers_with_code
    FROM pieces
    WHERE
        LENGTH(pieces.word) > 1
        AND NOT pieces.word IN (
            'about',
            'all',
            'am',
            'an',
            'and',
            'are',
            'as',
            'at',
            'be',
            'but',
            'by',
            'can',
            'do',
            'does',
            'don''t',
            'for',
            'from',
            'has',
            'have',
            'how',
            'if',
            'in',
            'into',
            'is',
            'it',
            'its',
            'more',
            'not',
            'of',
            'on',
            'only',
            'or',
            'our',
            'out',
            'over',
            'so',
            'than',
            'that',
            'the',
            'their',
            'them',
            'there',
            'these',
            'they',
            'this',
            'to',
            'toward',
            'towards',
            'under',
            'up',
            'using',
            'via',
            'we',
            'what',
            'when',
            'where',
            'which',
            'who',
            'why',
            'will',
            'with',
            'within',
            'without',
            'you',
            'your'
        )
    GROUP BY
        pieces.word
)
SELECT
    counted.word,
    counted.papers,
    counted.papers_with_code,
    CAST(CASE WHEN counted.papers > 0 THEN ROUND(100.0 * counted.papers_with_code / NULLIF(counted.papers, 0), 1) END AS DOUBLE) AS percent
FROM counted
CROSS JOIN given
WHERE
    counted.papers >= COALESCE(CASE WHEN REGEXP_FULL_MATCH(given.at_least, '[0-9]{1,9}') THEN TRY_CAST(given.at_least AS INT) END, 2)
ORDER BY
    counted.papers DESC,
    counted.word NULLS FIRST
