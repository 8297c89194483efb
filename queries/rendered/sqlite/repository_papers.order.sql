repository, title, paper_key, repository_key
