edition NULLS FIRST, title NULLS FIRST, paper_key NULLS FIRST
