-- title: Papers of an author
-- group: People
-- description: One row per author and paper with the author on its byline.
-- param author: Key of the author, or whole words of the name, in any case, with or without accents (default: the first
--   author by name).
-- example author: Delphine Arkwright
-- column author: Name of the author.
-- column title: Title of the paper.
-- column position: Position on the byline, from 1.
-- column printed: Name as printed on that byline.
-- column affiliation: Affiliation as printed there.
-- column authors: All authors, in byline order.
-- column shared_authors: Coauthors who share another paper with this author too, ordered by key: evidence, beside the
--   name, that this is one person.
-- column year: Year of the latest edition it belongs to.
-- column editions: Editions it belongs to, such as `icml-2022`, the oldest first.
-- column edition_names: Their names, such as `ICML 2022`.
-- column code_url: URL of the paper's own repository; the alphabetically first if there are several.
-- column paper_key: Key of the paper.
-- column author_key: Key of the author.
WITH given AS (
    SELECT trim(coalesce(:author, '')) AS author
),

selected AS (
    SELECT named.author_id AS id
    FROM authors_named(:author) AS named
    UNION ALL
    SELECT earliest.id
    FROM given
    CROSS JOIN (
        SELECT authors.id FROM authors ORDER BY authors.name COLLATE BINARY, authors.key COLLATE BINARY LIMIT 1
    ) AS earliest
    WHERE given.author = ''
),

places AS (
    SELECT authorships.author_id, authorships.paper_id, min(authorships.position) AS position
    FROM selected
    JOIN authorships ON authorships.author_id = selected.id
    GROUP BY authorships.author_id, authorships.paper_id
),

-- Made once: to look for a second common paper at each paper took a time that is quadratic in their number.
partners AS (
    SELECT places.author_id, theirs.author_id AS other_id
    FROM places
    JOIN authorships AS theirs ON theirs.paper_id = places.paper_id
    WHERE theirs.author_id <> places.author_id
    GROUP BY places.author_id, theirs.author_id
    HAVING count(DISTINCT places.paper_id) > 1
),
dated AS (
    SELECT
        places.author_id,
        places.paper_id,
        places.position,
        last_year_of(places.paper_id) AS year
    FROM places
)

SELECT
    authors.name AS author,
    papers.title,
    dated.position,
    place.raw_name AS printed,
    place.affiliation,
    byline_of(papers.id) AS authors,
    (
        SELECT group_concat(beside.name, ' · ' ORDER BY beside.key COLLATE BINARY)
        FROM (
            SELECT other.name, other.key
            FROM authors AS other
            WHERE other.id IN (SELECT here.author_id FROM authorships AS here WHERE here.paper_id = papers.id)
                AND other.id <> authors.id
                AND (authors.id, other.id) IN (SELECT partners.author_id, partners.other_id FROM partners)
            ORDER BY other.key COLLATE BINARY
        ) AS beside
    ) AS shared_authors,
    dated.year,
    edition_slugs_of(papers.id) AS editions,
    edition_names_of(papers.id) AS edition_names,
    code_of(papers.id) AS code_url,
    papers.key AS paper_key,
    authors.key AS author_key
FROM dated
JOIN authors ON authors.id = dated.author_id
JOIN papers ON papers.id = dated.paper_id
JOIN authorships AS place ON place.paper_id = dated.paper_id AND place.position = dated.position
ORDER BY
    authors.name COLLATE BINARY,
    authors.key COLLATE BINARY,
    dated.year DESC NULLS LAST,
    papers.title COLLATE BINARY,
    papers.key COLLATE BINARY
