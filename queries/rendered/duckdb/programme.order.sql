starts_at, session NULLS FIRST, session_key NULLS FIRST, position NULLS FIRST
