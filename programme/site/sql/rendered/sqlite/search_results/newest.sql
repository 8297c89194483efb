WITH ordered AS MATERIALIZED (
    SELECT
        id,
        COALESCE(starts_on, year || '-01-01') AS on_day
    FROM editions
    WHERE
        :any_edition OR id IN (
            SELECT
                value
            FROM JSON_EACH(:editions)
        )
    ORDER BY
        on_day DESC
), newest_listings AS MATERIALIZED (
    SELECT
        id,
        listed_on
    FROM listings
    WHERE
        listed_on IS NOT NULL
    ORDER BY
        listed_on DESC
), presented AS (
    SELECT DISTINCT
        paper_editions.paper_id AS id,
        ordered.on_day
    FROM ordered
    CROSS JOIN paper_editions
        ON paper_editions.edition_id = ordered.id
    WHERE
        (
            :kind = '' OR paper_editions.kind = :kind
        )
        AND (
            NOT :code
            OR EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = paper_editions.paper_id AND repo_links.role = 'own'
            )
        )
    LIMIT :most
), listed AS (
    SELECT DISTINCT
        listing_entries.paper_id AS id,
        newest_listings.listed_on AS on_day
    FROM newest_listings
    CROSS JOIN listing_entries
        ON listing_entries.listing_id = newest_listings.id
    WHERE
        :any_edition
        AND (
            NOT :code
            OR EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = listing_entries.paper_id AND repo_links.role = 'own'
            )
        )
        AND (
            :kind = ''
            OR (
                EXISTS(
                    SELECT
                        1
                    FROM paper_editions
                    WHERE
                        paper_editions.paper_id = listing_entries.paper_id
                        AND (
                            :any_edition OR paper_editions.edition_id IN (
                                SELECT
                                    value
                                FROM JSON_EACH(:editions)
                            )
                        )
                        AND (
                            :kind = '' OR paper_editions.kind = :kind
                        )
                )
                OR (
                    :any_edition
                    AND EXISTS(
                        SELECT
                            1
                        FROM slots
                        JOIN sessions
                            ON sessions.id = slots.session_id
                        WHERE
                            slots.paper_id = listing_entries.paper_id AND slots.kind = :kind AND sessions.edition_id IS NULL
                    )
                )
            )
        )
    LIMIT :most
), undated AS (
    SELECT
        papers.id,
        '' AS on_day
    FROM papers
    WHERE
        :any_edition
        AND (
            NOT :code
            OR EXISTS(
                SELECT
                    1
                FROM repo_links
                WHERE
                    repo_links.paper_id = papers.id AND repo_links.role = 'own'
            )
        )
        AND (
            :kind = ''
            OR (
                EXISTS(
                    SELECT
                        1
                    FROM paper_editions
                    WHERE
                        paper_editions.paper_id = papers.id
                        AND (
                            :any_edition OR paper_editions.edition_id IN (
                                SELECT
                                    value
                                FROM JSON_EACH(:editions)
                            )
                        )
                        AND (
                            :kind = '' OR paper_editions.kind = :kind
                        )
                )
                OR (
                    :any_edition
                    AND EXISTS(
                        SELECT
                            1
                        FROM slots
                        JOIN sessions
                            ON sessions.id = slots.session_id
                        WHERE
                            slots.paper_id = papers.id AND slots.kind = :kind AND sessions.edition_id IS NULL
                    )
                )
            )
        )
    ORDER BY
        papers.id DESC
    LIMIT :most
)
SELECT
    id
FROM (
    SELECT
        *
    FROM presented
    UNION ALL
    SELECT
        *
    FROM listed
    UNION ALL
    SELECT
        *
    FROM undated
)
GROUP BY
    id
ORDER BY
    MAX(on_day) DESC,
    id DESC
LIMIT :most
