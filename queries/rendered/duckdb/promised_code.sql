WITH endings AS (
    SELECT
        papers.id,
        SUBSTRING(papers.abstract, CASE WHEN LENGTH(papers.abstract) > 330 THEN LENGTH(papers.abstract) - 329 ELSE 1 END) AS ending
    FROM papers
), lowered AS (
    SELECT
        endings.id,
        TRANSLATE(endings.ending, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS ending
    FROM endings
), spaced AS (
    SELECT
        lowered.id,
        ' ' || REPLACE(REPLACE(REPLACE(REPLACE(lowered.ending, '
', ' '), '-', ' '), '(', ' '), '/', ' ') AS ending
    FROM lowered
    WHERE
        STRPOS(lowered.ending, 'code') > 0 OR STRPOS(lowered.ending, 'implementation') > 0
), coded AS MATERIALIZED (
    SELECT
        spaced.id,
        REPLACE(
            REPLACE(REPLACE(REPLACE(spaced.ending, ' codebook', ''), ' codec', ''), ' code generation', ''),
            ' code switch',
            ''
        ) AS ending
    FROM spaced
), promises AS (
    SELECT
        coded.id,
        CASE
            WHEN STRPOS(coded.ending, 'availab') > 0 OR STRPOS(coded.ending, 'accessib') > 0
            THEN 'available'
            WHEN STRPOS(coded.ending, 'releas') > 0
            THEN 'released'
            WHEN STRPOS(coded.ending, 'open sourc') > 0
            THEN 'open source'
            WHEN STRPOS(coded.ending, 'public') > 0
            THEN 'public'
            WHEN STRPOS(coded.ending, 'can be found') > 0
            THEN 'found'
            WHEN STRPOS(coded.ending, 'provided') > 0 OR STRPOS(coded.ending, 'supplement') > 0
            THEN 'provided'
        END AS word
    FROM coded
    WHERE
        (
            STRPOS(coded.ending, ' code') > 0
            OR STRPOS(coded.ending, 'implementation is available') > 0
            OR STRPOS(coded.ending, 'implementation is publicly available') > 0
            OR STRPOS(coded.ending, 'implementation will be') > 0
            OR STRPOS(coded.ending, 'open source our implementation') > 0
            OR STRPOS(coded.ending, 'release our implementation') > 0
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = coded.id AND repo_links.role = 'own'
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM paper_links
            WHERE
                paper_links.paper_id = coded.id AND paper_links.field = 'abstract' AND paper_links.kind <> 'video'
        )
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
    CASE
        WHEN LENGTH(papers.abstract) > 330
        THEN '… ' || SUBSTRING(endings.ending, STRPOS(endings.ending, ' ') + 1)
        ELSE papers.abstract
    END AS promise,
    promises.word,
    (
        SELECT
            paper_links.url
        FROM paper_links
        WHERE
            paper_links.paper_id = papers.id
        ORDER BY
            CASE paper_links.kind WHEN 'project_page' THEN 0 ELSE 1 END NULLS FIRST,
            paper_links.url NULLS FIRST
        LIMIT 1
    ) AS link,
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
    CAST((
        SELECT
            MIN(editions.year)
        FROM paper_editions
        JOIN editions
            ON editions.id = paper_editions.edition_id
        WHERE
            paper_editions.paper_id = papers.id
    ) AS INT) AS year,
    papers.key AS paper_key
FROM promises
JOIN endings
    ON endings.id = promises.id
JOIN papers
    ON papers.id = promises.id
WHERE
    promises.word IS NOT NULL
