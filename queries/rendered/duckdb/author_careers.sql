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
), edition_authors AS (
    SELECT
        authorships.author_id,
        COUNT(DISTINCT found.paper_id) AS papers
    FROM (
        SELECT DISTINCT
            paper_editions.edition_id,
            paper_editions.paper_id
        FROM selected
        JOIN paper_editions
            ON paper_editions.edition_id = selected.id
    ) AS found
    CROSS JOIN authorships
    WHERE
        authorships.paper_id = found.paper_id
    GROUP BY
        authorships.author_id
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
), candidates AS (
    SELECT
        edition_authors.author_id,
        edition_authors.papers
    FROM given
    CROSS JOIN edition_authors
    WHERE
        given.author = ''
    UNION ALL
    SELECT
        named.author_id,
        COALESCE(edition_authors.papers, 0)
    FROM given
    CROSS JOIN named
    LEFT JOIN edition_authors
        ON edition_authors.author_id = named.author_id
    WHERE
        given.edition = '' OR edition_authors.author_id IS NOT NULL
), chosen AS (
    SELECT
        candidates.author_id
    FROM candidates
    JOIN authors
        ON authors.id = candidates.author_id
    ORDER BY
        candidates.papers DESC,
        authors.name NULLS FIRST,
        authors.key NULLS FIRST
    LIMIT 1000
), ordered AS (
    SELECT
        editions.id,
        ROW_NUMBER() OVER (ORDER BY editions.year NULLS FIRST, CAST(editions.starts_on AS TEXT), editions.slug NULLS FIRST) AS number
    FROM editions
), appearances AS (
    SELECT
        authorships.author_id,
        authorships.paper_id,
        paper_editions.edition_id
    FROM chosen
    JOIN authorships
        ON authorships.author_id = chosen.author_id
    JOIN paper_editions
        ON paper_editions.paper_id = authorships.paper_id
), numbered AS (
    SELECT
        appearances.author_id,
        appearances.paper_id,
        ordered.number
    FROM appearances
    JOIN ordered
        ON ordered.id = appearances.edition_id
), spans AS (
    SELECT
        numbered.author_id,
        MIN(numbered.number) AS first_number,
        MAX(numbered.number) AS last_number,
        COUNT(DISTINCT numbered.number) AS editions
    FROM numbered
    GROUP BY
        numbered.author_id
), titles AS (
    SELECT
        numbered.author_id,
        MIN(CASE WHEN numbered.number = spans.first_number THEN papers.title END) AS first_title,
        MIN(CASE WHEN numbered.number = spans.last_number THEN papers.title END) AS last_title
    FROM spans
    CROSS JOIN numbered
    CROSS JOIN papers
    WHERE
        numbered.author_id = spans.author_id
        AND numbered.number IN (spans.first_number, spans.last_number)
        AND papers.id = numbered.paper_id
    GROUP BY
        numbered.author_id
)
SELECT
    authors.name AS author,
    earliest.year AS first_year,
    earliest.slug AS first_edition,
    earliest.name AS first_edition_name,
    titles.first_title,
    latest.year AS last_year,
    latest.slug AS last_edition,
    latest.name AS last_edition_name,
    titles.last_title,
    COALESCE(spans.editions, 0) AS editions,
    (
        SELECT
            COUNT(DISTINCT authorships.paper_id)
        FROM authorships
        WHERE
            authorships.author_id = chosen.author_id
    ) AS papers,
    authors.key AS author_key
FROM chosen
JOIN authors
    ON authors.id = chosen.author_id
LEFT JOIN spans
    ON spans.author_id = chosen.author_id
LEFT JOIN titles
    ON titles.author_id = chosen.author_id
LEFT JOIN ordered AS first_place
    ON first_place.number = spans.first_number
LEFT JOIN ordered AS last_place
    ON last_place.number = spans.last_number
LEFT JOIN editions AS earliest
    ON earliest.id = first_place.id
LEFT JOIN editions AS latest
    ON latest.id = last_place.id
ORDER BY
    authors.name NULLS FIRST,
    authors.key NULLS FIRST
