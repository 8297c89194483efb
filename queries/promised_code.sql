-- title: Promised code
-- description: One row per paper whose abstract promises code but which states no repository.
-- column title: Title of the paper.
-- column authors: Authors, in the order of the byline.
-- column promise: The abstract around the promise.
-- column phrase: The words that promise it.
-- column link: A link of the paper that may lead to it: a project page before any other.
-- column editions: Editions it was presented at.
-- column year: Year of the first of them.
-- column paper_key: Key of the paper.
-- order: year DESC NULLS LAST, title COLLATE BINARY, paper_key COLLATE BINARY
-- facets: year, phrase
WITH phrases (phrase) AS (
    VALUES
    ('code is available'), ('code is publicly'), ('code is released'), ('code is open'), ('code is provided'),
    ('code are available'), ('code are publicly'), ('code are released'), ('code available at'), ('code can be found'),
    ('code has been released'), ('code has been made'), ('code will be'), ('code and models will be'),
    ('code and data will be'), ('code and dataset will be'), ('code and models are'), ('code and data are'),
    ('release our code'), ('release the code'), ('release code'), ('release all code'), ('releasing our code'),
    ('make our code'), ('make the code'), ('open-source our code'), ('open-source the code')
),

candidates AS (
    -- Being DISTINCT, it is worked out once per paper in SQLite, and not once per phrase.
    SELECT DISTINCT
        papers.id,
        substr(
            lower(papers.abstract),
            CASE WHEN instr(lower(papers.abstract), 'code') > 20
                THEN instr(lower(papers.abstract), 'code') - 20
                ELSE 1
            END
        ) AS passage
    FROM papers
    WHERE instr(lower(papers.abstract), 'code') > 0
        AND NOT EXISTS (SELECT 1 FROM repo_links WHERE repo_links.paper_id = papers.id)
),

promising AS (
    SELECT
        candidates.id,
        (
            SELECT found.phrase
            FROM (
                SELECT phrases.phrase, instr(candidates.passage, phrases.phrase) AS place
                FROM phrases
            ) AS found
            WHERE found.place > 0
            ORDER BY found.place, found.phrase COLLATE BINARY
            LIMIT 1
        ) AS phrase
    FROM candidates
),

promised AS (
    SELECT promising.id, promising.phrase, instr(lower(papers.abstract), promising.phrase) AS place
    FROM promising
    JOIN papers ON papers.id = promising.id
    WHERE promising.phrase IS NOT NULL
),

passages AS (
    SELECT
        promised.id,
        promised.phrase,
        promised.place,
        substr(papers.abstract, CASE WHEN promised.place > 81 THEN promised.place - 80 ELSE 1 END, 240) AS passage
    FROM promised
    JOIN papers ON papers.id = promised.id
)

SELECT
    papers.title,
    (
        SELECT group_concat(byline.name, ' · ' ORDER BY byline.position)
        FROM (
            SELECT authors.name, authorships.position
            FROM authorships
            JOIN authors ON authors.id = authorships.author_id
            WHERE authorships.paper_id = papers.id
            ORDER BY authorships.position
        ) AS byline
    ) AS authors,
    CASE WHEN passages.place > 81
        THEN '… ' || substr(passages.passage, instr(passages.passage, ' ') + 1)
        ELSE passages.passage
    END
    || CASE WHEN length(papers.abstract) > CASE WHEN passages.place > 81 THEN passages.place + 159 ELSE 240 END
        THEN ' …' ELSE '' END AS promise,
    passages.phrase,
    (
        SELECT paper_links.url
        FROM paper_links
        WHERE paper_links.paper_id = papers.id
        ORDER BY CASE paper_links.kind WHEN 'project_page' THEN 0 ELSE 1 END, paper_links.url COLLATE BINARY
        LIMIT 1
    ) AS link,
    (
        SELECT group_concat(shown.name, ', ' ORDER BY shown.year, shown.slug COLLATE BINARY)
        FROM (
            SELECT DISTINCT editions.name, editions.year, editions.slug
            FROM slots
            JOIN sessions ON sessions.id = slots.session_id
            JOIN editions ON editions.id = sessions.edition_id
            WHERE slots.paper_id = papers.id
            ORDER BY editions.year, editions.slug
        ) AS shown
    ) AS editions,
    (
        SELECT min(editions.year)
        FROM slots
        JOIN sessions ON sessions.id = slots.session_id
        JOIN editions ON editions.id = sessions.edition_id
        WHERE slots.paper_id = papers.id
    ) AS year,
    papers.key AS paper_key
FROM passages
JOIN papers ON papers.id = passages.id
