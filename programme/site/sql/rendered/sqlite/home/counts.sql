SELECT
    (
        SELECT
            COUNT(*)
        FROM papers
    ) AS papers,
    (
        SELECT
            COUNT(DISTINCT paper_id)
        FROM repo_links
        WHERE
            role = 'own'
    ) AS papers_with_code,
    (
        SELECT
            COUNT(*)
        FROM sessions
    ) AS sessions,
    (
        SELECT
            COUNT(*)
        FROM authors
    ) AS authors,
    (
        SELECT
            COUNT(*)
        FROM documents
    ) AS documents
