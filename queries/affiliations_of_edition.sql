-- title: Affiliations of an edition
-- group: People
-- description: One row per affiliation, as printed.
-- param edition: Edition, such as `icml-2022` (default: all papers, also those of no edition).
-- column affiliation: Affiliation as printed; variant spellings are counted separately.
-- column papers: Papers with at least one author from there.
-- column papers_with_code: How many of these papers have a repository of their own.
-- column percent: That share in percent.
-- column authors: Authors printed with this affiliation.
WITH counted AS (
    SELECT
        authorships.affiliation,
        count(DISTINCT authorships.paper_id) AS papers,
        count(DISTINCT CASE WHEN has_code(authorships.paper_id) THEN authorships.paper_id END) AS papers_with_code,
        count(DISTINCT authorships.author_id) AS authors
    FROM authorships
    WHERE authorships.affiliation IS NOT NULL AND at_edition(authorships.paper_id, :edition)
    GROUP BY authorships.affiliation
)

SELECT
    counted.affiliation,
    counted.papers,
    counted.papers_with_code,
    percentage(counted.papers_with_code, counted.papers) AS percent,
    counted.authors
FROM counted
ORDER BY counted.papers DESC, counted.affiliation COLLATE BINARY
