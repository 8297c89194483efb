title, target_key, field, document, line_start
