WITH given AS (
    SELECT
        TRIM(COALESCE(:author, '')) AS author
), selected AS (
    SELECT
        named.author_id AS id
    FROM (
        SELECT
            authors.id AS author_id
        FROM authors
        WHERE
            authors.key = TRIM(COALESCE(:author, ''))
        UNION
        SELECT
            authors.id
        FROM (
            SELECT
                PLAIN_NAME(COALESCE(:author, '')) AS name
            UNION
            SELECT
                PLAIN_NAME(
                    (
                        SUBSTR(COALESCE(:author, ''), INSTR(COALESCE(:author, '') || ',', ',') + 1) || ' ' || SUBSTR(COALESCE(:author, ''), 1, INSTR(COALESCE(:author, '') || ',', ',') - 1)
                    )
                )
        ) AS wanted
        CROSS JOIN authors
        WHERE
            wanted.name <> ''
            AND INSTR(authors.plain_name, wanted.name) > 0
            AND INSTR(' ' || authors.plain_name || ' ', ' ' || wanted.name || ' ') > 0
    ) AS named
    UNION ALL
    SELECT
        earliest.id
    FROM given
    CROSS JOIN (
        SELECT
            authors.id
        FROM authors
        ORDER BY
            authors.name,
            authors.key
        LIMIT 1
    ) AS earliest
    WHERE
        given.author = ''
), places AS (
    SELECT
        authorships.author_id,
        authorships.paper_id,
        MIN(authorships.position) AS position
    FROM selected
    JOIN authorships
        ON authorships.author_id = selected.id
    GROUP BY
        authorships.author_id,
        authorships.paper_id
), partners AS (
    SELECT
        places.author_id,
        theirs.author_id AS other_id
    FROM places
    JOIN authorships AS theirs
        ON theirs.paper_id = places.paper_id
    WHERE
        theirs.author_id <> places.author_id
    GROUP BY
        places.author_id,
        theirs.author_id
    HAVING
        COUNT(DISTINCT places.paper_id) > 1
), dated AS (
    SELECT
        places.author_id,
        places.paper_id,
        places.position,
        CAST((
            SELECT
                MAX(editions.year)
            FROM paper_editions
            JOIN editions
                ON editions.id = paper_editions.edition_id
            WHERE
                paper_editions.paper_id = places.paper_id
        ) AS INTEGER) AS year
    FROM places
)
SELECT
    authors.name AS author,
    papers.title,
    dated.position,
    place.raw_name AS printed,
    place.affiliation,
    (
        SELECT
            GROUP_CONCAT(byline.name, ' · ')
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
                authorships.position
        ) AS byline
    ) AS authors,
    (
        SELECT
            GROUP_CONCAT(beside.name, ' · ')
        FROM (
            SELECT
                other.name,
                other.key
            FROM authors AS other
            WHERE
                other.id IN (
                    SELECT
                        here.author_id
                    FROM authorships AS here
                    WHERE
                        here.paper_id = papers.id
                )
                AND other.id <> authors.id
                AND (authors.id, other.id) IN (
                    SELECT
                        partners.author_id,
                        partners.other_id
                    FROM partners
                )
            ORDER BY
                other.key
        ) AS beside
    ) AS shared_authors,
    dated.year,
    (
        SELECT
            GROUP_CONCAT(belongs.slug, ', ')
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
                3,
                1
        ) AS belongs
    ) AS editions,
    (
        SELECT
            GROUP_CONCAT(belongs.name, ', ')
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
                3,
                1
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
    papers.key AS paper_key,
    authors.key AS author_key
FROM dated
JOIN authors
    ON authors.id = dated.author_id
JOIN papers
    ON papers.id = dated.paper_id
JOIN authorships AS place
    ON place.paper_id = dated.paper_id AND place.position = dated.position
ORDER BY
    authors.name,
    authors.key,
    dated.year DESC,
    papers.title,
    papers.key
