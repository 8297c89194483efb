edition, title, paper_key
