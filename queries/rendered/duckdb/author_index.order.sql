papers DESC, name NULLS FIRST, author_key NULLS FIRST
