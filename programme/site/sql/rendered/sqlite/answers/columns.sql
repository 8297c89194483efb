SELECT
    columns.name,
    columns.type,
    keys."table" || '.' || keys."to" AS target
FROM PRAGMA_TABLE_INFO(:table) AS columns
LEFT JOIN PRAGMA_FOREIGN_KEY_LIST(:table) AS keys
    ON keys."from" = columns.name
ORDER BY
    columns.cid
