year DESC, title, paper_key, url, repository
