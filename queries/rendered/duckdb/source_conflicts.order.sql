title NULLS FIRST, target_key NULLS FIRST, field NULLS FIRST, document NULLS FIRST, line_start NULLS FIRST
