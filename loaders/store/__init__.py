"""Records to rows, in SQLite and PostgreSQL: the same result for any order of documents, all or nothing."""
