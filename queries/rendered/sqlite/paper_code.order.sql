title, paper_key
