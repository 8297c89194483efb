"""Parsing of BibTeX: entries, the values of their fields, and the papers they become."""
