WITH given AS (
    SELECT
        TRIM(COALESCE(CAST(author AS TEXT), '')) AS author,
        TRIM(COALESCE(CAST(edition AS TEXT), '')) AS edition
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
), named AS (
    SELECT
        author_id
    FROM (
        SELECT
            authors.id AS author_id
        FROM authors
        WHERE
            authors.key = TRIM(COALESCE(CAST(author AS TEXT), ''))
        UNION
        SELECT
            authors.id
        FROM (
            SELECT
                PLAIN_NAME(COALESCE(CAST(author AS TEXT), '')) AS name
            UNION
            SELECT
                PLAIN_NAME(
                    (
                        SUBSTRING(COALESCE(CAST(author AS TEXT), ''), STRPOS(COALESCE(CAST(author AS TEXT), '') || ',', ',') + 1) || ' ' || SUBSTRING(COALESCE(CAST(author AS TEXT), ''), 1, STRPOS(COALESCE(CAST(author AS TEXT), '') || ',', ',') - 1)
                    )
                )
        ) AS wanted
        CROSS JOIN authors
        WHERE
            wanted.name <> ''
            AND STRPOS(authors.plain_name, wanted.name) > 0
            AND STRPOS(' ' || authors.plain_name || ' ', ' ' || wanted.name || ' ') > 0
    ) AS found
), edition_papers AS (
    SELECT
        found.paper_id
    FROM given
    CROSS JOIN (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
    WHERE
        given.author = '' OR given.edition <> ''
), author_papers AS (
    SELECT DISTINCT
        authorships.paper_id
    FROM named
    CROSS JOIN authorships
    WHERE
        authorships.author_id = named.author_id
), chosen AS (
    SELECT
        edition_papers.paper_id
    FROM given
    CROSS JOIN edition_papers
    WHERE
        given.author = ''
        OR edition_papers.paper_id IN (
            SELECT
                author_papers.paper_id
            FROM author_papers
        )
    UNION ALL
    SELECT
        author_papers.paper_id
    FROM given
    CROSS JOIN author_papers
    WHERE
        given.edition = ''
), pairs AS (
    SELECT DISTINCT
        chosen.paper_id,
        one.author_id,
        other.author_id AS other_id
    FROM chosen
    CROSS JOIN given
    CROSS JOIN authorships AS one
    CROSS JOIN authorships AS other
    WHERE
        one.paper_id = chosen.paper_id
        AND other.paper_id = chosen.paper_id
        AND one.author_id < other.author_id
        AND (
            given.author = ''
            OR one.author_id IN (
                SELECT
                    named.author_id
                FROM named
            )
            OR other.author_id IN (
                SELECT
                    named.author_id
                FROM named
            )
        )
), counted AS (
    SELECT
        pairs.author_id,
        pairs.other_id,
        COUNT(*) AS papers,
        MIN(papers.title) AS title
    FROM pairs
    JOIN papers
        ON papers.id = pairs.paper_id
    GROUP BY
        pairs.author_id,
        pairs.other_id
), edges AS (
    SELECT
        counted.papers,
        counted.title,
        CASE WHEN one.key < other.key THEN one.id ELSE other.id END AS author_id,
        CASE WHEN one.key < other.key THEN other.id ELSE one.id END AS coauthor_id
    FROM counted
    JOIN authors AS one
        ON one.id = counted.author_id
    JOIN authors AS other
        ON other.id = counted.other_id
)
SELECT
    authors.name AS author,
    coauthors.name AS coauthor,
    edges.papers,
    edges.title,
    authors.key AS author_key,
    coauthors.key AS coauthor_key
FROM edges
JOIN authors
    ON authors.id = edges.author_id
JOIN authors AS coauthors
    ON coauthors.id = edges.coauthor_id
ORDER BY
    edges.papers DESC,
    authors.name NULLS FIRST,
    coauthors.name NULLS FIRST,
    authors.key NULLS FIRST,
    coauthors.key NULLS FIRST
