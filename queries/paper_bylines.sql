-- title: Bylines of papers
-- group: People
-- description: One row per paper: its authors as one text, to build other queries on.
-- column title: Title of the paper.
-- column authors: Authors, in byline order; empty when none are stated.
-- column first_author: The first of them.
-- column last_author: The last of them; empty when there is only one.
-- column author_count: Number of places on the byline.
-- column paper_key: Key of the paper.
-- order: title COLLATE BINARY, paper_key COLLATE BINARY
SELECT
    papers.title,
    byline_of(papers.id) AS authors,
    (
        SELECT authors.name
        FROM authorships
        JOIN authors ON authors.id = authorships.author_id
        WHERE authorships.paper_id = papers.id AND authorships.position = 1
    ) AS first_author,
    (
        SELECT authors.name
        FROM authorships
        JOIN authors ON authors.id = authorships.author_id
        WHERE authorships.paper_id = papers.id AND authorships.position > 1
        ORDER BY authorships.position DESC
        LIMIT 1
    ) AS last_author,
    CAST((SELECT count(*) FROM authorships WHERE authorships.paper_id = papers.id) AS integer) AS author_count,
    papers.key AS paper_key
FROM papers
