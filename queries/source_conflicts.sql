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
WITH titles AS (
    SELECT paper_sources.paper_id, count(DISTINCT paper_sources.title) AS stated
    FROM paper_sources
    GROUP BY paper_sources.paper_id
    HAVING count(DISTINCT paper_sources.title) > 1
),

bylines AS (
    SELECT paper_sources.paper_id, count(DISTINCT replace(paper_sources.byline, '⋅', '·')) AS stated
    FROM paper_sources
    GROUP BY paper_sources.paper_id
    HAVING count(DISTINCT replace(paper_sources.byline, '⋅', '·')) > 1
),

shown_bylines AS (
    SELECT
        bylines.paper_id,
        bylines.stated,
        (
            SELECT group_concat(byline.raw_name, ' · ' ORDER BY byline.position)
            FROM (
                SELECT authorships.raw_name, authorships.position
                FROM authorships
                WHERE authorships.paper_id = bylines.paper_id
                ORDER BY authorships.position
            ) AS byline
        ) AS shown
    FROM bylines
),

abstracts AS (
    SELECT paper_sources.paper_id, 1 + count(DISTINCT paper_sources.abstract) AS stated
    FROM paper_sources
    WHERE paper_sources.abstract IS NOT NULL
    GROUP BY paper_sources.paper_id
),

apart AS (
    SELECT
        papers.id AS paper_id,
        (
            SELECT count(*) FROM papers AS named WHERE named.title_key = papers.title_key AND named.id <> papers.id
        ) AS stated
    FROM papers
    WHERE EXISTS (
            SELECT 1 FROM papers AS named WHERE named.title_key = papers.title_key AND named.id <> papers.id
        )
        AND NOT EXISTS (SELECT 1 FROM authorships WHERE authorships.paper_id = papers.id)
),

conflicts (paper_id, field, stated, shown, rule, source_id) AS (
    SELECT
        titles.paper_id, 'title', titles.stated, papers.title, 'the spelling that lost least on the way',
        (
            SELECT paper_sources.id
            FROM paper_sources
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE paper_sources.paper_id = titles.paper_id AND paper_sources.title <> papers.title
            ORDER BY
                paper_sources.title COLLATE BINARY,
                documents.uri COLLATE BINARY,
                documents.sha256 COLLATE BINARY,
                paper_sources.line_start
            LIMIT 1
        )
    FROM titles
    JOIN papers ON papers.id = titles.paper_id
    UNION ALL
    SELECT
        shown_bylines.paper_id, 'byline', shown_bylines.stated, shown_bylines.shown,
        'most authors, then fewest initials, then most letters',
        (
            SELECT paper_sources.id
            FROM paper_sources
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE paper_sources.paper_id = shown_bylines.paper_id
                AND replace(paper_sources.byline, '⋅', '·') <> coalesce(shown_bylines.shown, '')
            ORDER BY
                paper_sources.byline COLLATE BINARY,
                documents.uri COLLATE BINARY,
                documents.sha256 COLLATE BINARY,
                paper_sources.line_start
            LIMIT 1
        )
    FROM shown_bylines
    UNION ALL
    SELECT
        abstracts.paper_id, 'abstract', abstracts.stated, papers.abstract, 'the longest',
        (
            SELECT paper_sources.id
            FROM paper_sources
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE paper_sources.paper_id = abstracts.paper_id AND paper_sources.abstract IS NOT NULL
            ORDER BY
                paper_sources.abstract COLLATE BINARY,
                documents.uri COLLATE BINARY,
                documents.sha256 COLLATE BINARY,
                paper_sources.line_start
            LIMIT 1
        )
    FROM abstracts
    JOIN papers ON papers.id = abstracts.paper_id
    UNION ALL
    SELECT
        apart.paper_id, 'authors', apart.stated, NULL, 'a mention without authors joins none of several papers',
        (
            SELECT paper_sources.id
            FROM paper_sources
            JOIN documents ON documents.id = paper_sources.document_id
            WHERE paper_sources.paper_id = apart.paper_id
            ORDER BY
                documents.uri COLLATE BINARY,
                documents.sha256 COLLATE BINARY,
                paper_sources.line_start
            LIMIT 1
        )
    FROM apart
)

SELECT
    papers.title,
    conflicts.field,
    conflicts.shown,
    CASE conflicts.field
        WHEN 'title' THEN paper_sources.title
        WHEN 'byline' THEN paper_sources.byline
        WHEN 'abstract' THEN paper_sources.abstract
        ELSE (
            SELECT group_concat(candidates.byline, ' | ' ORDER BY candidates.byline COLLATE BINARY)
            FROM (
                SELECT DISTINCT named_sources.byline
                FROM papers AS named
                JOIN paper_sources AS named_sources ON named_sources.paper_id = named.id
                WHERE named.title_key = papers.title_key AND named_sources.byline IS NOT NULL
                ORDER BY named_sources.byline
            ) AS candidates
        )
    END AS other,
    CAST(conflicts.stated AS integer) AS stated,
    conflicts.rule,
    documents.uri AS document,
    paper_sources.line_start,
    paper_sources.line_end,
    papers.key AS paper_key
FROM conflicts
JOIN papers ON papers.id = conflicts.paper_id
LEFT JOIN paper_sources ON paper_sources.id = conflicts.source_id
LEFT JOIN documents ON documents.id = paper_sources.document_id
