starts_at NULLS LAST, session, session_key, position
