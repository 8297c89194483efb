-- title: Author index
-- group: People
-- description: One row per author or session moderator: everything this database knows of them. Authors are
--   distinguished by the spelling of their names alone; `evidence` and `caution` say how far to trust that.
-- column name: Name of the author.
-- column variants: Spellings as printed, separated by ` · ` and in byte order; null if all are the same as the name.
-- column papers: Number of their papers.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column sessions_moderated: Number of sessions they moderate.
-- column first_year: Year of the first edition that one of their papers belongs to.
-- column last_year: Year of the latest such edition.
-- column evidence: Evidence, beside the name, that this is one person. `linked`: every paper shares a coauthor, or
--   this author's affiliation, with another of the papers. `partly linked`: only some do; moderated sessions never
--   do. `name alone`: none does. `one place`: there is only one paper or session, so nothing had to be merged.
-- column caution: Reason why this may be several people; the first that applies. `twice on a byline`: one paper names
--   the author twice. `single word`: the name is one word. `initial`: it starts with an initial. `short name`: it has
--   at most seven characters, and such names are common. `spellings`: the printed spellings differ by more than upper
--   and lower case, for instance in accents, hyphens or the order of names. Null if none applies.
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
        SELECT min(first_year_of(authorships.paper_id))
        FROM authorships
        WHERE authorships.author_id = authors.id
    ) AS integer) AS first_year,
    CAST((
        SELECT max(last_year_of(authorships.paper_id))
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
                        -- Two papers are linked when someone stands on both: a coauthor, or this author with the
                        -- same affiliation. The window holds the papers of one such person; that there are two of
                        -- them shows in its lowest and highest id.
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
