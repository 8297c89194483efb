papers DESC, name, author_key
