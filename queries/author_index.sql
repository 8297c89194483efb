-- title: Author index
-- description: One row per author, or moderator of a session, with what this database holds of theirs.
-- column name: Name.
-- column papers: Papers of theirs.
-- column papers_with_code: Of those, the ones with a repository of their own.
-- column sessions_moderated: Sessions they moderate.
-- column first_year: Year of the first edition that a paper of theirs belongs to.
-- column last_year: Year of the last one.
-- column author_key: Key of the author.
-- order: papers DESC, name COLLATE BINARY, author_key COLLATE BINARY
SELECT
    authors.name,
    CAST((
        SELECT count(DISTINCT authorships.paper_id) FROM authorships WHERE authorships.author_id = authors.id
    ) AS integer) AS papers,
    CAST((
        SELECT count(DISTINCT authorships.paper_id)
        FROM authorships
        JOIN repo_links ON repo_links.paper_id = authorships.paper_id
        WHERE authorships.author_id = authors.id AND repo_links.role = 'own'
    ) AS integer) AS papers_with_code,
    CAST((
        SELECT count(DISTINCT session_moderators.session_id)
        FROM session_moderators
        WHERE session_moderators.author_id = authors.id
    ) AS integer) AS sessions_moderated,
    CAST((
        SELECT min((SELECT min(shown.year) FROM (editions_of(authorships.paper_id)) AS shown))
        FROM authorships
        WHERE authorships.author_id = authors.id
    ) AS integer) AS first_year,
    CAST((
        SELECT max((SELECT max(shown.year) FROM (editions_of(authorships.paper_id)) AS shown))
        FROM authorships
        WHERE authorships.author_id = authors.id
    ) AS integer) AS last_year,
    authors.key AS author_key
FROM authors
