WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(rule AS TEXT), '')) AS rule
), unmentioned AS MATERIALIZED (
    SELECT
        papers.id AS paper_id
    FROM papers
    WHERE
        (
            SELECT
                COUNT(*)
            FROM papers
        ) > (
            SELECT
                COUNT(DISTINCT paper_sources.paper_id)
            FROM paper_sources
        )
        AND NOT EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.paper_id = papers.id
        )
), flawed AS MATERIALIZED (
    SELECT
        papers.id AS paper_id,
        papers.abstract IS NULL AS lacks_abstract,
        TRIM(papers.title) = '' AS lacks_title
    FROM papers
    WHERE
        papers.abstract IS NULL OR TRIM(papers.title) = ''
), without_abstract AS (
    SELECT
        unmentioned.paper_id
    FROM unmentioned
    UNION ALL
    SELECT
        paper_sources.paper_id
    FROM paper_sources
    GROUP BY
        paper_sources.paper_id
    HAVING
        MAX(CASE WHEN paper_sources.has_abstract THEN 1 ELSE 0 END) = 0
), places AS (
    SELECT
        authorships.paper_id,
        COUNT(*) AS number,
        MIN(authorships.position) AS first_position,
        MAX(authorships.position) AS last_position
    FROM authorships
    GROUP BY
        authorships.paper_id
    HAVING
        MIN(authorships.position) <> 1 OR MAX(authorships.position) <> COUNT(*)
), found(paper_id, rule, detail) AS (
    SELECT
        unmentioned.paper_id,
        'a document mentions it',
        'none does'
    FROM unmentioned
    UNION ALL
    SELECT
        flawed.paper_id,
        'it has a title',
        'it has none'
    FROM flawed
    WHERE
        flawed.lacks_title
    UNION ALL
    SELECT
        papers.id,
        'its abstract is stated by a document',
        'none states one'
    FROM without_abstract
    CROSS JOIN papers
    WHERE
        papers.id = without_abstract.paper_id AND papers.abstract IS NOT NULL
    UNION ALL
    SELECT
        flawed.paper_id,
        'an abstract stated by a document is shown',
        'none is shown'
    FROM flawed
    WHERE
        flawed.lacks_abstract
        AND EXISTS(
            SELECT
                1
            FROM paper_sources
            WHERE
                paper_sources.paper_id = flawed.paper_id AND paper_sources.has_abstract
        )
    UNION ALL
    SELECT
        places.paper_id,
        'the positions of its authors have no gaps',
        places.number || ' authors from ' || places.first_position || ' to ' || places.last_position
    FROM places
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
    found.rule NULLS FIRST,
    papers.title NULLS FIRST,
    papers.key NULLS FIRST
