SELECT
    (SELECT count(*) FROM papers) AS papers,
    (SELECT count(DISTINCT paper_id) FROM repo_links WHERE role = 'own') AS papers_with_code,
    (SELECT count(*) FROM sessions) AS sessions,
    (SELECT count(*) FROM authors) AS authors,
    (SELECT count(*) FROM documents) AS documents
