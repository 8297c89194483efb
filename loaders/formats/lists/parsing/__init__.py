"""Parsing of lists: the lines of Markdown, and the entries they make."""
