-- title: Author index
-- group: People
-- description: One row per author, or moderator of a session, with what this database holds of theirs. Spelling alone
--   decides who is one author, so `evidence` and `caution` say how far to trust that.
-- column name: Name.
-- column variants: Spellings as printed, joined with ` · ` in the order of their bytes; null where all are the name.
-- column papers: Papers of theirs.
-- column papers_with_code: Of those, the ones with a repository of their own.
-- column sessions_moderated: Sessions they moderate.
-- column first_year: Year of the first edition that a paper of theirs belongs to.
-- column last_year: Year of the last one.
-- column evidence: What speaks for one person beside the name. `linked`: each paper shares another author, or the
--   affiliation printed of this one, with another of the papers. `partly linked`: some do; a session moderated never does.
--   `name alone`: none does. `one place`: there is one paper or session only, so nothing was joined.
-- column caution: Why this may be several people, the first that holds. `twice on a byline`: one paper names it twice.
--   `single word`: the name is one word. `initial`: it begins with an initial. `short name`: it has seven characters at
--   most, and names so short are common. `spellings`: it is printed in ways that differ by more than the case of A to Z,
--   as with accents lost, hyphens or the family name first. Null where none holds.
-- column author_key: Key of the author.
-- order: papers DESC, name COLLATE BINARY, author_key COLLATE BINARY
-- sort: name
SELECT
    authors.name,
    (
        SELECT
            CASE
                WHEN min(printed.raw_name) <> authors.name OR max(printed.raw_name) <> authors.name
                    THEN group_concat(printed.raw_name, ' · ' ORDER BY printed.raw_name COLLATE BINARY)
            END
        FROM (
            SELECT authorships.raw_name FROM authorships WHERE authorships.author_id = authors.id
            UNION
            SELECT session_moderators.raw_name
            FROM session_moderators
            WHERE session_moderators.author_id = authors.id
            ORDER BY 1
        ) AS printed
    ) AS variants,
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
    CASE
        WHEN (SELECT count(*) FROM authorships WHERE authorships.author_id = authors.id)
            + (SELECT count(*) FROM session_moderators WHERE session_moderators.author_id = authors.id) < 2
            THEN 'one place'
        ELSE (
            SELECT
                CASE
                    WHEN min(place.is_linked) = 1 THEN 'linked'
                    WHEN max(place.is_linked) = 1 THEN 'partly linked'
                    ELSE 'name alone'
                END
            FROM (
                SELECT shared.paper_id, max(shared.is_linked) AS is_linked
                FROM (
                    SELECT
                        mine.paper_id,
                        CASE
                            WHEN theirs.author_id = mine.author_id AND mine.affiliation IS NULL THEN 0
                            WHEN min(mine.paper_id) OVER same < max(mine.paper_id) OVER same THEN 1
                            ELSE 0
                        END AS is_linked
                    FROM authorships AS mine
                    JOIN authorships AS theirs ON theirs.paper_id = mine.paper_id
                    WHERE mine.author_id = authors.id
                    WINDOW same AS (
                        PARTITION BY
                            theirs.author_id,
                            CASE WHEN theirs.author_id = mine.author_id THEN mine.affiliation END
                    )
                ) AS shared
                GROUP BY shared.paper_id
                UNION ALL
                SELECT session_moderators.session_id, 0
                FROM session_moderators
                WHERE session_moderators.author_id = authors.id
            ) AS place
        )
    END AS evidence,
    CASE
        WHEN (
            SELECT count(*) > count(DISTINCT authorships.paper_id)
            FROM authorships
            WHERE authorships.author_id = authors.id
        ) THEN 'twice on a byline'
        WHEN instr(authors.name, ' ') = 0 THEN 'single word'
        WHEN instr(authors.name, ' ') = 2 OR instr(authors.name, '.') = 2 THEN 'initial'
        WHEN length(authors.name) <= 7 THEN 'short name'
        WHEN (
            SELECT min(lower(printed.raw_name)) <> max(lower(printed.raw_name))
            FROM (
                SELECT authorships.raw_name FROM authorships WHERE authorships.author_id = authors.id
                UNION ALL
                SELECT session_moderators.raw_name
                FROM session_moderators
                WHERE session_moderators.author_id = authors.id
            ) AS printed
        ) THEN 'spellings'
    END AS caution,
    authors.key AS author_key
FROM authors
