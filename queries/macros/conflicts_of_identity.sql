-- Papers that are kept apart and may be one, in the columns of the conflicts between mentions: the mention is that of
-- the other paper.

-- Papers with the same title that share an author, or of which one lacks authors.
CREATE MACRO papers_of_one_title() AS TABLE
-- Papers with the same title, one row per author, and one without author for a paper that has none.
WITH same_title AS (
    SELECT papers.id AS paper_id, papers.title_key, authorships.author_id
    FROM (SELECT papers.title_key FROM papers GROUP BY papers.title_key HAVING count(*) > 1) AS shared
    JOIN papers ON papers.title_key = shared.title_key
    LEFT JOIN authorships ON authorships.paper_id = papers.id
),

-- Pairs of these that share an author, or of which the first lacks authors, and whether both have an identifier of the
-- same scheme.
kept_apart AS (
    SELECT
        one.paper_id,
        other.paper_id AS other_id,
        one.author_id IS NULL AS lacks_authors,
        count(theirs.scheme) > 0 AS has_other_identifiers
    FROM same_title AS one
    JOIN same_title AS other
        ON other.title_key = one.title_key
        AND other.author_id = coalesce(one.author_id, other.author_id)
        AND other.paper_id <> one.paper_id
    LEFT JOIN paper_identifiers AS own ON own.paper_id = one.paper_id
    LEFT JOIN paper_identifiers AS theirs ON theirs.paper_id = other.paper_id AND theirs.scheme = own.scheme
    GROUP BY one.paper_id, other.paper_id, one.author_id IS NULL
)

SELECT
    kept_apart.paper_id, 'authors' AS field, CAST(NULL AS text) AS shown, byline_of(kept_apart.other_id) AS other,
    'without authors, it is merged with none of several papers' AS rule, paper_sources.id AS source_id
FROM kept_apart
JOIN paper_sources ON paper_sources.paper_id = kept_apart.other_id
WHERE kept_apart.lacks_authors AND NOT kept_apart.has_other_identifiers
UNION ALL
SELECT
    kept_apart.paper_id, 'identity', identifiers_of(kept_apart.paper_id), identifiers_of(kept_apart.other_id),
    'conflicting identifiers keep papers apart', paper_sources.id
FROM kept_apart
JOIN paper_sources ON paper_sources.paper_id = kept_apart.other_id
WHERE kept_apart.has_other_identifiers AND NOT kept_apart.lacks_authors;

-- Papers with the same identifier.
CREATE MACRO papers_of_one_identifier() AS TABLE
SELECT
    own.paper_id, 'identifier' AS field, papers.title AS shown, other.title AS other,
    'a shared identifier does not merge papers whose titles and authors differ' AS rule, paper_sources.id AS source_id
FROM (
    SELECT paper_identifiers.scheme, paper_identifiers.value
    FROM paper_identifiers
    GROUP BY paper_identifiers.scheme, paper_identifiers.value
    HAVING count(*) > 1
) AS copied
JOIN paper_identifiers AS own ON own.scheme = copied.scheme AND own.value = copied.value
JOIN paper_identifiers AS theirs
    ON theirs.scheme = own.scheme AND theirs.value = own.value AND theirs.paper_id <> own.paper_id
JOIN papers ON papers.id = own.paper_id
JOIN papers AS other ON other.id = theirs.paper_id
JOIN paper_sources ON paper_sources.paper_id = other.id;
