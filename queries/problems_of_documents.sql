-- title: Problems in documents
-- group: Documents and data quality
-- description: One row per line or field of a document that no rule could use, with the reason.
-- param format: Format of the document, such as `bibtex` (default: all).
-- param document: First digits of its SHA-256, or its full URI (default: all).
-- column document: URI of the document.
-- column line: Line number, from 1; empty if the whole document is meant.
-- column path: Path in a structured document, such as `results[17]`.
-- column problem: What is wrong, and what to do about it.
-- column text: The text in question, as written.
-- column format: Format of the document.
-- column sha256: SHA-256 of the document.
WITH given AS (
    SELECT trim(coalesce(:format, '')) AS format, trim(coalesce(:document, '')) AS document
)

SELECT
    documents.uri AS document,
    document_problems.line,
    document_problems.path,
    document_problems.problem,
    document_problems.text,
    documents.format,
    documents.sha256
FROM given
CROSS JOIN documents
JOIN document_problems ON document_problems.document_id = documents.id
WHERE (given.format = '' OR given.format = documents.format)
    AND (
        given.document = ''
        OR given.document = documents.uri
        OR given.document = substr(documents.sha256, 1, length(given.document))
    )
ORDER BY
    documents.uri COLLATE BINARY,
    documents.sha256 COLLATE BINARY,
    document_problems.line NULLS LAST,
    document_problems.path COLLATE BINARY NULLS FIRST,
    document_problems.problem COLLATE BINARY,
    document_problems.text COLLATE BINARY
