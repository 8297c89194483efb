edition NULLS LAST, percent DESC, session, session_key
