SELECT
    editions.slug AS edition,
    editions.name AS edition_name,
    slots.local_day,
    slots.local_start,
    slots.local_end,
    sessions.title AS session,
    slots.position,
    slots.kind,
    slots.title,
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
                authorships.paper_id = slots.paper_id
            ORDER BY
                authorships.position
        ) AS byline
    ) AS authors,
    COALESCE(slots.room, sessions.room) AS room,
    CAST(CASE
        WHEN EXISTS(
            SELECT
                1
            FROM repo_links
            WHERE
                repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
        )
        THEN 1
        ELSE 0
    END AS INTEGER) AS has_code,
    (
        SELECT
            MIN(repositories.url)
        FROM repo_links
        JOIN repositories
            ON repositories.id = repo_links.repository_id
        WHERE
            repo_links.paper_id = slots.paper_id AND repo_links.role = 'own'
    ) AS code_url,
    slots.poster_number,
    slots.award,
    sessions.track,
    slots.starts_at AS starts_at,
    slots.ends_at AS ends_at,
    slots.time_zone,
    papers.key AS paper_key,
    sessions.key AS session_key,
    documents.uri AS document,
    slots.line_start,
    slots.line_end
FROM slots
JOIN sessions
    ON sessions.id = slots.session_id
JOIN documents
    ON documents.id = slots.document_id
LEFT JOIN editions
    ON editions.id = sessions.edition_id
LEFT JOIN papers
    ON papers.id = slots.paper_id
