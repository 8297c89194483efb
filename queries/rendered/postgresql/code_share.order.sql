edition COLLATE "C", percent DESC NULLS LAST, session COLLATE "C" NULLS FIRST, session_key COLLATE "C" NULLS FIRST
