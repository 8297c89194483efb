WITH given AS (
    SELECT
        TRIM(COALESCE(:rule, '')) AS rule
), places AS (
    SELECT
        authorships.paper_id,
        COUNT(*) AS number,
        MIN(authorships.position) AS first_position,
        MAX(authorships.position) AS last_position
    FROM authorships
    GROUP BY
        authorships.paper_id
), found(paper_id, rule, detail) AS (
    SELECT
        papers.id,
        'a document mentions it',
        'none does'
    FROM papers
    WHERE
        NOT EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.paper_id = papers.id
        )
    UNION ALL
    SELECT
        papers.id,
        'it has a title',
        'it has none'
    FROM papers
    WHERE
        TRIM(papers.title) = ''
    UNION ALL
    SELECT
        papers.id,
        'its abstract is stated by a document',
        'none states one'
    FROM papers
    WHERE
        papers.abstract IS NOT NULL
        AND NOT EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.paper_id = papers.id AND paper_sources.has_abstract
        )
    UNION ALL
    SELECT
        papers.id,
        'an abstract stated by a document is shown',
        'none is shown'
    FROM papers
    WHERE
        papers.abstract IS NULL
        AND EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.paper_id = papers.id AND paper_sources.has_abstract
        )
    UNION ALL
    SELECT
        places.paper_id,
        'the positions of its authors have no gaps',
        places.number || ' authors from ' || places.first_position || ' to ' || places.last_position
    FROM places
    WHERE
        places.first_position <> 1 OR places.last_position <> places.number
)
SELECT
    found.rule,
    papers.title,
    found.detail,
    papers.key AS paper_key
FROM found
CROSS JOIN given
JOIN papers
    ON papers.id = found.paper_id
WHERE
    given.rule = '' OR given.rule = found.rule
ORDER BY
    found.rule,
    papers.title,
    papers.key
