edition, percent DESC, session NULLS FIRST, session_key NULLS FIRST
