-- title: Conflicts between sources
-- description: One row per paper and field (`title`, `byline`, `abstract`) on which two mentions of the paper differ.
--   The field `authors` marks a mention without authors whose title several papers share: it joins none of them.
-- column title: Title of the paper as shown.
-- column field: What they differ on.
-- column shown: The value shown.
-- column other: Another value; of several the first by spelling. For `authors`, the authors of the papers of that title.
-- column stated: How many different values are stated. For `authors`, how many papers share the title.
-- column rule: Why the one is shown.
-- column document: Address of a document that states the other value; for `authors`, of the mention that stays apart.
-- column line_start: First line of the mention there.
-- column line_end: Last line of the mention there.
-- column paper_key: Key of the paper.
-- order: title COLLATE BINARY, paper_key COLLATE BINARY, field COLLATE BINARY
-- facets: field
WITH title_conflicts AS (
    SELECT
        paper_sources.paper_id,
        'title' AS field,
        count(DISTINCT paper_sources.title) AS stated,
        'the spelling that lost least on the way' AS rule
    FROM paper_sources
    GROUP BY paper_sources.paper_id
    HAVING count(DISTINCT paper_sources.title) > 1
),

byline_conflicts AS (
    SELECT
        paper_sources.paper_id,
        'byline' AS field,
        count(DISTINCT replace(paper_sources.byline, '⋅', '·')) AS stated,
        'most authors, then fewest initials, then most letters' AS rule
    FROM paper_sources
    GROUP BY paper_sources.paper_id
    HAVING count(DISTINCT replace(paper_sources.byline, '⋅', '·')) > 1
),

abstract_conflicts AS (
    SELECT
        paper_sources.paper_id,
        'abstract' AS field,
        1 + count(DISTINCT paper_sources.abstract) AS stated,
        'the longest' AS rule
    FROM paper_sources
    WHERE paper_sources.abstract IS NOT NULL
    GROUP BY paper_sources.paper_id
),

author_conflicts AS (
    SELECT
        papers.id AS paper_id,
        'authors' AS field,
        (
            SELECT count(*) FROM papers AS named WHERE named.title_key = papers.title_key AND named.id <> papers.id
        ) AS stated,
        'a mention without authors joins none of several papers' AS rule
    FROM papers
    WHERE EXISTS (
            SELECT 1 FROM papers AS named WHERE named.title_key = papers.title_key AND named.id <> papers.id
        )
        AND NOT EXISTS (SELECT 1 FROM authorships WHERE authorships.paper_id = papers.id)
),

conflicts AS (
    SELECT paper_id, field, stated, rule FROM title_conflicts
    UNION ALL
    SELECT paper_id, field, stated, rule FROM byline_conflicts
    UNION ALL
    SELECT paper_id, field, stated, rule FROM abstract_conflicts
    UNION ALL
    SELECT paper_id, field, stated, rule FROM author_conflicts
),

shown AS (
    SELECT
        conflicts.paper_id,
        conflicts.field,
        conflicts.stated,
        conflicts.rule,
        CASE conflicts.field
            WHEN 'title' THEN papers.title
            WHEN 'abstract' THEN papers.abstract
            WHEN 'byline' THEN (
                SELECT group_concat(byline.raw_name, ' · ' ORDER BY byline.position)
                FROM (
                    SELECT authorships.raw_name, authorships.position
                    FROM authorships
                    WHERE authorships.paper_id = conflicts.paper_id
                    ORDER BY authorships.position
                ) AS byline
            )
        END AS shown
    FROM conflicts
    JOIN papers ON papers.id = conflicts.paper_id
),

placed AS (
    SELECT
        shown.paper_id,
        shown.field,
        shown.stated,
        shown.rule,
        shown.shown,
        (
            SELECT paper_sources.id
            FROM paper_sources
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE paper_sources.paper_id = shown.paper_id
                AND CASE shown.field
                    WHEN 'title' THEN paper_sources.title <> shown.shown
                    WHEN 'byline' THEN replace(paper_sources.byline, '⋅', '·') <> coalesce(shown.shown, '')
                    WHEN 'abstract' THEN paper_sources.abstract IS NOT NULL
                    ELSE paper_sources.id IS NOT NULL
                END
            ORDER BY
                CASE shown.field
                    WHEN 'title' THEN paper_sources.title
                    WHEN 'byline' THEN paper_sources.byline
                    WHEN 'abstract' THEN paper_sources.abstract
                END COLLATE BINARY NULLS LAST,
                documents.uri COLLATE BINARY,
                documents.sha256 COLLATE BINARY,
                paper_sources.line_start
            LIMIT 1
        ) AS paper_source_id
    FROM shown
)

SELECT
    papers.title,
    placed.field,
    placed.shown,
    CASE placed.field
        WHEN 'title' THEN paper_sources.title
        WHEN 'byline' THEN paper_sources.byline
        WHEN 'abstract' THEN paper_sources.abstract
        ELSE (
            SELECT group_concat(candidates.byline, ' | ' ORDER BY candidates.byline COLLATE BINARY)
            FROM (
                SELECT named_sources.byline
                FROM papers AS named
                JOIN paper_sources AS named_sources ON named_sources.paper_id = named.id
                WHERE named.title_key = papers.title_key AND named_sources.byline IS NOT NULL
                GROUP BY named_sources.byline
                ORDER BY named_sources.byline
            ) AS candidates
        )
    END AS other,
    placed.stated,
    placed.rule,
    documents.uri AS document,
    paper_sources.line_start,
    paper_sources.line_end,
    papers.key AS paper_key
FROM placed
JOIN papers ON papers.id = placed.paper_id
LEFT JOIN paper_sources ON paper_sources.id = placed.paper_source_id
LEFT JOIN documents ON documents.id = paper_sources.document_id
