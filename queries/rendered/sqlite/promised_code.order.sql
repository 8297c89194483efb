year DESC, title, paper_key
