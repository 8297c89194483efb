title NULLS FIRST, paper_key NULLS FIRST
