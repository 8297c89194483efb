SELECT
    authors.name,
    (
        SELECT
            CASE
                WHEN MIN(printed.raw_name) <> authors.name OR MAX(printed.raw_name) <> authors.name
                THEN STRING_AGG(printed.raw_name, ' · ' ORDER BY printed.raw_name COLLATE "C" NULLS FIRST)
            END
        FROM (
            SELECT
                authorships.raw_name
            FROM authorships
            WHERE
                authorships.author_id = authors.id
            UNION
            SELECT
                session_moderators.raw_name
            FROM session_moderators
            WHERE
                session_moderators.author_id = authors.id
            ORDER BY
                1 NULLS FIRST
        ) AS printed
    ) AS variants,
    CAST((
        SELECT
            COUNT(DISTINCT authorships.paper_id)
        FROM authorships
        WHERE
            authorships.author_id = authors.id
    ) AS INT) AS papers,
    CAST((
        SELECT
            COUNT(DISTINCT authorships.paper_id)
        FROM authorships
        JOIN repo_links
            ON repo_links.paper_id = authorships.paper_id
        WHERE
            authorships.author_id = authors.id AND repo_links.role = 'own'
    ) AS INT) AS papers_with_code,
    CAST((
        SELECT
            COUNT(DISTINCT session_moderators.session_id)
        FROM session_moderators
        WHERE
            session_moderators.author_id = authors.id
    ) AS INT) AS sessions_moderated,
    CAST((
        SELECT
            MIN(
                CAST((
                    SELECT
                        MIN(editions.year)
                    FROM paper_editions
                    JOIN editions
                        ON editions.id = paper_editions.edition_id
                    WHERE
                        paper_editions.paper_id = authorships.paper_id
                ) AS INT)
            )
        FROM authorships
        WHERE
            authorships.author_id = authors.id
    ) AS INT) AS first_year,
    CAST((
        SELECT
            MAX(
                CAST((
                    SELECT
                        MAX(editions.year)
                    FROM paper_editions
                    JOIN editions
                        ON editions.id = paper_editions.edition_id
                    WHERE
                        paper_editions.paper_id = authorships.paper_id
                ) AS INT)
            )
        FROM authorships
        WHERE
            authorships.author_id = authors.id
    ) AS INT) AS last_year,
    CASE
        WHEN (
            SELECT
                COUNT(*)
            FROM authorships
            WHERE
                authorships.author_id = authors.id
        ) + (
            SELECT
                COUNT(*)
            FROM session_moderators
            WHERE
                session_moderators.author_id = authors.id
        ) < 2
        THEN 'one place'
        ELSE (
            SELECT
                CASE
                    WHEN MIN(place.is_linked) = 1
                    THEN 'linked'
                    WHEN MAX(place.is_linked) = 1
                    THEN 'partly linked'
                    ELSE 'name alone'
                END
            FROM (
                SELECT
                    shared.paper_id,
                    MAX(shared.is_linked) AS is_linked
                FROM (
                    SELECT
                        mine.paper_id,
                        CASE
                            WHEN theirs.author_id = mine.author_id AND mine.affiliation IS NULL
                            THEN 0
                            WHEN MIN(mine.paper_id) OVER same < MAX(mine.paper_id) OVER same
                            THEN 1
                            ELSE 0
                        END AS is_linked
                    FROM authorships AS mine
                    JOIN authorships AS theirs
                        ON theirs.paper_id = mine.paper_id
                    WHERE
                        mine.author_id = authors.id
                    WINDOW same AS (PARTITION BY theirs.author_id, CASE WHEN theirs.author_id = mine.author_id THEN mine.affiliation END)
                ) AS shared
                GROUP BY
                    shared.paper_id
                UNION ALL
                SELECT
                    session_moderators.session_id,
                    0
                FROM session_moderators
                WHERE
                    session_moderators.author_id = authors.id
            ) AS place
        )
    END AS evidence,
    CASE
        WHEN (
            SELECT
                COUNT(*) > COUNT(DISTINCT authorships.paper_id)
            FROM authorships
            WHERE
                authorships.author_id = authors.id
        )
        THEN 'twice on a byline'
        WHEN POSITION(' ' IN authors.name) = 0
        THEN 'single word'
        WHEN POSITION(' ' IN authors.name) = 2 OR POSITION('.' IN authors.name) = 2
        THEN 'initial'
        WHEN LENGTH(authors.name) <= 7
        THEN 'short name'
        WHEN (
            SELECT
                MIN(LOWER(printed.raw_name COLLATE "C")) <> MAX(LOWER(printed.raw_name COLLATE "C"))
            FROM (
                SELECT
                    authorships.raw_name
                FROM authorships
                WHERE
                    authorships.author_id = authors.id
                UNION ALL
                SELECT
                    session_moderators.raw_name
                FROM session_moderators
                WHERE
                    session_moderators.author_id = authors.id
            ) AS printed
        )
        THEN 'spellings'
    END AS caution,
    authors.key AS author_key
FROM authors
