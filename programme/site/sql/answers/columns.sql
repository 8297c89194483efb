SELECT columns.name, columns.type, keys."table" || '.' || keys."to" AS target
FROM pragma_table_info(:table) AS columns
LEFT JOIN pragma_foreign_key_list(:table) AS keys ON keys."from" = columns.name
ORDER BY columns.cid
