starts_at COLLATE "C", session COLLATE "C" NULLS FIRST, session_key COLLATE "C" NULLS FIRST, position NULLS FIRST
