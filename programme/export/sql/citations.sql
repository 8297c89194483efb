-- One row per paper, as `programme.export.bibtex` cites it.
-- :edition limits to the papers of an edition (empty: all), :keys to those with these keys, a JSON list ([]: all).
SELECT
    papers.key,
    papers.title,
    byline_of(papers.id) AS authors,
    -- The same names as a source spells them: here, or with a comma or in braces on any paper of the author.
    (
        SELECT group_concat(spelt.name, '␞' ORDER BY spelt.position)
        FROM (
            SELECT
                authorships.position,
                CASE
                    WHEN instr(authorships.raw_name, ',') > 0 OR substr(authorships.raw_name, 1, 1) = '{' THEN authorships.raw_name
                    ELSE coalesce(
                        (
                            SELECT min(elsewhere.raw_name COLLATE BINARY)
                            FROM authorships AS elsewhere
                            WHERE elsewhere.author_id = authorships.author_id
                                AND (instr(elsewhere.raw_name, ',') > 0 OR substr(elsewhere.raw_name, 1, 1) = '{')
                        ),
                        authorships.raw_name
                    )
                END AS name
            FROM authorships
            WHERE authorships.paper_id = papers.id
            ORDER BY authorships.position
        ) AS spelt
    ) AS spellings,
    -- Whether every mention with authors leaves some out.
    (
        SELECT min(CASE WHEN paper_sources.has_more_authors THEN 1 ELSE 0 END)
        FROM paper_sources
        WHERE paper_sources.paper_id = papers.id AND paper_sources.byline IS NOT NULL
    ) AS has_more_authors,
    -- Where it appeared, of one mention: `year|is journal|has edition|journal or proceedings`. One that names a known
    -- edition counts more than a preprint, proceedings more than a journal, then the first year and the fullest name.
    (
        SELECT
            coalesce(CAST(paper_sources.published_year AS text), '')
            || CASE WHEN paper_sources.is_journal THEN '|1' ELSE '|0' END
            || CASE WHEN paper_sources.edition_id IS NULL THEN '|0|' ELSE '|1|' END
            || coalesce(paper_sources.published_in, '')
        FROM paper_sources
        WHERE paper_sources.paper_id = papers.id
            AND (paper_sources.published_in IS NOT NULL OR paper_sources.published_year IS NOT NULL)
        ORDER BY
            CASE WHEN paper_sources.edition_id IS NULL THEN 1 ELSE 0 END,
            CASE WHEN paper_sources.is_journal THEN 1 ELSE 0 END,
            paper_sources.published_year,
            length(coalesce(paper_sources.published_in, '')) DESC,
            coalesce(paper_sources.published_in, '') COLLATE BINARY
        LIMIT 1
    ) AS published,
    (
        SELECT shown.name FROM editions_of(papers.id) AS shown ORDER BY shown.year, shown.slug COLLATE BINARY LIMIT 1
    ) AS edition,
    first_year_of(papers.id) AS year,
    identifiers_of(papers.id) AS identifiers,
    code_of(papers.id) AS code
FROM papers
WHERE papers.id IN (
    SELECT named.id
    FROM items(:keys) AS wanted
    CROSS JOIN papers AS named
    WHERE named.key = element(wanted)
    UNION ALL
    SELECT papers.id FROM papers WHERE :keys = '[]' AND :edition = ''
    UNION ALL
    SELECT paper_editions.paper_id
    FROM editions
    JOIN paper_editions ON paper_editions.edition_id = editions.id
    WHERE :keys = '[]' AND editions.slug = :edition
)
ORDER BY papers.key COLLATE BINARY
