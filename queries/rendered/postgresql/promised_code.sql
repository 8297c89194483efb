WITH endings AS (
    SELECT
        papers.id,
        SUBSTRING(papers.abstract FROM CASE WHEN LENGTH(papers.abstract) > 330 THEN LENGTH(papers.abstract) - 329 ELSE 1 END) AS ending
    FROM papers
), lowered AS (
    SELECT
        endings.id,
        LOWER(endings.ending COLLATE "C") AS ending
    FROM endings
), spaced AS (
    SELECT
        lowered.id,
        ' ' || REPLACE(REPLACE(REPLACE(REPLACE(lowered.ending, '
', ' '), '-', ' '), '(', ' '), '/', ' ') AS ending
    FROM lowered
    WHERE
        POSITION('code' IN lowered.ending) > 0 OR POSITION('implementation' IN lowered.ending) > 0
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
            WHEN POSITION('availab' IN coded.ending) > 0 OR POSITION('accessib' IN coded.ending) > 0
            THEN 'available'
            WHEN POSITION('releas' IN coded.ending) > 0
            THEN 'released'
            WHEN POSITION('open sourc' IN coded.ending) > 0
            THEN 'open source'
            WHEN POSITION('public' IN coded.ending) > 0
            THEN 'public'
            WHEN POSITION('can be found' IN coded.ending) > 0
            THEN 'found'
            WHEN POSITION('provided' IN coded.ending) > 0 OR POSITION('supplement' IN coded.ending) > 0
            THEN 'provided'
        END AS word
    FROM coded
    WHERE
        (
            POSITION(' code' IN coded.ending) > 0
            OR POSITION('implementation is available' IN coded.ending) > 0
            OR POSITION('implementation is publicly available' IN coded.ending) > 0
            OR POSITION('implementation will be' IN coded.ending) > 0
            OR POSITION('open source our implementation' IN coded.ending) > 0
            OR POSITION('release our implementation' IN coded.ending) > 0
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
    CASE
        WHEN LENGTH(papers.abstract) > 330
        THEN '… ' || SUBSTRING(endings.ending FROM POSITION(' ' IN endings.ending) + 1)
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
            paper_links.url COLLATE "C" NULLS FIRST
        LIMIT 1
    ) AS link,
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
