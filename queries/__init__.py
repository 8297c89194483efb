"""The curated queries: one .sql file each."""
