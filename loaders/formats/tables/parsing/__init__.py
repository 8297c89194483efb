"""Parsing of tables: which column is what, rows in every notation, and the records they become."""
