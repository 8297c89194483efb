papers DESC, author, coauthor, author_key, coauthor_key
