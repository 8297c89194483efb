repository NULLS FIRST, title NULLS FIRST, paper_key NULLS FIRST, repository_key NULLS FIRST
