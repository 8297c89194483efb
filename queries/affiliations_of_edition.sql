-- title: Affiliations of an edition
-- group: People
-- description: One row per affiliation, as printed.
-- param edition: Edition, `icml-2022` (default: every one, and papers of none).
-- column affiliation: Affiliation; spellings are not merged.
-- column papers: Papers with an author of it.
-- column papers_with_code: Of those, the ones with a repository of their own.
-- column percent: The same in percent.
-- column authors: Authors printed with it.
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
    percent(counted.papers_with_code, counted.papers) AS percent,
    counted.authors
FROM counted
ORDER BY counted.papers DESC, counted.affiliation COLLATE BINARY
