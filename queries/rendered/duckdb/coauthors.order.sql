papers DESC, author NULLS FIRST, coauthor NULLS FIRST, author_key NULLS FIRST, coauthor_key NULLS FIRST
