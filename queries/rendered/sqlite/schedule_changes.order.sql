captured_at DESC, uri, sha256, subject, title, change, field, before, after, session_key NULLS LAST, paper_key NULLS LAST
