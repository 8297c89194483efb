year DESC, title NULLS FIRST, paper_key NULLS FIRST, url NULLS FIRST, repository NULLS FIRST
